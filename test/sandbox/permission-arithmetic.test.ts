/** The sandbox's permission arithmetic against an independent one: discord.js computes the same from the same wire. */
import { Client, Events, GatewayIntentBits, type GuildChannel } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeChannel } from '../../sandbox/changes/channels.ts';
import { changeMember, changeRole } from '../../sandbox/changes/members.ts';
import { ALL, BITS, bitsOf, channelPermissions, has } from '../../sandbox/permissions.ts';
import { type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { Channel, Guild, Overwrite } from '../../sandbox/world.ts';

let sandbox: Sandbox;
let client: Client<true>;
let guild: Guild;
let channel: Channel;
let ana: PersonInfo;
let roles: string[];

beforeAll(async () => {
  sandbox = await startSandbox({ botPermissions: ALL, privileged: { members: true } });
  guild = sandbox.world.guilds.get(sandbox.guild.id) ?? expect.fail('no guild');
  channel = [...sandbox.world.channels.values()][0] ?? expect.fail('no channel');
  roles = ['One', 'Two', 'Three'].map((name) => sandbox.addRole(name));
  ana = sandbox.addPerson('Ana');
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers];
  client = new Client<true>({ intents, rest: { api: sandbox.restUrl } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.bot.token);
  await ready;
  await client.guilds.cache.get(guild.id)?.members.fetch(ana.id);
});
afterAll(async () => {
  await client.destroy();
  await sandbox.stop();
});

const some = bitsOf(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'MENTION_EVERYONE',
  'CONNECT',
  'MANAGE_MESSAGES',
);
const bits = fc.bigInt(0n, ALL).map((sum) => sum & (some | BITS.ADMINISTRATOR));
const channelBits = bits.map((sum) => sum & some);
const overwrite = fc.record({ allow: channelBits, deny: channelBits });
const situation = fc.record({
  everyone: channelBits,
  granted: fc.array(bits, { minLength: 3, maxLength: 3 }),
  held: fc.subarray([0, 1, 2]),
  overwrites: fc.array(fc.option(overwrite), { minLength: 5, maxLength: 5 }),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const arrange = ({ everyone, granted, held, overwrites }: Situation): void => {
  const { world } = sandbox;
  for (const [index, id] of [guild.id, ...roles].entries()) {
    const role = guild.roles.get(id);
    if (role)
      changeRole(world, guild, role, { permissions: index === 0 ? everyone : (granted[index - 1] ?? 0n) });
  }
  const member = guild.members.get(ana.id) ?? expect.fail('no member');
  changeMember(world, guild, member, { roles: new Set(held.flatMap((index) => roles[index] ?? [])) });
  const targets = [guild.id, ...roles, ana.id];
  const set = overwrites.flatMap((it, index): [string, Overwrite][] => {
    const id = targets[index] ?? '';
    return it ? [[id, { id, type: id === ana.id ? 1 : 0, allow: it.allow & ~it.deny, deny: it.deny }]] : [];
  });
  changeChannel(world, channel, { overwrites: new Map(set), topic: `${Math.random()}` });
};

/** What the documentation says is implied, which discord.js leaves to its user. */
const implied = (sum: bigint): bigint => {
  if (has(sum, BITS.ADMINISTRATOR)) return ALL;
  if (!has(sum, BITS.VIEW_CHANNEL)) return 0n;
  const needsSending = bitsOf('MENTION_EVERYONE', 'SEND_TTS_MESSAGES', 'ATTACH_FILES', 'EMBED_LINKS');
  return has(sum, BITS.SEND_MESSAGES) ? sum : sum & ~needsSending;
};

test('any roles and overwrites give the permissions that discord.js gives', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (it) => {
      const told = new Promise((resolve) => client.once(Events.ChannelUpdate, resolve));
      arrange(it);
      await told;
      // Only guild channels are in this guild.
      const seen = client.channels.cache.get(channel.id) as GuildChannel;
      const theirs = seen.permissionsFor(ana.id)?.bitfield ?? expect.fail('not cached');
      const ours = channelPermissions(sandbox.world, channel, ana.id);
      expect(ours & some).toBe(implied(theirs) & some);
    }),
    { numRuns: 100 },
  );
});
