/** Keeps the routes of accounts: oneself, others, one's application, one's guilds and direct messages. */
import { theGuild } from '../access.ts';
import { directMessage } from '../changes/channels.ts';
import { removeMember } from '../changes/members.ts';
import { object, parse, snowflake } from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { guildPermissions } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeChannel } from '../shape/channel.ts';
import { shapeApplication, shapeSelf, shapeUser } from '../shape/user.ts';

const ownApplication = ({ world, actor }: Call) => {
  const application = world.applications.get(actor.id);
  if (!application) throw refuse('unknownApplication');
  return ok(shapeApplication(world, application, actor));
};

const anotherUser = ({ world, param }: Call) => {
  const user = world.users.get(param('user'));
  if (!user) throw refuse('unknownUser');
  return ok(shapeUser(user));
};

const ownGuilds = ({ world, actor }: Call) =>
  ok(
    [...world.guilds.values()]
      .filter((guild) => guild.members.has(actor.id))
      .map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: guild.ownerId === actor.id,
        permissions: guildPermissions(world, guild, actor.id).toString(),
        features: [],
      })),
  );

const leaveGuild = (call: Call) => {
  const guild = theGuild(call);
  if (guild.ownerId === call.actor.id) throw refuse('missingPermissions');
  removeMember(call.world, guild, call.actor.id);
  return noContent();
};

const openDm = ({ world, actor, body }: Call) => {
  const { recipient_id } = parse(object({ recipient_id: snowflake }), body);
  const recipient = world.users.get(recipient_id);
  if (!recipient) throw refuse('unknownUser');
  if (recipient.id === actor.id || (recipient.bot && actor.bot)) throw refuse('invalidRecipient');
  return ok(shapeChannel(world, directMessage(world, actor.id, recipient.id), actor.id));
};

/** Routes of accounts and applications. */
export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/users/@me',
    bearer: 'identify',
    handle: ({ actor, scopes }) => ok(shapeSelf(actor, scopes)),
  },
  { method: 'GET', path: '/users/:user', handle: anotherUser },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    bearer: 'guilds',
    query: ['before', 'after', 'limit', 'with_counts'],
    handle: ownGuilds,
  },
  { method: 'DELETE', path: '/users/@me/guilds/:guild', handle: leaveGuild },
  { method: 'POST', path: '/users/@me/channels', handle: openDm },
  { method: 'GET', path: '/applications/@me', only: 'bots', handle: ownApplication },
  { method: 'GET', path: '/oauth2/applications/@me', only: 'bots', handle: ownApplication },
];
