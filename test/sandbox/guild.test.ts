/** The rest of a guild: its limits, calendar, invites, AutoMod and audit log. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bitsOf } from '../../sandbox/permissions.ts';
import { BOT_PERMISSIONS, type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, type Line, logIn, settle, type Wire } from './wire.ts';

const HOUR = 3_600_000;

let sandbox: Sandbox;
let ana: PersonInfo;
let asBot: ReturnType<typeof caller>;
let asAna: ReturnType<typeof caller>;
let asOwner: ReturnType<typeof caller>;

const guildPath = (rest: string) => `/guilds/${sandbox.guild.id}${rest}`;
const inFuture = (ms: number) => new Date(sandbox.clock.now() + ms).toISOString();

beforeAll(async () => {
  const botPermissions = BOT_PERMISSIONS | bitsOf('MANAGE_GUILD', 'VIEW_AUDIT_LOG');
  sandbox = await startSandbox({ botPermissions, windowFactor: 0.001 });
  ana = sandbox.addPerson('Ana');
  const owner = [...sandbox.people.values()][0];
  asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  asAna = caller(sandbox.restUrl, ana.token);
  asOwner = caller(sandbox.restUrl, owner?.token ?? '');
});
beforeEach(() => sandbox.clock.turn(60_000));
afterAll(() => sandbox.stop());

const make = async (body: Wire): Promise<Wire> =>
  (await asBot('POST', guildPath('/channels'), { name: 'room', ...body })).body;

test('unknown places and methods are told apart', async () => {
  expect(await asBot('GET', '/nowhere')).toMatchObject({
    status: 404,
    body: { message: '404: Not Found', code: 0 },
  });
  expect((await asBot('PUT', '/users/@me')).status).toBe(405);
  expect((await asBot('GET', '/channels/abc')).body.code).toBe(50035);
  expect((await asBot('GET', '/channels/1')).body.code).toBe(10003);
  expect((await fetch(`${sandbox.restUrl}/v9/users/@me`)).status).toBe(400);
});

test('bodies of channels are read strictly', async () => {
  const errors = async (body: Wire) => (await asBot('POST', guildPath('/channels'), body)).body.errors;
  expect(await errors({})).toHaveProperty('name');
  expect(await errors({ name: 'x'.repeat(101) })).toHaveProperty('name');
  expect(await errors({ name: 'x', type: 99 })).toHaveProperty('type');
  expect(await errors({ name: 'x', colour: 1 })).toHaveProperty('colour');
  expect(await errors({ name: 'x', topic: 'x'.repeat(1025) })).toHaveProperty('topic');
  expect(await errors({ name: 'x', type: 2, user_limit: 100 })).toHaveProperty('user_limit');
  expect(await errors({ name: 'x', user_limit: 5 })).toHaveProperty('user_limit');
  expect(await errors({ name: 'x', parent_id: '1' })).toHaveProperty('parent_id');
  expect(await errors({ name: 'x', permission_overwrites: [{ id: '1', type: 0 }] })).toHaveProperty(
    'permission_overwrites',
  );
});

test('an invite leads to an activity of Discord’s own, in a voice channel and nowhere else', async () => {
  const [voice, words] = [await make({ type: 2 }), await make({ type: 0 })];
  const invite = (channel: Wire, id: string) =>
    asBot('POST', `/channels/${channel.id}/invites`, { target_type: 2, target_application_id: id });
  const made = await invite(voice, '880218394199220334');
  expect(made.body.target_application.name).toBe('Watch Together');
  expect((await asAna('GET', `/invites/${made.body.code}`)).body.target_type).toBe(2);
  expect((await invite(voice, '100000000000000000')).body.code).toBe(10002);
  expect((await invite(words, '880218394199220334')).body.code).toBe(50035);
});

test('a category holds 50 channels, a guild 500 and 250 roles', async () => {
  const category = await make({ type: 4 });
  for (let count = 0; count < 50; count += 1) await make({ parent_id: category.id });
  expect((await asBot('POST', guildPath('/channels'), { name: 'x', parent_id: category.id })).body.code).toBe(
    50035,
  );
  let last = 0;
  for (let count = 0; count < 500 && last === 0; count += 1)
    last = (await asBot('POST', guildPath('/channels'), { name: 'x' })).body.code ?? 0;
  expect(last).toBe(30013);
  expect((await asBot('GET', guildPath('/channels'))).body).toHaveLength(500);
  for (let count = 0; count < 250; count += 1)
    last = (await asBot('POST', guildPath('/roles'), {})).body.code ?? 0;
  expect(last).toBe(30005);
  const other = sandbox.addGuild('Roomy');
  expect((await asBot('POST', `/guilds/${other.id}/channels`, { name: 'x' })).status).toBe(201);
}, 60_000);

test('deleting a category leaves its channels without a parent', async () => {
  const { id: guild } = sandbox.addGuild('Second');
  const there = (body: Wire) => asBot('POST', `/guilds/${guild}/channels`, { name: 'x', ...body });
  const category = (await there({ type: 4 })).body;
  const child = (await there({ parent_id: category.id })).body;
  expect((await asBot('DELETE', `/channels/${category.id}`)).status).toBe(200);
  expect((await asBot('GET', `/channels/${child.id}`)).body.parent_id).toBeNull();
});

test('events: a voice room or a place, a time to come, one weekday a week, and a hundred at most', async () => {
  const { id: guild } = sandbox.addGuild('Calendar');
  const path = `/guilds/${guild}/scheduled-events`;
  const voice = (await asBot('POST', `/guilds/${guild}/channels`, { name: 'Voice', type: 2 })).body;
  const rule = (more: Wire) => ({
    start: inFuture(HOUR),
    frequency: 2,
    interval: 1,
    by_weekday: [1],
    ...more,
  });
  const event = (more: Wire = {}) => ({
    name: 'Tuesday group',
    privacy_level: 2,
    scheduled_start_time: inFuture(HOUR),
    entity_type: 2,
    channel_id: voice.id,
    ...more,
  });
  const errors = async (more: Wire) => (await asBot('POST', path, event(more))).body.errors;
  expect(await errors({ scheduled_start_time: inFuture(-HOUR) })).toHaveProperty('scheduled_start_time');
  expect(await errors({ channel_id: null })).toHaveProperty('channel_id');
  expect(await errors({ entity_type: 3, channel_id: null })).toBeDefined();
  expect(await errors({ entity_metadata: { location: 'Here' } })).toHaveProperty('entity_metadata');
  expect(await errors({ description: '' })).toHaveProperty('description');
  expect(await errors({ recurrence_rule: rule({ by_weekday: [0, 2, 4] }) })).toHaveProperty(
    'recurrence_rule',
  );
  expect(await errors({ recurrence_rule: rule({ interval: 3 }) })).toHaveProperty('recurrence_rule');
  expect(await errors({ recurrence_rule: rule({ count: 8 }) })).toHaveProperty('recurrence_rule');
  const { body: first } = await asBot('POST', path, event({ recurrence_rule: rule({}) }));
  expect(first).toMatchObject({ status: 1, entity_type: 2, creator_id: sandbox.bot.id });
  const status = (value: number) => asBot('PATCH', `${path}/${first.id}`, { status: value });
  expect((await status(3)).body.code).toBe(50035);
  expect((await status(2)).body.status).toBe(2);
  const moved = { scheduled_start_time: inFuture(2 * HOUR) };
  expect((await asBot('PATCH', `${path}/${first.id}`, moved)).body.errors).toHaveProperty(
    'scheduled_start_time',
  );
  expect((await status(3)).body.status).toBe(3);
  expect((await asBot('PATCH', `${path}/${first.id}`, { name: 'x' })).body.code).toBe(180000);
  for (let count = 0; count < 100; count += 1) expect((await asBot('POST', path, event())).status).toBe(200);
  expect((await asBot('POST', path, event())).body.code).toBe(30038);
}, 60_000);

test('an invite lets people in as often and as long as it says', async () => {
  const { id: guild } = sandbox.addGuild('Door');
  const [channel] = (await asBot('GET', `/guilds/${guild}/channels`)).body;
  const invite = async (body: Wire) => (await asBot('POST', `/channels/${channel.id}/invites`, body)).body;
  const once = await invite({ max_uses: 1, max_age: 3600 });
  const line = await logIn(sandbox.gatewayUrl, ana.token);
  expect((await asBot('POST', `/invites/${once.code}`)).body.code).toBe(20001);
  expect((await asAna('POST', `/invites/${once.code}`)).status).toBe(200);
  await line.event('GUILD_CREATE', ({ id }) => id === guild);
  expect((await asBot('GET', `/invites/${once.code}`)).body.code).toBe(10006);
  const brief = await invite({ max_age: 60 });
  sandbox.clock.turn(61_000);
  expect((await asBot('GET', `/invites/${brief.code}`)).body.code).toBe(10006);
  const lasting = await invite({ max_age: 0 });
  expect(lasting.expires_at).toBeNull();
  expect((await asBot('DELETE', `/invites/${lasting.code}`)).status).toBe(200);
  line.socket.close();
});

const rule = (more: Wire = {}) => ({
  name: 'Kind words',
  event_type: 1,
  trigger_type: 1,
  trigger_metadata: {
    keyword_filter: ['hurt*', '*crisis*'],
    regex_patterns: ['b[ae]d'],
    allow_list: ['hurtle'],
  },
  actions: [{ type: 1, metadata: { custom_message: 'Please talk to staff.' } }],
  enabled: true,
  ...more,
});

test('AutoMod stops what a rule names, tells who manages the guild, and lets bots and managers be', async () => {
  const { id: guild } = sandbox.addGuild('Watched');
  const rules = `/guilds/${guild}/auto-moderation/rules`;
  const [channel] = (await asBot('GET', `/guilds/${guild}/channels`)).body;
  const person = sandbox.addPerson('Watched person', { guilds: [guild] });
  const line: Line = await logIn(sandbox.gatewayUrl, sandbox.bot.token, 1 | (1 << 21));
  const say = async (content: string) => {
    sandbox.clock.turn(6000);
    return await caller(sandbox.restUrl, person.token)('POST', `/channels/${channel.id}/messages`, {
      content,
    });
  };
  const { body: blocking } = await asBot('POST', rules, rule());
  expect(await say('this Hurts a lot')).toMatchObject({ status: 400, body: { code: 200000 } });
  expect((await line.event('AUTO_MODERATION_ACTION_EXECUTION')).matched_keyword).toBe('hurt*');
  expect((await line.event('AUTO_MODERATION_ACTION_EXECUTION')).content).toBe('');
  expect((await say('so bad')).body.code).toBe(200000);
  expect((await say('hurtle along')).status).toBe(200);
  expect((await say('unhurt')).status).toBe(200);
  expect((await asBot('POST', `/channels/${channel.id}/messages`, { content: 'hurt' })).status).toBe(200);
  const alert = [
    { type: 2, metadata: { channel_id: channel.id } },
    { type: 3, metadata: { duration_seconds: 60 } },
  ];
  expect((await asBot('PATCH', `${rules}/${blocking.id}`, { actions: alert })).status).toBe(200);
  const { body: said } = await say('a crisis now');
  const executed = await line.event(
    'AUTO_MODERATION_ACTION_EXECUTION',
    ({ message_id }) => message_id === said.id,
  );
  expect(executed.alert_system_message_id).toBeDefined();
  expect((await say('anything')).body.code).toBe(50013);
  line.socket.close(1000);
});

test('AutoMod rules have their limits', async () => {
  const { id: guild } = sandbox.addGuild('Limited');
  const post = (body: Wire) => asBot('POST', `/guilds/${guild}/auto-moderation/rules`, body);
  expect((await post(rule({ trigger_metadata: { keyword_filter: ['x'.repeat(61)] } }))).body.code).toBe(
    50035,
  );
  expect((await post(rule({ trigger_metadata: { regex_patterns: ['('] } }))).body.code).toBe(50035);
  expect((await post(rule({ trigger_type: 3, trigger_metadata: { presets: [1] } }))).body.code).toBe(50035);
  expect((await post(rule({ actions: [] }))).body.code).toBe(50035);
  const many = (count: number) => Array.from({ length: count }, () => '1');
  expect((await post(rule({ exempt_channels: many(51) }))).body.code).toBe(50035);
  expect((await post(rule({ exempt_roles: many(21) }))).body.code).toBe(50035);
  const mentions = rule({ trigger_type: 5, trigger_metadata: { mention_total_limit: 5 } });
  const preset = rule({ trigger_type: 4, trigger_metadata: { presets: [3] } });
  for (const once of [mentions, preset]) {
    expect((await post(once)).status).toBe(200);
    expect((await post(once)).body.code).toBe(50035);
  }
  for (let count = 0; count < 6; count += 1) expect((await post(rule())).status).toBe(200);
  expect((await post(rule())).body.code).toBe(50035);
});

test('the audit log tells who did what and why, and only to who may know', async () => {
  const { id: guild } = sandbox.addGuild('Logged');
  const line = await logIn(sandbox.gatewayUrl, sandbox.bot.token, 1 | (1 << 2));
  const headers = { 'x-audit-log-reason': encodeURIComponent('for the Tuesday group') };
  const { body: channel } = await asBot('POST', `/guilds/${guild}/channels`, { name: 'x' }, headers);
  const { body: log } = await asBot('GET', `/guilds/${guild}/audit-logs?action_type=10`);
  expect(log.audit_log_entries).toMatchObject([
    { user_id: sandbox.bot.id, target_id: channel.id, reason: 'for the Tuesday group' },
  ]);
  expect((await line.event('GUILD_AUDIT_LOG_ENTRY_CREATE')).target_id).toBe(channel.id);
  const long = { 'x-audit-log-reason': 'x'.repeat(513) };
  expect((await asBot('POST', `/guilds/${guild}/channels`, { name: 'x' }, long)).body.code).toBe(50035);
  line.socket.close(1000);
});

test('a voice room shows a status that needs the right, and all the more from outside', async () => {
  const { id: guild } = sandbox.addGuild('Status');
  const voice = (await asBot('POST', `/guilds/${guild}/channels`, { name: 'Voice', type: 2 })).body;
  const person = sandbox.addPerson('Status person', { guilds: [guild] });
  const line = await logIn(sandbox.gatewayUrl, person.token);
  expect((await asBot('PUT', `/channels/${voice.id}/voice-status`, { status: 'Check-in' })).status).toBe(204);
  expect(await line.event('VOICE_CHANNEL_STATUS_UPDATE')).toMatchObject({ id: voice.id, status: 'Check-in' });
  const asPerson = caller(sandbox.restUrl, person.token);
  expect((await asPerson('PUT', `/channels/${voice.id}/voice-status`, { status: 'x' })).body.code).toBe(
    50013,
  );
  expect(
    (await asBot('PUT', `/channels/${voice.id}/voice-status`, { status: 'x'.repeat(501) })).body.code,
  ).toBe(50035);
  await settle();
  line.socket.close();
});

test('where somebody is connected is known to who may view the room', async () => {
  const { id: guild } = sandbox.addGuild('Voices');
  const voice = (await asBot('POST', `/guilds/${guild}/channels`, { name: 'Voice', type: 2 })).body;
  const person = sandbox.addPerson('Speaker', { guilds: [guild] });
  expect((await asBot('GET', `/guilds/${guild}/voice-states/${person.id}`)).body.code).toBe(10065);
  const line = await logIn(sandbox.gatewayUrl, person.token);
  line.send(4, {
    guild_id: guild,
    channel_id: voice.id,
    self_mute: false,
    self_deaf: false,
    self_video: true,
  });
  await line.event('VOICE_STATE_UPDATE');
  expect((await asBot('GET', `/guilds/${guild}/voice-states/${person.id}`)).body).toMatchObject({
    channel_id: voice.id,
    self_video: true,
    member: { user: { id: person.id } },
  });
  expect((await asOwner('GET', `/guilds/${guild}/voice-states/${person.id}`)).body.code).toBe(50001);
  line.socket.close();
});
