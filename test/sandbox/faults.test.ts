/** What can be made to go wrong, how it is bounded, and that real discord.js lives through it. */
import { Client, Events, GatewayIntentBits, REST, type TextChannel } from 'discord.js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, settle } from './wire.ts';

let sandbox: Sandbox;
let client: Client<true>;
let asBot: ReturnType<typeof caller>;
let room: TextChannel;

beforeAll(async () => {
  sandbox = await startSandbox();
  asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
  client = new Client<true>({ intents, rest: { api: sandbox.restUrl, retries: 1 } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.bot.token);
  await ready;
  const guild = await client.guilds.fetch(sandbox.guild.id);
  room = await guild.channels.create({ name: 'room' });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.clock.turn(60_000);
});
afterAll(async () => {
  await client.destroy();
  await sandbox.stop();
});

const SEND = 'POST /channels/:channel/messages';

test('a 429 is waited out by discord.js, and the message arrives once', async () => {
  sandbox.faults.rateLimit({ route: SEND, who: sandbox.bot.id, times: 1, retryAfterMs: 50 });
  const sent = await room.send('patient');
  const calls = sandbox.transcript.calls({ route: '/channels/:channel/messages', method: 'POST' });
  expect(calls.map(({ status }) => status)).toEqual([429, 200]);
  expect((await room.messages.fetch(sent.id)).content).toBe('patient');
});

test('a 500 is tried again; when the answer was lost after the work, the nonce keeps it single', async () => {
  sandbox.faults.serverError({ route: SEND, times: 1 });
  await room.send('after an error');
  sandbox.faults.serverError({ route: SEND, times: 1, moment: 'after', status: 502 });
  await room.send({ content: 'lost and found', nonce: 'lost-1', enforceNonce: true });
  const messages = await room.messages.fetch({ limit: 10 });
  expect(messages.filter(({ content }) => content === 'lost and found').size).toBe(1);
  expect(messages.filter(({ content }) => content === 'after an error').size).toBe(1);
});

test('a fault hits whom it is aimed at, as often as was said, and stands in the transcript', async () => {
  const ana = caller(sandbox.restUrl, sandbox.addPerson('Ana').token);
  sandbox.faults.serverError({ who: sandbox.bot.id, route: 'GET /users/@me', times: 2 });
  expect((await ana('GET', '/users/@me')).status).toBe(200);
  expect((await asBot('GET', '/gateway/bot')).status).toBe(200);
  expect((await asBot('GET', '/users/@me')).status).toBe(500);
  expect((await asBot('GET', '/users/@me')).status).toBe(500);
  expect((await asBot('GET', '/users/@me')).status).toBe(200);
  expect(sandbox.transcript.faults().slice(-2)).toMatchObject([
    { fault: '500', detail: { left: 1 } },
    { fault: '500', detail: { left: 0 } },
  ]);
});

test('a slow answer comes, and late', async () => {
  sandbox.faults.slow({ route: 'GET /users/@me', times: 1, ms: 150 });
  const before = performance.now();
  await asBot('GET', '/users/@me');
  expect(performance.now() - before).toBeGreaterThan(140);
});

test('what waits goes on at once when all that is slow is taken back', async () => {
  const aim = { route: 'GET /users/@me', times: 1, ms: 600_000 };
  for (const takeBack of [sandbox.faults.clear, sandbox.faults.hurry]) {
    sandbox.faults.slow(aim);
    const answer = asBot('GET', aim.route.slice(4));
    await expect.poll(() => sandbox.faults.inForce().slowMs).toBe(0);
    takeBack();
    expect((await answer).status).toBe(200);
  }
});

test('a call that discord.js gave up while it waited is not carried out, and the one made anew is done once', async () => {
  const impatient = new REST({ api: sandbox.restUrl, timeout: 300, retries: 0 }).setToken(sandbox.bot.token);
  const body = { content: 'made anew' };
  sandbox.faults.slow({ route: SEND, times: 2, ms: 600_000 });
  await expect(impatient.post(`/channels/${room.id}/messages`, { body })).rejects.toThrow('aborted');
  const anew = room.send(body);
  await expect.poll(() => sandbox.faults.inForce().slowMs).toBe(0);
  await settle();
  sandbox.faults.hurry();
  await anew;
  const calls = () => sandbox.transcript.calls({ route: '/channels/:channel/messages', method: 'POST' });
  await expect
    .poll(() =>
      calls()
        .slice(-2)
        .map(({ status }) => status)
        .toSorted(),
    )
    .toEqual([200, 499]);
  const messages = await room.messages.fetch({ limit: 10 });
  expect(messages.filter(({ content }) => content === body.content).size).toBe(1);
});

test('an answer that is held back comes late, to what was done at once', async () => {
  sandbox.faults.slow({ route: SEND, times: 1, ms: 3_000, moment: 'after' });
  const sending = room.send('done before it is told');
  const stands = async () => (await room.messages.fetch({ limit: 1 })).first()?.content;
  await expect.poll(stands, { timeout: 2_500 }).toBe('done before it is told');
  const first = await Promise.race([sending.then(() => 'told'), settle().then(() => 'not yet told')]);
  expect(first).toBe('not yet told');
  await sending;
});

test('discord.js resumes after its line was cut, and hears what it missed', async () => {
  const heard = new Promise<string>((resolve) =>
    client.on(Events.MessageCreate, ({ content }) => content === 'while you were away' && resolve(content)),
  );
  sandbox.faults.drop(sandbox.bot.id);
  await settle();
  await asBot('POST', `/channels/${room.id}/messages`, { content: 'while you were away' });
  expect(await heard).toBe('while you were away');
  expect(sandbox.transcript.events({ type: 'RESUME', direction: 'received' }).length).toBeGreaterThan(0);
});

test('discord.js comes back when it is asked to reconnect, and when its session is declared invalid', async () => {
  const again = (event: Events.ShardResume | Events.ShardReady) =>
    new Promise<void>((resolve) => client.once(event, () => resolve()));
  const resumed = again(Events.ShardResume);
  sandbox.faults.requestReconnect(sandbox.bot.id);
  await resumed;
  const fresh = again(Events.ShardReady);
  sandbox.faults.invalidateSession(sandbox.bot.id);
  await fresh;
  expect(sandbox.transcript.events({ type: 'IDENTIFY', direction: 'received' })).toHaveLength(2);
}, 20_000);

test('a message deleted by hand is unknown to who edits it', async () => {
  const sent = await room.send('soon gone');
  sandbox.faults.deleteMessage(room.id, sent.id);
  await expect(sent.edit('too late')).rejects.toMatchObject({ status: 404, code: 10008 });
  sandbox.faults.deleteChannel(room.id);
  await expect(room.send('x')).rejects.toMatchObject({ status: 404, code: 10003 });
});

test('calls are counted by route and by who made them, with reasons kept', async () => {
  sandbox.transcript.clear();
  await asBot('GET', '/users/@me');
  await asBot(
    'POST',
    `/guilds/${sandbox.guild.id}/channels`,
    { name: 'x' },
    { 'x-audit-log-reason': 'for%20the%20group' },
  );
  await caller(sandbox.restUrl, null)('GET', '/nowhere');
  expect(sandbox.transcript.countByRoute()).toEqual({
    'GET /users/@me': 1,
    'POST /guilds/:guild/channels': 1,
    'GET /api/v10/nowhere': 1,
  });
  expect(sandbox.transcript.countByRoute('1')).toEqual({});
  expect(sandbox.transcript.calls({ status: 201 })[0]).toMatchObject({
    reason: 'for the group',
    body: { name: 'x' },
  });
});
