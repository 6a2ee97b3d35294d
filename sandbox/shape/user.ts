/** Keeps how an account looks on the wire. */
import type { Application, Scope, User, World } from '../world.ts';

/** A user object. */
export const shapeUser = (user: User) => ({
  id: user.id,
  username: user.username,
  avatar: null,
  discriminator: user.bot ? '0001' : '0',
  public_flags: 0,
  flags: 0,
  ...(user.bot ? { bot: true } : {}),
  banner: null,
  accent_color: null,
  global_name: user.globalName,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
});

/** The object of one's own account; to an application, as much of it as somebody let it know. */
export const shapeSelf = (user: User, scopes: readonly Scope[] | null = null) => ({
  ...shapeUser(user),
  mfa_enabled: false,
  locale: 'en-US',
  premium_type: 0,
  ...(scopes === null || scopes.includes('email') ? { email: null, verified: true } : {}),
});

const INTENT_FLAGS = { presences: 1 << 13, members: 1 << 15, messageContent: 1 << 19 };

/** The flags of an application: which privileged intents a bot in few guilds has switched on. */
export const applicationFlags = ({ privileged }: Application): number =>
  (privileged.presences ? INTENT_FLAGS.presences : 0) |
  (privileged.members ? INTENT_FLAGS.members : 0) |
  (privileged.messageContent ? INTENT_FLAGS.messageContent : 0);

/** A bot's own application; its owner is the owner of the first guild. */
export const shapeApplication = (world: World, application: Application, bot: User) => {
  const guilds = [...world.guilds.values()].filter((guild) => guild.members.has(bot.id));
  const owner = world.users.get(guilds[0]?.ownerId ?? '') ?? bot;
  const flags = applicationFlags(application);
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    bot: shapeUser(bot),
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { '0': {} },
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    redirect_uris: [...application.redirects],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: shapeUser(owner),
    approximate_guild_count: guilds.length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    event_webhooks_status: 1,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
};
