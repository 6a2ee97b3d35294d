/** A look at the rooms of a group in a real server: who gets in, why, and what else leads into them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import { BITS, bitsOf } from '../../../sandbox/permissions.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { INVITED } from '../../../src/adapters/discord/permissions.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import { type AuditedRoom, judge, type RoomsAudit } from '../../../src/core/room-access.ts';
import type { Room, RoomKind } from '../../../src/core/rooms.ts';
import type { RoomRef } from '../../../src/ports/store.ts';
import { callOnly, callsOf, connectedSandbox, logIn } from './connected.ts';

let sandbox: Sandbox;
let discord: Discord;
let owner: Person;
let lena: Person;
let ana: Person;
let oskar: Person;
const refs: RoomRef[] = [];

const desired = (): readonly Room[] => {
  const lead = { account: lena.id, right: 'lead' as const };
  const joins = { account: ana.id, right: 'join' as const };
  return [
    {
      kind: 'category',
      name: 'Tuesday',
      guests: [
        { account: lena.id, right: 'read' },
        { account: ana.id, right: 'read' },
      ],
    },
    { kind: 'group', name: 'group-room', guests: [lead, joins] },
    { kind: 'voice', name: 'group-voice', guests: [lead, joins], seats: 4 },
    { kind: 'staff', name: 'staff-room', guests: [lead] },
  ];
};

const bring = () =>
  discord.rooms.bring(sandbox.guild.id, desired(), refs, async (kind, channelId) => {
    refs.push({ kind, channelId });
  });

const look = async (closely = true): Promise<RoomsAudit> =>
  (await discord.rooms.auditOf(sandbox.guild.id, refs, closely)) ?? expect.fail('the server is gone');

const channel = (kind: RoomKind): string =>
  refs.find((ref) => ref.kind === kind)?.channelId ?? expect.fail(`no ${kind}`);
const roomIn = ({ rooms }: RoomsAudit, kind: RoomKind): AuditedRoom =>
  rooms.find((room) => room.kind === kind) ?? expect.fail(`no ${kind}`);
const strays = (audit: RoomsAudit) =>
  audit.rooms.flatMap((room) =>
    room.access.filter(
      (each) =>
        judge(
          each,
          desired().find(({ kind }) => kind === room.kind),
        ) === 'stray',
    ),
  );

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox({}, { botPermissions: INVITED }));
  [lena, ana, oskar] = [
    await logIn(sandbox, 'Lena'),
    await logIn(sandbox, 'Ana'),
    await logIn(sandbox, 'Oskar'),
  ];
  const name = [...sandbox.people.values()].find(({ id }) => id === sandbox.guild.ownerId)?.name;
  owner = await logIn(sandbox, name ?? expect.fail('no owner'));
  await bring();
});
afterAll(async () => {
  for (const one of [lena, ana, oskar, owner]) one.close();
  await discord.stop();
  await sandbox.stop();
});

it('in rooms that are as they ought to be are the owner, Hearth, and those who belong there', async () => {
  const { access } = roomIn(await look(), 'voice');
  expect(access.map(({ who }) => who)).toEqual([
    { kind: 'person', account: sandbox.guild.ownerId },
    { kind: 'hearth' },
    { kind: 'person', account: lena.id },
    { kind: 'person', account: ana.id },
  ]);
  expect(access[0]).toMatchObject({ why: [{ by: 'owner' }], may: expect.arrayContaining(['bypass']) });
  expect(access[2]).toMatchObject({ may: ['see', 'connect', 'write', 'moderate'], leaks: [] });
  expect(access[3]).toMatchObject({ may: ['see', 'connect', 'write'], leaks: [], why: [{ by: 'named' }] });
});

it('everything in them is judged as expected, but for the owner, who is beyond Hearth’s power', async () => {
  const audit = await look();
  const verdicts = audit.rooms.flatMap((room) =>
    room.access.map(
      (each) =>
        [
          each.who,
          judge(
            each,
            desired().find(({ kind }) => kind === room.kind),
          ),
        ] as const,
    ),
  );
  for (const [who, verdict] of verdicts) {
    const isOwner = who.kind === 'person' && who.account === sandbox.guild.ownerId;
    expect(verdict).toBe(isOwner ? 'beyond' : 'expected');
  }
});

it('a look that is not close costs a call for threads and one a room for invitations', async () => {
  sandbox.transcript.clear();
  await look(false);
  expect(callsOf(sandbox)).toEqual({
    'GET /guilds/:guild/threads/active': 1,
    'GET /channels/:channel/invites': 3,
  });
});

it('a role with Administrator, with how many bear it, and another bot, are told by name', async () => {
  const role = sandbox.addRole('Office', { permissions: BITS.ADMINISTRATOR });
  sandbox.addPerson('Mara', { roles: [role] });
  const bot = sandbox.addBot('Recorder', { permissions: BITS.ADMINISTRATOR });
  await expect
    .poll(async () => roomIn(await look(), 'group').access.map(({ who }) => who))
    .toEqual(
      expect.arrayContaining([
        { kind: 'role', id: role, name: 'Office', bearers: 1 },
        { kind: 'bot', account: bot.id, name: 'Recorder' },
      ]),
    );
  const line = roomIn(await look(), 'group').access.find(({ who }) => who.kind === 'role');
  expect(line).toMatchObject({ why: [{ by: 'administrator', role: 'Office' }] });
});

it('somebody let in by hand is astray, and so is a role', async () => {
  const helpers = sandbox.addRole('Helpers');
  const allow = String(bitsOf('VIEW_CHANNEL', 'SEND_MESSAGES'));
  await owner.rest('PUT', `/channels/${channel('group')}/permissions/${oskar.id}`, {
    type: 1,
    allow,
    deny: '0',
  });
  await owner.rest('PUT', `/channels/${channel('staff')}/permissions/${helpers}`, {
    type: 0,
    allow,
    deny: '0',
  });
  await expect
    .poll(async () => strays(await look()).map(({ who }) => who))
    .toEqual([
      { kind: 'person', account: oskar.id },
      { kind: 'role', id: helpers, name: 'Helpers', bearers: 0 },
    ]);
  await bring();
  expect(strays(await look())).toEqual([]);
});

it('somebody who belongs there and may more by a role of the server is beyond Hearth’s power, and the role is told', async () => {
  const role = sandbox.addRole('Moderators', { permissions: bitsOf('MANAGE_CHANNELS', 'MANAGE_MESSAGES') });
  await owner.rest('PUT', `/guilds/${sandbox.guild.id}/members/${ana.id}/roles/${role}`);
  const line = roomIn(await look(), 'group').access.find(
    ({ who }) => who.kind === 'person' && who.account === ana.id,
  );
  expect(line?.why).toEqual([{ by: 'named' }, { by: 'role', role: 'Moderators' }]);
  expect(
    line &&
      judge(
        line,
        desired().find(({ kind }) => kind === 'group'),
      ),
  ).toBe('beyond');
});

it('invitations, threads and webhooks that lead into a room are counted; webhooks only where Hearth may see them', async () => {
  await owner.rest('POST', `/channels/${channel('group')}/invites`, {});
  await owner.rest('POST', `/channels/${channel('group')}/webhooks`, { name: 'News' });
  await owner.rest('POST', `/channels/${channel('group')}/threads`, { name: 'Aside', type: 12 });
  const room = roomIn(await look(), 'group');
  expect(room).toMatchObject({ invitations: 1, threads: 0 });
  expect(room.webhooks).toBeUndefined();
  await discord.rooms.inviteToWatch(channel('voice'));
  expect(roomIn(await look(), 'voice').invitations).toBe(0);
});

it('what Hearth holds is compared with what it needs, and the settings of the server are told', async () => {
  expect(await look()).toMatchObject({
    hearth: { administrator: false, missing: [], more: [] },
    risks: ['no-two-factor'],
  });
  const { rest } = owner;
  await rest('POST', `/guilds/${sandbox.guild.id}/mfa`, { level: 1 });
  await rest('PATCH', `/guilds/${sandbox.guild.id}`, { features: ['COMMUNITY', 'DISCOVERABLE'] });
  await rest('PATCH', `/guilds/${sandbox.guild.id}/widget`, { enabled: true });
  const own = [...(sandbox.world.guilds.get(sandbox.guild.id)?.roles.values() ?? [])].find(
    ({ botId }) => botId === sandbox.bot.id,
  );
  const permissions = (INVITED & ~BITS.USE_SOUNDBOARD) | BITS.BAN_MEMBERS | BITS.ADMINISTRATOR;
  await rest('PATCH', `/guilds/${sandbox.guild.id}/roles/${own?.id}`, { permissions: String(permissions) });
  await expect
    .poll(() => look())
    .toMatchObject({
      // Everybody here has the soundboard, and so has Hearth.
      hearth: { administrator: true, missing: [], more: ['Ban Members'] },
      risks: ['community', 'discoverable', 'widget'],
    });
});

it('a process that does not see the server finds the same by asking', async () => {
  const other = await callOnly(sandbox);
  const asked = await other.discord.rooms.auditOf(sandbox.guild.id, refs, true);
  expect(asked).toEqual(await look());
  expect(await other.discord.rooms.auditOf('100000000000000000', refs, true)).toBeUndefined();
  await other.discord.stop();
});
