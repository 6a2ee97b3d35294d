/** Who gets into a channel, held against the arithmetic of the sandbox, which was written from Discord's documentation alone. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeChannel } from '../../../sandbox/changes/channels.ts';
import { changeMember, changeRole } from '../../../sandbox/changes/members.ts';
import { ALL, BITS, bitsOf, canView, channelPermissions } from '../../../sandbox/permissions.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import type { Channel, Guild, Overwrite } from '../../../sandbox/world.ts';
import { accessIn, heldIn, type ServerAccess } from '../../../src/adapters/discord/access-in.ts';
import type { ActualRoom } from '../../../src/adapters/discord/plan-rooms.ts';
import type { RoomAccess } from '../../../src/core/room-access.ts';

let sandbox: Sandbox;
let guild: Guild;
let channels: readonly Channel[];
let roles: readonly string[];
let people: readonly string[];

beforeAll(async () => {
  sandbox = await startSandbox();
  guild = sandbox.world.guilds.get(sandbox.guild.id) ?? expect.fail('no guild');
  const ofType = (type: 0 | 2) => ({ ...general, id: `1000000000000000${type}0`, type });
  const general = [...sandbox.world.channels.values()][0] ?? expect.fail('no channel');
  channels = [ofType(0), ofType(2)];
  for (const channel of channels) sandbox.world.channels.set(channel.id, channel);
  roles = ['One', 'Two', 'Three'].map((name) => sandbox.addRole(name));
  people = ['Ana', 'Ben', 'Cleo'].map((name) => sandbox.addPerson(name).id);
});
afterAll(() => sandbox.stop());

const some = bitsOf(
  'VIEW_CHANNEL',
  'CONNECT',
  'SEND_MESSAGES',
  'MANAGE_CHANNELS',
  'MANAGE_MESSAGES',
  'CREATE_INSTANT_INVITE',
  'USE_EXTERNAL_APPS',
);
const channelBits = fc.bigInt(0n, ALL).map((sum) => sum & some);
const rarelyAll = fc.oneof(
  { weight: 9, arbitrary: channelBits },
  { weight: 1, arbitrary: fc.constant(BITS.ADMINISTRATOR) },
);
const overwrite = fc.option(fc.record({ allow: channelBits, deny: channelBits }));
const situation = fc.record({
  everyone: channelBits,
  granted: fc.array(rarelyAll, { minLength: 3, maxLength: 3 }),
  held: fc.array(fc.subarray([0, 1, 2]), { minLength: 3, maxLength: 3 }),
  overwrites: fc.array(overwrite, { minLength: 7, maxLength: 7 }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const arrange = ({ everyone, granted, held, overwrites }: Situation): void => {
  const { world } = sandbox;
  for (const [index, id] of [guild.id, ...roles].entries()) {
    const role = guild.roles.get(id) ?? expect.fail('no role');
    changeRole(world, guild, role, { permissions: [everyone, ...granted][index] ?? 0n });
  }
  for (const [index, id] of people.entries()) {
    const member = guild.members.get(id) ?? expect.fail('no member');
    changeMember(world, guild, member, {
      roles: new Set((held[index] ?? []).map((one) => roles[one] ?? '')),
    });
  }
  const of = (id: string, index: number): readonly Overwrite[] => {
    const bits = overwrites[index];
    return bits ? [{ id, type: people.includes(id) ? 1 : 0, ...bits }] : [];
  };
  const all = [guild.id, ...roles, ...people].flatMap(of);
  for (const channel of channels) {
    changeChannel(world, channel, { overwrites: new Map(all.map((one) => [one.id, one])) });
  }
};

const asRoom = ({ id, type, name, parentId, userLimit, overwrites }: Channel): ActualRoom => ({
  ...{ id, type, name, parentId, userLimit },
  overwrites: [...overwrites.values()],
});

const seen = (): ServerAccess => ({
  guildId: guild.id,
  ownerId: guild.ownerId,
  hearth: sandbox.bot.id,
  roles: [...guild.roles.values()].map(({ id, name, permissions, botId }) => ({
    ...{ id, name, permissions },
    ...(botId !== null && { bot: botId }),
  })),
  rolesOf: new Map(people.map((id) => [id, [...(guild.members.get(id)?.roles ?? [])]])),
});

const tellsOf =
  (account: string) =>
  ({ who }: RoomAccess): boolean =>
    who.kind === 'everyone' ||
    (who.kind === 'person' && who.account === account) ||
    (who.kind === 'role' && (guild.members.get(account)?.roles.has(who.id) ?? false));

it('whoever sees a channel is told of, and whoever does not is not, in any server whatsoever', () => {
  fc.assert(
    fc.property(situation, (given) => {
      arrange(given);
      for (const channel of channels) {
        const access = accessIn(asRoom(channel), seen());
        for (const account of [...people, guild.ownerId]) {
          const lines = access.filter(tellsOf(account));
          if (canView(sandbox.world, channel, account)) expect(lines.length).toBeGreaterThan(0);
          const named = access.find(({ who }) => who.kind === 'person' && who.account === account);
          if (!canView(sandbox.world, channel, account)) expect(named).toBeUndefined();
          expect(access.every(({ may, why }) => may.length > 0 && why.length > 0)).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('what somebody who is named holds is what Discord’s arithmetic says, power by power', () => {
  fc.assert(
    fc.property(situation, (given) => {
      arrange(given);
      for (const channel of channels) {
        for (const account of people) {
          const roles = seen().rolesOf.get(account) ?? [];
          const held = heldIn(asRoom(channel), seen(), { account, roles });
          const right = channelPermissions(sandbox.world, channel, account);
          expect(held & some).toBe(right & some);
          expect(held & BITS.ADMINISTRATOR).toBe(right & BITS.ADMINISTRATOR);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('a right that everybody was given in a room stays where Hearth does not hold it, and is told so of each', () => {
  const nothing = Array.from({ length: 3 }, () => []);
  const seeing = { allow: BITS.VIEW_CHANNEL, deny: 0n };
  const given = (allow: bigint): Situation => ({
    everyone: 0n,
    granted: [0n, 0n, 0n],
    held: nothing,
    overwrites: [{ allow, deny: BITS.VIEW_CHANNEL }, null, null, null, seeing, null, null],
  });
  const ana = (hearth: readonly string[]) => {
    const [text] = channels;
    const server = seen();
    const rolesOf = new Map([...server.rolesOf, [server.hearth, hearth]]);
    const lines = text ? accessIn(asRoom(text), { ...server, rolesOf }) : [];
    return lines.find(({ who }) => who.kind === 'person' && who.account === people[0]);
  };
  arrange(given(BITS.MANAGE_ROLES));
  expect(ana([])).toMatchObject({ may: ['see', 'manage'], why: [{ by: 'named' }, { by: 'not-held' }] });
  arrange(given(BITS.USE_EXTERNAL_APPS));
  expect(ana([])).toMatchObject({ leaks: ['apps'], why: [{ by: 'named' }, { by: 'not-held' }] });
  const [own = ''] = roles;
  changeRole(sandbox.world, guild, guild.roles.get(own) ?? expect.fail('no role'), {
    permissions: BITS.USE_EXTERNAL_APPS | BITS.MANAGE_ROLES,
  });
  expect(ana([own])).toMatchObject({ leaks: ['apps'], why: [{ by: 'named' }] });
  arrange(given(0n));
  expect(ana([])).toMatchObject({ may: ['see'], leaks: [], why: [{ by: 'named' }] });
});
