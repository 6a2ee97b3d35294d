/** Makes the events in a server's calendar what they ought to be. */
import {
  type APIGuildScheduledEvent,
  RESTJSONErrorCodes as Code,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  type RESTPatchAPIGuildScheduledEventJSONBody as PatchBody,
  type RESTPostAPIGuildScheduledEventJSONBody as PostBody,
  Routes,
} from 'discord.js';
import type { CalendarEvents, DesiredEvent } from '../../ports/calendar-events.ts';
import type { Clock } from '../../ports/clock.ts';
import { attempt, refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { EVENT_TITLE, within } from './limits.ts';
import { missingIn } from './missing-in.ts';
import { missingFrom, NEEDED_FOR_EVENTS } from './permissions.ts';
import { type ActualEvent, type EventChange, type EventStep, planEvents } from './plan-events.ts';

/** Stands in the server's audit log beside everything that was changed. */
const REASON = 'The times of a group, as Hearth keeps them';

type Bringing = Parameters<CalendarEvents['bringEvents']>;
type Outcome = Awaited<ReturnType<CalendarEvents['bringEvents']>>;

/** Where steps are taken, and who is told of them. */
interface Calendar {
  readonly client: Connected;
  readonly guildId: string;
  readonly now: Date;
  readonly found: Bringing[3];
  readonly lost: Bringing[4];
}

const actualOf = (event: APIGuildScheduledEvent, account: string): ActualEvent => ({
  id: event.id,
  own: event.creator_id === account,
  name: event.name,
  startsAt: new Date(event.scheduled_start_time),
  active: event.status === GuildScheduledEventStatus.Active,
  plain: !event.description && !event.recurrence_rule,
  ...(event.channel_id === null ? {} : { channelId: event.channel_id }),
  ...(event.scheduled_end_time === null ? {} : { endsAt: new Date(event.scheduled_end_time) }),
});

const standing = async (client: Connected, guildId: string): Promise<readonly ActualEvent[]> => {
  const route = Routes.guildScheduledEvents(guildId);
  // Discord's documented answer of this route.
  const events = (await insist(() => client.rest.get(route))) as APIGuildScheduledEvent[];
  return events.map((event) => actualOf(event, client.user.id));
};

/** Never insisted on: an event of which the answer was lost is found by the next attempt, not made twice by this one. */
const make = async ({ client, guildId, found }: Calendar, wanted: DesiredEvent): Promise<void> => {
  within(`title “${wanted.title}”`, wanted.title.length, EVENT_TITLE);
  const body: PostBody = {
    name: wanted.title,
    channel_id: wanted.channelId,
    scheduled_start_time: wanted.startsAt.toISOString(),
    scheduled_end_time: wanted.endsAt.toISOString(),
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    entity_type: GuildScheduledEventEntityType.Voice,
  };
  const options = { body, reason: REASON };
  // Discord's documented answer of this route.
  const { id } = (await client.rest.post(
    Routes.guildScheduledEvents(guildId),
    options,
  )) as APIGuildScheduledEvent;
  await found(wanted.occurrenceId, id);
};

const patchOf = ({ name, channelId, startsAt, endsAt, plain }: EventChange): PatchBody => ({
  ...(name === undefined ? {} : { name }),
  ...(channelId === undefined
    ? {}
    : { channel_id: channelId, entity_type: GuildScheduledEventEntityType.Voice, entity_metadata: null }),
  ...(startsAt === undefined ? {} : { scheduled_start_time: startsAt.toISOString() }),
  ...(endsAt === undefined ? {} : { scheduled_end_time: endsAt.toISOString() }),
  ...(plain ? { description: null, recurrence_rule: null } : {}),
});

const isOver = (cause: unknown): boolean =>
  [Code.UnknownGuildScheduledEvent, Code.CannotUpdateAFinishedEvent].some((code) => refusedWith(cause, code));

const patch = async ({ client, guildId }: Calendar, eventId: string, body: PatchBody): Promise<void> => {
  const route = Routes.guildScheduledEvent(guildId, eventId);
  await insist(() => client.rest.patch(route, { body, reason: REASON }));
};

const keep = async (calendar: Calendar, step: Extract<EventStep, { kind: 'keep' }>): Promise<void> => {
  const { wanted, event, found, change } = step;
  if (found) await calendar.found(wanted.occurrenceId, event.id);
  if (!change) return;
  try {
    await patch(calendar, event.id, patchOf(change));
  } catch (cause) {
    if (!isOver(cause)) throw cause;
    // Somebody took it away since it was looked for.
    if (wanted.startsAt > calendar.now) await make(calendar, wanted);
    else await calendar.lost(wanted.occurrenceId);
  }
};

const remove = async (calendar: Calendar, step: Extract<EventStep, { kind: 'remove' }>): Promise<void> => {
  const { client, guildId } = calendar;
  const { event, occurrenceId } = step;
  const route = Routes.guildScheduledEvent(guildId, event.id);
  try {
    // Whoever was interested sees of one that took place that it is over, not that it was never to be.
    if (event.active) await patch(calendar, event.id, { status: GuildScheduledEventStatus.Completed });
    else await insist(() => client.rest.delete(route, { reason: REASON }));
  } catch (cause) {
    if (!isOver(cause)) throw cause;
  }
  if (occurrenceId !== undefined) await calendar.lost(occurrenceId);
};

const take = (calendar: Calendar, step: EventStep): Promise<void> => {
  switch (step.kind) {
    case 'make':
      return make(calendar, step.wanted);
    case 'keep':
      return keep(calendar, step);
    case 'remove':
      return remove(calendar, step);
    case 'forget':
      return calendar.lost(step.occurrenceId);
  }
};

/** The room for which a step needs rights; undefined when it asks nothing of Discord. */
const roomOf = (step: EventStep): string | undefined => {
  if (step.kind === 'make') return step.wanted.channelId;
  if (step.kind === 'keep') return step.change && step.wanted.channelId;
  return step.kind === 'remove' ? step.event.channelId : undefined;
};

/** A right that is known to be missing is not tried out: Discord counts what it refuses. */
const knownMissing = (client: Connected, step: EventStep): readonly string[] => {
  const channel = client.channels.cache.get(roomOf(step) ?? '');
  const held = channel && !channel.isDMBased() ? channel.permissionsFor(client.user.id)?.bitfield : undefined;
  return held === undefined ? [] : missingFrom(held, NEEDED_FOR_EVENTS);
};

const tryStep = async (calendar: Calendar, step: EventStep): Promise<Outcome> => {
  const missing = knownMissing(calendar.client, step);
  if (missing.length > 0) return { did: 'forbidden', missing };
  try {
    return await attempt(
      async () => {
        await take(calendar, step);
        return null;
      },
      () => missingIn(calendar.client, roomOf(step), NEEDED_FOR_EVENTS),
    );
  } catch (cause) {
    if (refusedWith(cause, Code.MaximumNumberOfUncompletedGuildScheduledEventsReached))
      return { did: 'full' };
    throw cause;
  }
};

/** Every step that can be taken: a room that is gone, or in which a right lacks, keeps no other from its events. */
const takeAll = async (calendar: Calendar, steps: readonly EventStep[]): Promise<Outcome> => {
  const missing = new Set<string>();
  for (const step of steps) {
    const taken = await tryStep(calendar, step);
    if (taken.did === 'full') return taken;
    if (taken.did === 'forbidden') for (const right of taken.missing) missing.add(right);
  }
  return missing.size > 0
    ? { did: 'forbidden', missing: [...missing].toSorted() }
    : { did: 'done', value: null };
};

/** Brings the events of a server with one look at them. */
const bring = async (
  client: Connected,
  now: Date,
  [guildId, desired, known, found, lost]: Bringing,
): Promise<Outcome> => {
  const looked = await attempt(
    () => standing(client, guildId),
    async () => [],
  );
  // To look takes no right but to be there.
  if (looked.did !== 'done') return { did: 'gone' };
  const steps = planEvents(desired, { actual: looked.value, known, now });
  return takeAll({ client, guildId, now, found, lost }, steps);
};

/** The port, over Discord. */
export const discordCalendarEvents = ({
  connected,
  clock,
}: {
  readonly connected: Promise<Connected>;
  readonly clock: Clock;
}): CalendarEvents => ({
  bringEvents: async (...bringing) => bring(await connected, clock.now(), bringing),
});
