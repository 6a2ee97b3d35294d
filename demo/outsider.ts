/** What somebody who is in no group tries, and what they get: nothing of the cohort, by any way that Discord offers. */
import { type Person, Refused, type Where } from '../sandbox/people.ts';
import type { RoomRef } from '../src/ports/store.ts';
import type { StoryDocument } from './document.ts';

type Findings = StoryDocument['outsider'];
type Trial = Findings['tried'][number];

const answerOf = async (ask: () => Promise<unknown>): Promise<{ answer: string; got: unknown }> => {
  try {
    return { answer: 'answered', got: await ask() };
  } catch (error) {
    if (error instanceof Refused) return { answer: `refused by Discord: ${error.code}`, got: undefined };
    throw error;
  }
};

/** Commands that somebody might type who has heard of a group. */
const COMMANDS: readonly (readonly [line: string, values: Record<string, string | number>])[] = [
  ['/session next', {}],
  ['/session open', {}],
  ['/check-in', { share: 'pass' }],
  ['/turn unheard', {}],
  ['/goal list', {}],
  ['/attendance show', {}],
  ['/agreement show', {}],
];

const tryCommands = async (outsider: Person, here: Where): Promise<Trial[]> => {
  const trials: Trial[] = [];
  for (const [line, values] of COMMANDS) {
    const outcome = await outsider.run(line, values, here);
    trials.push({ what: line, answer: outcome.is === 'reply' ? outcome.text : outcome.is });
  }
  return trials;
};

export interface Target {
  readonly rooms: readonly RoomRef[];
  /** Messages of the cohort that bear buttons. */
  readonly boards: readonly { readonly channelId: string; readonly messageId?: string }[];
  readonly guildId: string;
  readonly applicationId: string;
}

/** Presses a button of which only the ids were guessed, as a changed client could. */
const tryPresses = async (outsider: Person, { boards, guildId, applicationId }: Target): Promise<Trial[]> => {
  const trials: Trial[] = [];
  for (const { channelId, messageId } of boards) {
    const press = {
      type: 3,
      application_id: applicationId,
      guild_id: guildId,
      channel_id: channelId,
      message_id: messageId,
      session_id: 'guessed',
      nonce: '1',
      data: { component_type: 2, custom_id: 'session next' },
    };
    const { answer } = await answerOf(() => outsider.rest('POST', '/interactions', press));
    trials.push({ what: 'press a button of the cohort by guessed ids', answer });
  }
  return trials;
};

/** Looks, reads, types, presses and joins where an outsider has no business, and reports what came of it. */
export const tryAsOutsider = async (outsider: Person, cohort: Target): Promise<Findings> => {
  const findings: Findings = { rooms: [], messages: [], tried: [] };
  for (const { kind, channelId } of cohort.rooms) {
    if (outsider.sees(channelId)) findings.rooms.push(kind);
    const room = await answerOf(() => outsider.rest('GET', `/channels/${channelId}`));
    if (room.got !== undefined) findings.rooms.push(kind);
    findings.tried.push({ what: `look at the ${kind} room by its id`, answer: room.answer });
    const read = await answerOf(() => outsider.rest('GET', `/channels/${channelId}/messages`));
    if (read.got !== undefined) findings.messages.push(kind);
    findings.tried.push({ what: `read the ${kind} room by its id`, answer: read.answer });
  }
  const heard = outsider.events.filter(({ type, data }) => {
    const channel: unknown = Object(data)['channel_id'];
    return type.startsWith('MESSAGE_') && cohort.rooms.some(({ channelId }) => channelId === channel);
  });
  findings.messages.push(...heard.map(({ type }) => type));
  findings.tried.push({
    what: 'listen to everything that the gateway sends',
    answer: `${outsider.events.length} events, ${heard.length} of the cohort`,
  });
  findings.tried.push(
    ...(await tryPresses(outsider, cohort)),
    ...(await tryCommands(outsider, { in: 'general' })),
  );
  return findings;
};
