/** Keeps the routes of pinned messages, in both the older and the newer form. */
import { guildOf, theChannelWith, theMessage } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { historyOf, pinMessage } from '../changes/messages.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { limitOf } from '../rest/query.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeMessageFor } from '../shape/message.ts';
import type { Channel, Message } from '../world.ts';

const MOST_PINS = 250;

type Pinned = { readonly message: Message; readonly at: number };

const pinsOf = (call: Call, channel: Channel): Pinned[] =>
  historyOf(call.world, channel)
    .flatMap((message) => (message.pinnedAt === null ? [] : [{ message, at: message.pinnedAt }]))
    .sort((a, b) => b.at - a.at);

const listPlain = (call: Call) => {
  const channel = theChannelWith(call, BITS.READ_MESSAGE_HISTORY);
  return ok(
    pinsOf(call, channel)
      .slice(0, 50)
      .map(({ message }) => shapeMessageFor(call.world, message, call.actor)),
  );
};

const beforeOf = (query: URLSearchParams): number => {
  const before = query.get('before');
  if (before === null) return Number.POSITIVE_INFINITY;
  const time = Date.parse(before);
  if (Number.isNaN(time))
    throw invalid(['before'], 'DATE_TIME_TYPE_PARSE', `Could not parse ${before}. Should be ISO8601.`);
  return time;
};

const listPaged = (call: Call) => {
  const channel = theChannelWith(call, BITS.READ_MESSAGE_HISTORY);
  const limit = limitOf(call.query, { usual: 50, most: 50 });
  const before = beforeOf(call.query);
  const older = pinsOf(call, channel).filter(({ at }) => at < before);
  const items = older.slice(0, limit).map(({ message, at }) => ({
    pinned_at: new Date(at).toISOString(),
    message: shapeMessageFor(call.world, message, call.actor),
  }));
  return ok({ items, has_more: older.length > limit });
};

const setPinned = (call: Call, pinned: boolean) => {
  const channel = theChannelWith(call, BITS.PIN_MESSAGES);
  const message = theMessage(call, channel);
  if (message.type === 6) throw refuse('systemMessage');
  if ((message.pinnedAt !== null) === pinned) return noContent();
  if (pinned && pinsOf(call, channel).length >= MOST_PINS) throw refuse('tooManyPins');
  pinMessage(call.world, message, pinned, call.actor.id);
  const action = pinned ? ACTION.messagePin : ACTION.messageUnpin;
  const options = { channel_id: channel.id, message_id: message.id };
  const deed = { action, targetId: message.authorId, options };
  if (channel.guildId !== null) record(call, guildOf(call, channel), deed);
  return noContent();
};

const paths = ['/channels/:channel/pins', '/channels/:channel/messages/pins'];

/** Routes of pins. */
export const pinRoutes: Route[] = [
  { method: 'GET', path: '/channels/:channel/pins', handle: listPlain },
  { method: 'GET', path: '/channels/:channel/messages/pins', query: ['before', 'limit'], handle: listPaged },
  ...paths.flatMap((path): Route[] => [
    { method: 'PUT', path: `${path}/:message`, handle: (call) => setPinned(call, true) },
    { method: 'DELETE', path: `${path}/:message`, handle: (call) => setPinned(call, false) },
  ]),
];
