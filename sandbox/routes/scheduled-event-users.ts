/** Keeps the routes that tell who is interested in a scheduled event, and let people say so. */
import { theGuild } from '../access.ts';
import { limitOf } from '../rest/query.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeMember } from '../shape/member.ts';
import { shapeUser } from '../shape/user.ts';
import type { Snowflake } from '../world.ts';
import { tellEvent, theEvent } from './scheduled-events.ts';

const listInterested = (call: Call) => {
  const guild = theGuild(call);
  const event = theEvent(call, guild);
  const withMember = call.query.get('with_member') === 'true';
  const shape = (userId: Snowflake) => {
    const user = call.world.users.get(userId);
    const member = guild.members.get(userId);
    return {
      guild_scheduled_event_id: event.id,
      user_id: userId,
      response: 1,
      ...(user ? { user: shapeUser(user) } : {}),
      ...(withMember && member ? { member: shapeMember(call.world, member) } : {}),
    };
  };
  return ok([...event.interested].slice(0, limitOf(call.query, { usual: 100, most: 100 })).map(shape));
};

/** A person says that it is interested, or no longer is; only people's clients have this. */
const setInterested = (call: Call, interested: boolean) => {
  const guild = theGuild(call);
  const event = theEvent(call, guild);
  const others = [...event.interested].filter((id) => id !== call.actor.id);
  const now = new Set(interested ? [...others, call.actor.id] : others);
  guild.scheduledEvents.set(event.id, { ...event, interested: now });
  tellEvent(call, event, `GUILD_SCHEDULED_EVENT_USER_${interested ? 'ADD' : 'REMOVE'}`, {
    guild_scheduled_event_id: event.id,
    user_id: call.actor.id,
    guild_id: guild.id,
  });
  return noContent();
};

const many = '/guilds/:guild/scheduled-events/:event/users';
const self = `${many}/@me`;

/** Routes of those interested in scheduled events. */
export const scheduledEventUserRoutes: Route[] = [
  { method: 'GET', path: many, query: ['limit', 'with_member', 'before', 'after'], handle: listInterested },
  { method: 'PUT', path: self, only: 'people', handle: (call) => setInterested(call, true) },
  { method: 'DELETE', path: self, only: 'people', handle: (call) => setInterested(call, false) },
];
