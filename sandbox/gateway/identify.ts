/** Keeps how a client becomes a session: what IDENTIFY must say, and what READY answers. */
import {
  anything,
  dictionary,
  flag,
  integer,
  isObject,
  list,
  maybe,
  object,
  optional,
  text,
} from '../check/schema.ts';
import { shapeChannel } from '../shape/channel.ts';
import { applicationFlags, shapeSelf } from '../shape/user.ts';
import { accountIn } from '../token.ts';
import type { User, World } from '../world.ts';
import { GatewayClose } from './close.ts';
import { areIntents, asksTooMuch } from './intents.ts';
import { read } from './payload.ts';
import { presence } from './presence.ts';
import { onShard, type Session } from './session.ts';

const identify = object({
  token: text({ min: 1 }),
  properties: dictionary(text(), anything),
  intents: optional(integer()),
  shard: maybe(list(integer(), { min: 2, max: 2 })),
  presence: maybe(presence),
  compress: optional(flag),
  large_threshold: optional(integer(50, 250)),
});

/** Finds the account of a token as clients identify with it ("Bot " may stand before it). */
export const accountOf = (world: World, token: unknown): User => {
  const { user, isCalledBot } = accountIn(world, token);
  if (!user || (isCalledBot && !user.bot))
    throw new GatewayClose('authenticationFailed', 'Authentication failed.');
  return user;
};

const shardOf = (shard: readonly number[] | null | undefined): readonly [number, number] => {
  const [id = 0, count = 1] = shard ?? [];
  if (id < 0 || count < 1 || id >= count) throw new GatewayClose('invalidShard', 'Invalid shard.');
  return [id, count];
};

const intentsOf = (world: World, user: User, intents: number | undefined): number | null => {
  if (!user.bot) return null;
  if (intents === undefined || !areIntents(intents))
    throw new GatewayClose('invalidIntents', 'Invalid intent(s).');
  const on = world.applications.get(user.id)?.privileged;
  if (!on || asksTooMuch(intents, on)) throw new GatewayClose('disallowedIntents', 'Disallowed intent(s).');
  return intents;
};

/** Reads IDENTIFY into a new session; throws the close that Discord answers with when it is wrong. */
export const newSession = (world: World, data: unknown, id: string): Session => {
  const user = accountOf(world, isObject(data) ? data['token'] : null);
  const { intents, shard } = read(identify, data);
  return {
    id,
    user,
    intents: intentsOf(world, user, intents),
    shard: shardOf(shard),
    seq: 0,
    sent: [],
    known: new Set(),
    line: null,
  };
};

/** The data of READY; the guilds follow one by one. */
export const readyData = (world: World, session: Session, resumeUrl: string) => {
  const { user, shard } = session;
  const application = world.applications.get(user.id);
  const guilds = [...world.guilds.values()].filter(
    (guild) => guild.members.has(user.id) && onShard(session, guild.id),
  );
  const direct = [...world.channels.values()].filter((channel) => channel.recipients.includes(user.id));
  return {
    v: 10,
    user: shapeSelf(user),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: resumeUrl,
    shard,
    // Bots get none of these, as documented; a person's client finds its conversations here.
    private_channels: user.bot ? [] : direct.map((channel) => shapeChannel(world, channel, user.id)),
    relationships: [],
    ...(application ? { application: { id: application.id, flags: applicationFlags(application) } } : {}),
  };
};
