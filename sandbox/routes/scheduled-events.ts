/** Keeps the routes of scheduled events: a guild's calendar as Discord shows it. */
import { requireIn, requireInGuild, theGuild, visibleChannel } from '../access.ts';
import { ACTION, differences, record } from '../changes/audit-log.ts';
import { parse } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS, bitsOf } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { eventsFor, shapeScheduledEvent } from '../shape/scheduled-event.ts';
import type { Guild, ScheduledEvent, Snowflake } from '../world.ts';
import { type ChangedEvent, changedEvent, newEvent, toRecurrence } from './scheduled-event-form.ts';

const MOST_EVENTS = 100;

/** Tells those who may see an event of what happened to it. */
export const tellEvent = ({ world }: Call, event: ScheduledEvent, type: string, data?: object): void =>
  world.emit({
    type,
    to: { guild: event.guildId, ...(event.channelId === null ? {} : { channel: event.channelId }) },
    data: data ?? shapeScheduledEvent(world, event),
  });

/** The event of the path; 10070 when there is none. */
export const theEvent = (call: Call, guild: Guild): ScheduledEvent => {
  const event = guild.scheduledEvents.get(call.param('event'));
  if (!event) throw refuse('unknownScheduledEvent');
  if (event.channelId !== null) visibleChannel(call, event.channelId);
  return event;
};

