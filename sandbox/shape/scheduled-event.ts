/** Keeps how scheduled events look on the wire, and who may see which. */
import { canView } from '../permissions.ts';
import type { Guild, ScheduledEvent, User, World } from '../world.ts';
import { shapeUser } from './user.ts';

/** A scheduled event; the count of those interested goes with it when asked for. */
export const shapeScheduledEvent = (world: World, event: ScheduledEvent, withCount = false) => {
  const creator = world.users.get(event.creatorId);
  return {
    id: event.id,
    guild_id: event.guildId,
    channel_id: event.channelId,
    creator_id: event.creatorId,
    ...(creator ? { creator: shapeUser(creator) } : {}),
    name: event.name,
    description: event.description,
    image: null,
    scheduled_start_time: new Date(event.startsAt).toISOString(),
    scheduled_end_time: event.endsAt === null ? null : new Date(event.endsAt).toISOString(),
    privacy_level: 2,
    status: event.status,
    entity_type: event.location === null ? 2 : 3,
    entity_id: null,
    entity_metadata: event.location === null ? null : { location: event.location },
    recurrence_rule: event.recurrence,
    guild_scheduled_event_exceptions: [],
    ...(withCount ? { user_count: event.interested.size } : {}),
  };
};

/** The events to come or under way whose channel, if any, a user may view. */
export const eventsFor = (world: World, guild: Guild, viewer: User): ScheduledEvent[] =>
  [...guild.scheduledEvents.values()].filter((event) => {
    const channel = event.channelId === null ? null : world.channels.get(event.channelId);
    return (
      event.status < 3 && (channel === null || (channel !== undefined && canView(world, channel, viewer.id)))
    );
  });
