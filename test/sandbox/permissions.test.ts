/** Who may do what: every refusal that Discord documents is asked for over the wire. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BITS, bitsOf } from '../../sandbox/permissions.ts';
import { type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, type Reply, type Wire } from './wire.ts';

let sandbox: Sandbox;
let asBot: ReturnType<typeof caller>;
let asOwner: ReturnType<typeof caller>;
let asAna: ReturnType<typeof caller>;
let ana: PersonInfo;

const refused = (reply: Reply): [number, number] => [reply.status, reply.body.code];
const guildPath = (rest: string) => `/guilds/${sandbox.guild.id}${rest}`;

beforeAll(async () => {
  sandbox = await startSandbox();
  const owner = [...sandbox.people.values()].find(({ id }) => id === sandbox.guild.ownerId);
  ana = sandbox.addPerson('Ana');
  asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  asOwner = caller(sandbox.restUrl, owner?.token ?? '');
  asAna = caller(sandbox.restUrl, ana.token);
});

beforeEach(() => sandbox.clock.turn(700_000));
afterAll(() => sandbox.stop());

const makeChannel = async (as: ReturnType<typeof caller>, body: Wire): Promise<Wire> =>
  (await as('POST', guildPath('/channels'), { name: 'room', ...body })).body;

const hidden = (more: Wire[] = []) => ({
  permission_overwrites: [{ id: sandbox.guild.id, type: 0, deny: String(BITS.VIEW_CHANNEL) }, ...more],
});

test('without a token, or with a wrong one, or a bot token without its prefix, there is nothing', async () => {
  for (const header of [null, 'Bot nonsense', sandbox.bot.token, `Bot ${ana.token}`, `Bearer ${ana.token}`])
    expect((await caller(sandbox.restUrl, header)('GET', '/users/@me')).status).toBe(401);
});

test('a channel that one may not view is no place for anything', async () => {
  const channel = await makeChannel(asOwner, hidden());
  const attempts: [string, string, Wire?][] = [
    ['GET', ''],
    ['PATCH', '', { topic: 'x' }],
    ['DELETE', ''],
    ['GET', '/messages'],
    ['POST', '/messages', { content: 'x' }],
    ['GET', '/messages/pins'],
    ['PUT', `/permissions/${ana.id}`, { type: 1, allow: '1024' }],
    ['POST', '/invites', {}],
    ['POST', '/typing'],
  ];
  for (const [method, path, body] of attempts)
    for (const as of [asAna, asBot])
      expect(refused(await as(method, `/channels/${channel.id}${path}`, body))).toEqual([403, 50001]);
});

test('a person without the right may not manage channels, roles, members or the log', async () => {
  const attempts: [string, string, Wire?][] = [
    ['POST', '/channels', { name: 'x' }],
    ['POST', '/roles', { name: 'x' }],
    ['PATCH', '', { name: 'Another name' }],
    ['PATCH', `/members/${sandbox.bot.id}`, { nick: 'x' }],
    ['DELETE', `/members/${sandbox.bot.id}`],
    ['PUT', `/bans/${sandbox.bot.id}`, {}],
    ['GET', '/audit-logs'],
    ['GET', '/invites'],
    ['GET', '/auto-moderation/rules'],
    ['GET', '/bans'],
  ];
  for (const [method, path, body] of attempts)
    expect(refused(await asAna(method, guildPath(path), body)), `${method} ${path}`).toEqual([403, 50013]);
});

test('a bot may give in an overwrite only what it has itself, and never MANAGE_ROLES', async () => {
  const allow = (bits: bigint) => hidden([{ id: sandbox.bot.id, type: 1, allow: String(bits) }]);
  const create = (body: Wire) => asBot('POST', guildPath('/channels'), { name: 'room', ...body });
  expect((await create(allow(bitsOf('VIEW_CHANNEL', 'SEND_MESSAGES')))).status).toBe(201);
  expect(refused(await create(allow(bitsOf('VIEW_CHANNEL', 'BAN_MEMBERS'))))).toEqual([403, 50013]);
  expect(refused(await create(allow(bitsOf('VIEW_CHANNEL', 'MANAGE_ROLES'))))).toEqual([403, 50013]);
  const { id } = (await create(allow(bitsOf('VIEW_CHANNEL')))).body;
  const put = (bits: bigint) =>
    asBot('PUT', `/channels/${id}/permissions/${ana.id}`, { type: 1, allow: '0', deny: String(bits) });
  expect(refused(await put(BITS.PRIORITY_SPEAKER))).toEqual([403, 50013]);
  expect((await put(BITS.SEND_MESSAGES)).status).toBe(204);
  expect(refused(await put(BITS.MANAGE_MESSAGES | BITS.KICK_MEMBERS))).toEqual([403, 50013]);
});

test('an administrator and the owner see and may do everything', async () => {
  const admin = sandbox.addPerson('Admin', { admin: true });
  const asAdmin = caller(sandbox.restUrl, admin.token);
  const channel = await makeChannel(asOwner, hidden());
  for (const as of [asAdmin, asOwner]) {
    expect((await as('GET', `/channels/${channel.id}`)).status).toBe(200);
    const put = await as('PUT', `/channels/${channel.id}/permissions/${ana.id}`, {
      type: 1,
      allow: String(bitsOf('VIEW_CHANNEL', 'MANAGE_ROLES')),
    });
    expect(put.status).toBe(204);
  }
});

test("roles are only touched below one's own, and only with bits that one has", async () => {
  const high = sandbox.addRole('High');
  const patch = await asBot('PATCH', guildPath(`/roles/${high}`), { name: 'Low' });
  expect(refused(patch)).toEqual([403, 50013]);
  expect(refused(await asBot('PUT', guildPath(`/members/${ana.id}/roles/${high}`)))).toEqual([403, 50013]);
  const created = await asBot('POST', guildPath('/roles'), {
    name: 'Group',
    permissions: String(BITS.BAN_MEMBERS),
  });
  expect(refused(created)).toEqual([403, 50013]);
  const everyone = (await asBot('GET', guildPath(`/roles/${sandbox.guild.id}`))).body.permissions;
  const plain = await asBot('POST', guildPath('/roles'), { name: 'Group' });
  expect(plain.body).toMatchObject({ name: 'Group', position: 1, permissions: everyone });
  expect((await asBot('PUT', guildPath(`/members/${ana.id}/roles/${plain.body.id}`))).status).toBe(204);
  const own = (await asBot('GET', guildPath(`/members/${sandbox.bot.id}`))).body.roles[0];
  expect(refused(await asBot('DELETE', guildPath(`/roles/${own}`)))).toEqual([403, 50013]);
});

test('someone timed out keeps only viewing and reading, and admins cannot be timed out', async () => {
  const leo = sandbox.addPerson('Leo');
  const asLeo = caller(sandbox.restUrl, leo.token);
  const channel = await makeChannel(asOwner, {});
  const until = new Date(sandbox.clock.now() + 60_000).toISOString();
  const timeOut = (id: string) =>
    asBot('PATCH', guildPath(`/members/${id}`), { communication_disabled_until: until });
  expect((await timeOut(leo.id)).status).toBe(200);
  expect(refused(await asLeo('POST', `/channels/${channel.id}/messages`, { content: 'x' }))).toEqual([
    403, 50013,
  ]);
  expect((await asLeo('GET', `/channels/${channel.id}/messages`)).status).toBe(200);
  sandbox.clock.turn(61_000);
  expect((await asLeo('POST', `/channels/${channel.id}/messages`, { content: 'x' })).status).toBe(200);
  const admin = sandbox.addPerson('Second admin', { admin: true });
  expect(refused(await timeOut(admin.id))).toEqual([403, 50013]);
});

test('who may not connect to a voice room may do nothing else in it either', async () => {
  const voice = await makeChannel(asOwner, {
    type: 2,
    permission_overwrites: [{ id: sandbox.guild.id, type: 0, deny: String(BITS.CONNECT) }],
  });
  expect((await asAna('GET', `/channels/${voice.id}`)).status).toBe(200);
  expect(refused(await asAna('POST', `/channels/${voice.id}/messages`, { content: 'x' }))).toEqual([
    403, 50013,
  ]);
  expect(refused(await asBot('DELETE', `/channels/${voice.id}`))).toEqual([403, 50013]);
});

test('overwrites apply in their order: everyone, then all roles together, then the member', async () => {
  const one = sandbox.addRole('One');
  const two = sandbox.addRole('Two');
  const mia = sandbox.addPerson('Mia', { roles: [one, two] });
  const view = String(BITS.VIEW_CHANNEL);
  const channel = await makeChannel(
    asOwner,
    hidden([
      { id: one, type: 0, deny: view },
      { id: two, type: 0, allow: view },
    ]),
  );
  const seen = async () =>
    (await caller(sandbox.restUrl, mia.token)('GET', `/channels/${channel.id}`)).status;
  expect(await seen()).toBe(200);
  await asOwner('PUT', `/channels/${channel.id}/permissions/${mia.id}`, { type: 1, deny: view });
  expect(await seen()).toBe(403);
});

test('a child that was in step with its category follows it, and one that was not stays', async () => {
  const category = await makeChannel(asOwner, { type: 4, ...hidden() });
  const [synced, apart] = await Promise.all([
    makeChannel(asOwner, { parent_id: category.id }),
    makeChannel(asOwner, { parent_id: category.id, permission_overwrites: [] }),
  ]);
  await asOwner('PUT', `/channels/${category.id}/permissions/${ana.id}`, {
    type: 1,
    allow: String(BITS.VIEW_CHANNEL),
  });
  const overwritesOf = async (id: string) =>
    (await asOwner('GET', `/channels/${id}`)).body.permission_overwrites;
  expect(await overwritesOf(synced.id)).toEqual(await overwritesOf(category.id));
  expect(await overwritesOf(apart.id)).toEqual([]);
});

test('muting, moving and disconnecting take their own permissions in the room itself', async () => {
  const channel = await makeChannel(asOwner, { type: 2, ...hidden() });
  const noor = sandbox.addPerson('Noor');
  const patch = (body: Wire) => asBot('PATCH', guildPath(`/members/${noor.id}`), body);
  expect(refused(await patch({ mute: true }))).toEqual([400, 40032]);
  expect(refused(await patch({ channel_id: channel.id }))).toEqual([400, 40032]);
  expect(refused(await patch({ nick: 'N' }))).toEqual([403, 50013]);
});

test('members may not be removed by who stands no higher', async () => {
  const role = sandbox.addRole('Moderator', { permissions: bitsOf('KICK_MEMBERS', 'BAN_MEMBERS') });
  const [first, second] = ['Moderator one', 'Moderator two'].map((name) =>
    sandbox.addPerson(name, { roles: [role] }),
  );
  const asFirst = caller(sandbox.restUrl, first?.token ?? '');
  expect(refused(await asFirst('DELETE', guildPath(`/members/${second?.id}`)))).toEqual([403, 50013]);
  expect(refused(await asFirst('PUT', guildPath(`/bans/${sandbox.guild.ownerId}`), {}))).toEqual([
    403, 50013,
  ]);
  const plain = sandbox.addPerson('Plain');
  expect((await asFirst('DELETE', guildPath(`/members/${plain.id}`))).status).toBe(204);
  expect(refused(await asFirst('GET', guildPath(`/members/${plain.id}`)))).toEqual([404, 10007]);
});

test('another guild is closed to who is no member, and known only to who is', async () => {
  const other = sandbox.addGuild('Elsewhere', { withBot: false });
  expect(refused(await asBot('GET', `/guilds/${other.id}`))).toEqual([403, 50001]);
  expect(refused(await asBot('GET', '/guilds/1'))).toEqual([404, 10004]);
});
