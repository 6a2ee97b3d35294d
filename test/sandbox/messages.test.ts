/** Messages: what may be sent, whom it pings, who may read it, and what can be done to it afterwards. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BITS } from '../../sandbox/permissions.ts';
import { type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, logIn, type Wire } from './wire.ts';

let sandbox: Sandbox;
let ana: PersonInfo;
let asBot: ReturnType<typeof caller>;
let asAna: ReturnType<typeof caller>;
let asOwner: ReturnType<typeof caller>;
let room: Wire;
let path: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  ana = sandbox.addPerson('Ana');
  const owner = [...sandbox.people.values()][0];
  asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  asAna = caller(sandbox.restUrl, ana.token);
  asOwner = caller(sandbox.restUrl, owner?.token ?? '');
  room = (await asOwner('POST', `/guilds/${sandbox.guild.id}/channels`, { name: 'room' })).body;
  path = `/channels/${room.id}/messages`;
});
beforeEach(() => sandbox.clock.turn(600_000));
afterAll(() => sandbox.stop());

const send = (body: Wire, as = asBot) => as('POST', path, body);
const code = async (body: Wire, as = asBot): Promise<number> => (await send(body, as)).body.code;

test('an empty message, one too long, and one with an unknown key are refused with the place told', async () => {
  expect(await code({})).toBe(50006);
  expect(await code({ content: '   ' })).toBe(50006);
  const long = await send({ content: 'x'.repeat(2001) });
  expect(long.body).toMatchObject({
    code: 50035,
    message: 'Invalid Form Body',
    errors: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } },
  });
  expect((await send({ content: 'x', colour: 1 })).body.errors).toHaveProperty('colour');
  expect((await send('{"content":')).body.code).toBe(50109);
});

test('a message pings whom it names, as far as allowed_mentions and permissions go', async () => {
  const role = sandbox.addRole('Group');
  const text = `<@${ana.id}> <@&${role}> @everyone`;
  const pings = async (body: Wire, as = asBot) => {
    const { mentions, mention_roles, mention_everyone } = (await send({ content: text, ...body }, as)).body;
    return [mentions.map(({ id }: Wire) => id), mention_roles, mention_everyone];
  };
  expect(await pings({})).toEqual([[ana.id], [], false]);
  expect(await pings({ allowed_mentions: { parse: [] } })).toEqual([[], [], false]);
  expect(await pings({ allowed_mentions: { users: ['1'] } })).toEqual([[], [], false]);
  expect(await pings({}, asOwner)).toEqual([[ana.id], [role], true]);
  expect(await pings({ allowed_mentions: { parse: ['everyone'], roles: [role] } }, asOwner)).toEqual([
    [],
    [role],
    true,
  ]);
  expect(await code({ content: text, allowed_mentions: { parse: ['users'], users: [ana.id] } })).toBe(50035);
});

test('a reply pings its author unless told otherwise, and needs a message to reply to', async () => {
  const { body: first } = await send({ content: 'first' }, asAna);
  const message_reference = { message_id: first.id };
  const reply = await send({ content: 're', message_reference });
  expect(reply.body).toMatchObject({
    type: 19,
    mentions: [{ id: ana.id }],
    referenced_message: { id: first.id },
  });
  const quiet = await send({
    content: 're',
    message_reference,
    allowed_mentions: { parse: [], replied_user: false },
  });
  expect(quiet.body.mentions).toEqual([]);
  expect(await code({ content: 're', message_reference: { message_id: '1' } })).toBe(50035);
  const loose = { message_id: '1', fail_if_not_exists: false };
  expect((await send({ content: 're', message_reference: loose })).body.type).toBe(0);
});

test('without Message Content a bot reads only what is its own, what names it, and what it is told directly', async () => {
  const line = await logIn(sandbox.gatewayUrl, sandbox.bot.token, 1 | (1 << 9) | (1 << 12));
  const { body: secret } = await send({ content: 'for the group' }, asAna);
  const { body: named } = await send({ content: `<@${sandbox.bot.id}> hello` }, asAna);
  const { body: own } = await send({ content: 'mine' });
  const heard = await Promise.all(
    [secret, named, own].map(
      async ({ id }) => (await line.event('MESSAGE_CREATE', (it) => it.id === id)).content,
    ),
  );
  expect(heard).toEqual(['', `<@${sandbox.bot.id}> hello`, 'mine']);
  const read = await asBot('GET', `${path}?limit=3`);
  expect(read.body.map(({ content }: Wire) => content)).toEqual(['mine', `<@${sandbox.bot.id}> hello`, '']);
  expect((await asOwner('GET', `${path}/${secret.id}`)).body.content).toBe('for the group');
  const { body: dm } = await asAna('POST', '/users/@me/channels', { recipient_id: sandbox.bot.id });
  await asAna('POST', `/channels/${dm.id}/messages`, { content: 'between us' });
  expect((await line.event('MESSAGE_CREATE', (it) => it.channel_id === dm.id)).content).toBe('between us');
  line.socket.close(1000);
});

test('only the author edits, only the author or a moderator deletes', async () => {
  const { body: hers } = await send({ content: 'hers' }, asAna);
  expect((await asBot('PATCH', `${path}/${hers.id}`, { content: 'not hers' })).body.code).toBe(50005);
  const edited = await asAna('PATCH', `${path}/${hers.id}`, { content: 'still hers' });
  expect(edited.body.edited_timestamp).not.toBeNull();
  const { body: his } = await send({ content: "the bot's" });
  expect((await asAna('DELETE', `${path}/${his.id}`)).body.code).toBe(50013);
  expect((await asBot('DELETE', `${path}/${hers.id}`)).status).toBe(204);
  expect((await asBot('GET', `${path}/${hers.id}`)).body.code).toBe(10008);
});

test('history is read in pages, and not at all without the right', async () => {
  const { body: own } = await asOwner('POST', `/guilds/${sandbox.guild.id}/channels`, { name: 'history' });
  const there = `/channels/${own.id}/messages`;
  const ids: string[] = [];
  for (const content of ['a', 'b', 'c', 'd', 'e']) {
    ids.push((await asOwner('POST', there, { content })).body.id);
    sandbox.clock.turn(2000);
  }
  const page = async (query: string) =>
    (await asOwner('GET', `${there}?${query}`)).body.map(({ content }: Wire) => content).join('');
  expect(await page('limit=2')).toBe('ed');
  expect(await page(`limit=2&before=${ids[2]}`)).toBe('ba');
  expect(await page(`limit=2&after=${ids[1]}`)).toBe('dc');
  expect(await page(`limit=3&around=${ids[2]}`)).toBe('dcb');
  expect((await asOwner('GET', `${there}?limit=101`)).body.code).toBe(50035);
  expect((await asOwner('GET', `${there}?color=red`)).body.code).toBe(50035);
  const deny = String(BITS.READ_MESSAGE_HISTORY);
  await asOwner('PUT', `/channels/${own.id}/permissions/${ana.id}`, { type: 1, deny });
  expect((await asAna('GET', there)).body).toEqual([]);
});

test('files come with a message, are served again, and may be dropped in an edit', async () => {
  const form = new FormData();
  form.set(
    'payload_json',
    JSON.stringify({ content: 'hand-out', attachments: [{ id: 0, description: 'a page' }] }),
  );
  form.set('files[0]', new Blob(['breathe'], { type: 'text/plain' }), 'page.txt');
  const authorization = `Bot ${sandbox.bot.token}`;
  const answer = await fetch(`${sandbox.restUrl}/v10${path}`, {
    method: 'POST',
    headers: { authorization },
    body: form,
  });
  const sent: Wire = await answer.json();
  expect(sent.attachments).toMatchObject([{ filename: 'page.txt', size: 7, description: 'a page' }]);
  const { url } = sent.attachments[0];
  expect(await (await fetch(url)).text()).toBe('breathe');
  expect((await asBot('PATCH', `${path}/${sent.id}`, { attachments: [] })).body.attachments).toEqual([]);
  expect((await fetch(url)).status).toBe(404);
});

test('a file is found only by an address that was shown, and not after its message is gone', async () => {
  const form = new FormData();
  form.set('files[0]', new Blob(['breathe'], { type: 'text/plain' }), 'page.txt');
  const authorization = `Bot ${sandbox.bot.token}`;
  const options = { method: 'POST', headers: { authorization }, body: form };
  const sent: Wire = await (await fetch(`${sandbox.restUrl}/v10${path}`, options)).json();
  const url: string = sent.attachments[0].url;
  expect((await fetch(url.replace(/hm=.*/, ''))).status).toBe(404);
  expect((await fetch(url.replace(/hm=.*/, `hm=${'0'.repeat(64)}`))).status).toBe(404);
  expect((await fetch(url)).status).toBe(200);
  expect((await asBot('DELETE', `${path}/${sent.id}`)).status).toBe(204);
  expect((await fetch(url)).status).toBe(404);
});

