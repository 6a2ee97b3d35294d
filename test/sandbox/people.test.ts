/** Keeps the promise that a person sees, says and joins what Discord would let them, and comes back after a fault. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller } from './wire.ts';

let sandbox: Sandbox;
let ana: Person;
let ben: Person;
let bot: ReturnType<typeof caller>;

const logIn = (name: string): Promise<Person> =>
  person({
    restUrl: sandbox.restUrl,
    gatewayUrl: sandbox.gatewayUrl,
    token: (sandbox.people.get(name) ?? sandbox.addPerson(name)).token,
  });

const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const CONNECT = 1n << 20n;

/** Makes a room that only the bot and the named people can see. */
const makeRoom = async (name: string, type: 0 | 2, guests: readonly Person[]): Promise<string> => {
  const own = { id: sandbox.bot.id, type: 1, allow: String(VIEW), deny: '0' };
  const others = guests.map(({ id }) => ({ id, type: 1, allow: String(VIEW), deny: '0' }));
  const { body } = await bot('POST', `/guilds/${sandbox.guild.id}/channels`, {
    name,
    type,
    permission_overwrites: [
      { id: sandbox.guild.id, type: 0, allow: '0', deny: String(VIEW) },
      own,
      ...others,
    ],
  });
  return body.id;
};

beforeAll(async () => {
  sandbox = await startSandbox();
  bot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  [ana, ben] = [await logIn('Ana'), await logIn('Ben')];
});

afterAll(async () => {
  ana.close();
  ben.close();
  await sandbox.stop();
});

test('a private room is seen by its guest and by nobody else', async () => {
  const id = await makeRoom('tuesday', 0, [ana]);
  await ana.waitFor((it) => it.sees('tuesday'));
  await ana.say('tuesday', 'Hello');
  expect(await ana.read('tuesday')).toMatchObject([{ content: 'Hello' }]);
  await ana.waitFor((it) => it.messagesIn('tuesday').some((message) => message.content === 'Hello'));
  expect(ben.sees('tuesday')).toBe(false);
  await expect(ben.read('tuesday')).rejects.toThrow('no room "tuesday" in sight; in sight: general');
  await expect(ben.rest('GET', `/channels/${id}/messages`)).rejects.toMatchObject({
    status: 403,
    code: 50001,
  });
});

test('a room that opens later is seen then, and gone when it closes', async () => {
  const id = await makeRoom('later', 0, []);
  await bot('PUT', `/channels/${id}/permissions/${ben.id}`, { type: 1, allow: String(VIEW), deny: '0' });
  await ben.waitFor((it) => it.sees('later'));
  await bot('DELETE', `/channels/${id}/permissions/${ben.id}`);
  await ben.waitFor((it) => !it.sees('later'));
});

test('a person joins a voice room, shows what they show, and leaves', async () => {
  const id = await makeRoom('talk', 2, [ana]);
  await ana.waitFor((it) => it.sees('talk'));
  await ana.join('talk', { mute: true });
  const states = await bot('GET', `/guilds/${sandbox.guild.id}/voice-states/${ana.id}`);
  expect(states.body).toMatchObject({ channel_id: id, self_mute: true, self_deaf: false });
  await ana.leave();
  expect((await bot('GET', `/guilds/${sandbox.guild.id}/voice-states/${ana.id}`)).status).toBe(404);
});

test('nobody joins a voice room without the right to connect', async () => {
  const id = await makeRoom('closed', 2, [ana]);
  await bot('PUT', `/channels/${id}/permissions/${ana.id}`, {
    type: 1,
    allow: String(VIEW),
    deny: String(CONNECT),
  });
  await ana.waitFor((it) => it.sees('closed'));
  await expect(ana.join('closed')).rejects.toThrow('but is not connected');
});

test('where nobody may write, no command runs either', async () => {
  const id = await makeRoom('quiet', 0, [ana]);
  await bot('PUT', `/applications/${sandbox.bot.id}/commands`, [{ name: 'turn', description: 'Turns' }]);
  await bot('PUT', `/channels/${id}/permissions/${ana.id}`, {
    type: 1,
    allow: String(VIEW),
    deny: String(SEND),
  });
  await ana.waitFor((it) => it.sees('quiet'));
  expect(await ana.run('/turn', {}, { in: 'quiet' })).toMatchObject({ is: 'failure', code: 50013 });
});

test('who is timed out can neither run, press nor write', async () => {
  const member = `/guilds/${sandbox.guild.id}/members/${ben.id}`;
  const until = new Date(sandbox.clock.now() + 60_000).toISOString();
  expect((await bot('PATCH', member, { communication_disabled_until: until })).status).toBe(200);
  const general = ben.rooms().find((room) => room.name === 'general')?.id;
  const button = { type: 2, style: 1, label: 'Raise hand', custom_id: 'raise' };
  await bot('POST', `/channels/${general}/messages`, {
    content: 'Turns',
    components: [{ type: 1, components: [button] }],
  });
  expect(await ben.run('/turn')).toMatchObject({ is: 'failure', code: 50013 });
  expect(await ben.press('Raise hand')).toMatchObject({ is: 'failure', code: 50013 });
  await expect(ben.say('general', 'Hello')).rejects.toMatchObject({ code: 50013 });
  await bot('PATCH', member, { communication_disabled_until: null });
});

test.each([
  ['a session that can be resumed', () => sandbox.faults.drop(ben.id, { resumable: true })],
  ['a session that is lost', () => sandbox.faults.drop(ben.id, { resumable: false })],
  ['a wish to reconnect', () => sandbox.faults.requestReconnect(ben.id)],
])('after %s a person hears on', async (_, fault) => {
  fault();
  const { body } = await bot('POST', '/users/@me/channels', { recipient_id: ben.id });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const content = `Are you there? ${Math.random()}`;
  await bot('POST', `/channels/${body.id}/messages`, { content });
  await ben.waitFor((it) => it.dms().some((message) => message.content === content));
  expect(ben.sees('general')).toBe(true);
});

test('a wrong token is told at once', async () => {
  const login = person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token: 'nobody' });
  await expect(login).rejects.toThrow('the gateway refused the login: 4004');
});