/** What must hold of an event before it stands, new or changed. */
const requireSound = (call: Call, guild: Guild, event: ScheduledEvent): void => {
  const { channelId, location, startsAt, endsAt } = event;
  if ((channelId === null) === (location === null))
    throw invalid(
      ['channel_id'],
      'BASE_TYPE_REQUIRED',
      'A voice channel, or a location for an external event.',
    );
  if (location !== null && endsAt === null)
    throw invalid(['scheduled_end_time'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (endsAt !== null && endsAt <= startsAt)
    throw invalid(
      ['scheduled_end_time'],
      'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
      'Must end after it starts.',
    );
  if (channelId === null) requireInGuild(call, guild, BITS.CREATE_EVENTS);
  else requireVoicePlace(call, guild, channelId);
};

const requireVoicePlace = (call: Call, guild: Guild, channelId: Snowflake): void => {
  const channel = visibleChannel(call, channelId);
  if (channel.guildId !== guild.id || channel.type !== 2)
    throw invalid(['channel_id'], 'CHANNEL_NOT_VOICE', 'Not a voice channel of this guild');
  requireIn(call, channel, bitsOf('CREATE_EVENTS', 'VIEW_CHANNEL', 'CONNECT'));
};

/** Only an event elsewhere has a place of its own to tell of. */
const requireNoPlace = (wish: ChangedEvent, external: boolean): void => {
  if (!external && wish.entity_metadata != null)
    throw invalid(['entity_metadata'], 'BASE_TYPE_NULL', 'Must be null for an event in a channel.');
};

const requireFuture = (call: Call, startsAt: number): void => {
  if (startsAt <= call.now)
    throw invalid(
      ['scheduled_start_time'],
      'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
      'Cannot schedule in the past.',
    );
};

/** What has begun keeps its beginning. */
const requireUnbegun = (call: Call, event: ScheduledEvent, startsAt: number): void => {
  if (event.status === 2)
    throw invalid(
      ['scheduled_start_time'],
      'GUILD_SCHEDULED_EVENT_ACTIVE',
      'Cannot change the start of an event that has begun.',
    );
  requireFuture(call, startsAt);
};

const createEvent = (call: Call) => {
  const guild = theGuild(call);
  const wish = parse(newEvent, call.body);
  const external = wish.entity_type === 3;
  requireNoPlace(wish, external);
  const event: ScheduledEvent = {
    id: call.world.newId(),
    guildId: guild.id,
    creatorId: call.actor.id,
    name: wish.name,
    description: wish.description ?? null,
    channelId: wish.channel_id ?? null,
    location: external ? (wish.entity_metadata?.location ?? null) : null,
    startsAt: Date.parse(wish.scheduled_start_time),
    endsAt: wish.scheduled_end_time == null ? null : Date.parse(wish.scheduled_end_time),
    status: 1,
    recurrence: wish.recurrence_rule == null ? null : toRecurrence(wish.recurrence_rule),
    interested: new Set(),
  };
  requireSound(call, guild, event);
  requireFuture(call, event.startsAt);
  const standing = [...guild.scheduledEvents.values()].filter(({ status }) => status < 3);
  if (standing.length >= MOST_EVENTS) throw refuse('tooManyScheduledEvents');
  guild.scheduledEvents.set(event.id, event);
  tellEvent(call, event, 'GUILD_SCHEDULED_EVENT_CREATE');
  record(call, guild, { action: ACTION.scheduledEventCreate, targetId: event.id });
  return ok(shapeScheduledEvent(call.world, event));
};

const STEPS: Readonly<Record<number, readonly number[]>> = { 1: [1, 2, 4], 2: [2, 3] };

const statusOf = (event: ScheduledEvent, { status }: ChangedEvent): ScheduledEvent['status'] => {
  if (event.status > 2) throw refuse('finishedEvent');
  if (status == null) return event.status;
  if (STEPS[event.status]?.includes(status)) return status;
  throw invalid(
    ['status'],
    'GUILD_SCHEDULED_EVENT_STATUS_TRANSITION_INVALID',
    'Not a step from its present status.',
  );
};

const changed = (event: ScheduledEvent, wish: ChangedEvent): ScheduledEvent => {
  const external = wish.entity_type == null ? event.location !== null : wish.entity_type === 3;
  const { scheduled_start_time: start, scheduled_end_time: end, recurrence_rule: rule } = wish;
  const location = wish.entity_metadata?.location ?? event.location;
  return {
    ...event,
    name: wish.name ?? event.name,
    description: wish.description === undefined ? event.description : wish.description,
    channelId: wish.channel_id === undefined ? event.channelId : wish.channel_id,
    location: external ? location : null,
    startsAt: start === undefined ? event.startsAt : Date.parse(start),
    endsAt: end === undefined ? event.endsAt : end === null ? null : Date.parse(end),
    status: statusOf(event, wish),
    recurrence: rule === undefined ? event.recurrence : rule === null ? null : toRecurrence(rule),
  };
};

/** Own events take CREATE_EVENTS, those of others MANAGE_EVENTS. */
const requireMayChange = (call: Call, guild: Guild, event: ScheduledEvent): void => {
  const needed = event.creatorId === call.actor.id ? BITS.CREATE_EVENTS : BITS.MANAGE_EVENTS;
  if (event.channelId === null) requireInGuild(call, guild, needed);
  else requireIn(call, visibleChannel(call, event.channelId), needed);
};

const patchEvent = (call: Call) => {
  const { world } = call;
  const guild = theGuild(call);
  const event = theEvent(call, guild);
  const wish = parse(changedEvent, call.body ?? {});
  requireMayChange(call, guild, event);
  const after = changed(event, wish);
  requireSound(call, guild, after);
  requireNoPlace(wish, after.location !== null);
  if (wish.scheduled_start_time !== undefined) requireUnbegun(call, event, after.startsAt);
  guild.scheduledEvents.set(event.id, after);
  tellEvent(call, after, 'GUILD_SCHEDULED_EVENT_UPDATE');
  const changes = differences(shapeScheduledEvent(world, event), shapeScheduledEvent(world, after));
  record(call, guild, { action: ACTION.scheduledEventUpdate, targetId: event.id, changes });
  return ok(shapeScheduledEvent(world, after));
};

const deleteEvent = (call: Call) => {
  const guild = theGuild(call);
  const event = theEvent(call, guild);
  requireMayChange(call, guild, event);
  guild.scheduledEvents.delete(event.id);
  tellEvent(call, event, 'GUILD_SCHEDULED_EVENT_DELETE');
  record(call, guild, { action: ACTION.scheduledEventDelete, targetId: event.id });
  return noContent();
};

const withCount = (call: Call): boolean => call.query.get('with_user_count') === 'true';

const listEvents = (call: Call) => {
  const events = eventsFor(call.world, theGuild(call), call.actor);
  return ok(events.map((event) => shapeScheduledEvent(call.world, event, withCount(call))));
};

const getEvent = (call: Call) =>
  ok(shapeScheduledEvent(call.world, theEvent(call, theGuild(call)), withCount(call)));

const many = '/guilds/:guild/scheduled-events';
const one = `${many}/:event`;

/** Routes of scheduled events. */
export const scheduledEventRoutes: Route[] = [
  { method: 'GET', path: many, query: ['with_user_count'], handle: listEvents },
  { method: 'POST', path: many, handle: createEvent },
  { method: 'GET', path: one, query: ['with_user_count'], handle: getEvent },
  { method: 'PATCH', path: one, handle: patchEvent },
  { method: 'DELETE', path: one, handle: deleteEvent },
];
