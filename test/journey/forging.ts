/** A client that somebody changed: it presses buttons that nobody ever showed, wherever its owner may press one. */
import { type Person, textOf } from '../../sandbox/people.ts';
import type { Message } from '../../sandbox/world.ts';
import { until } from '../adapters/jobs/until.ts';
import type { Stage } from './stage.ts';

const BUTTON = 2;
const PRESS = 3;

/** A row with one button, as a message bears it. */
const bearing = (customId: string): Message['components'] => [
  { type: 1, id: 1, components: [{ type: BUTTON, id: 2, style: 2, label: 'forged', custom_id: customId }] },
];

const cardIn = ({ sandbox }: Stage, channelId: string): Message => {
  const messages = [...(sandbox.world.messages.get(channelId)?.values() ?? [])];
  const card = messages.find(({ components, onlyFor }) => components.length > 0 && onlyFor === null);
  if (!card) throw new Error('no card stands in that room');
  return card;
};

let presses = 0;

const send = async (stage: Stage, by: Person, card: Message, customId: string): Promise<void> => {
  const ready: unknown = by.events.findLast(({ type }) => type === 'READY')?.data;
  await by.rest('POST', '/interactions', {
    type: PRESS,
    application_id: stage.sandbox.bot.applicationId,
    guild_id: stage.sandbox.guild.id,
    channel_id: card.channelId,
    message_id: card.id,
    session_id: Object(ready)['session_id'],
    nonce: `forged-${presses++}`,
    data: { component_type: BUTTON, custom_id: customId },
  });
};

/** Presses a button of that custom id on a card that stands in the room, and gives what the person reads then. */
export const forgePress = async (
  stage: Stage,
  by: Person,
  channelId: string,
  customId: string,
): Promise<string> => {
  const card = cardIn(stage, channelId);
  const { components } = card;
  const before = by.replies.length;
  card.components = bearing(customId);
  try {
    await send(stage, by, card, customId);
    await until('the press is answered', () => by.replies.length > before);
  } finally {
    card.components = components;
  }
  const reply = by.replies.at(-1);
  return reply ? textOf(reply) : '';
};