test('pins: with the permission, 250 at most, in the old form and the new, and noted in the channel', async () => {
  const { body: message } = await send({ content: 'the plan' });
  expect((await asAna('PUT', `${path}/pins/${message.id}`)).body.code).toBe(50013);
  expect((await asBot('PUT', `${path}/pins/${message.id}`)).status).toBe(204);
  expect((await asBot('GET', `${path}/pins`)).body.items[0].message.id).toBe(message.id);
  expect((await asBot('GET', `/channels/${room.id}/pins`)).body[0].id).toBe(message.id);
  const [note] = (await asBot('GET', `${path}?limit=1`)).body;
  expect(note).toMatchObject({ type: 6, message_reference: { message_id: message.id } });
  expect((await asBot('DELETE', `/channels/${room.id}/pins/${message.id}`)).status).toBe(204);
  expect((await asBot('GET', `${path}/pins`)).body.items).toEqual([]);
});

test('many are deleted at once, from two to a hundred, and none older than two weeks', async () => {
  const [one, two] = [(await send({ content: '1' })).body.id, (await send({ content: '2' })).body.id];
  const remove = (messages: string[]) => asBot('POST', `${path}/bulk-delete`, { messages });
  expect((await remove([one])).body.code).toBe(50016);
  expect((await remove([one, two])).status).toBe(204);
  const old = [(await send({ content: '1' })).body.id, (await send({ content: '2' })).body.id];
  sandbox.clock.turn(15 * 24 * 3_600_000);
  expect((await remove(old)).body.code).toBe(50034);
});

test('buttons have ids that stand once, and people cannot send any', async () => {
  const button = (custom_id: string) => ({ type: 2, style: 1, label: 'Go', custom_id });
  const row = (...components: Wire[]) => ({ content: 'x', components: [{ type: 1, components }] });
  expect((await send(row(button('a'), button('b')))).status).toBe(200);
  expect(await code(row(button('a'), button('a')))).toBe(50035);
  expect(await code(row(button('x'.repeat(101))))).toBe(50035);
  expect(await code(row(button('a')), asAna)).toBe(50035);
});

test('who shares no guild with the bot is not written to', async () => {
  const kim = sandbox.addPerson('Kim');
  const { body: dm } = await asBot('POST', '/users/@me/channels', { recipient_id: kim.id });
  sandbox.faults.leave(sandbox.guild.id, kim.id);
  expect((await asBot('POST', `/channels/${dm.id}/messages`, { content: 'x' })).body.code).toBe(50278);
  expect((await asBot('POST', '/users/@me/channels', { recipient_id: '1' })).body.code).toBe(10013);
});
