/** Invitations to watch together, and the buttons that lead there. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { cardPayload } from '../../../src/adapters/discord/card-payload.ts';
import { caller } from '../../sandbox/wire.ts';
import { type Connection, callOnly, connectedSandbox } from './connected.ts';

let connection: Connection & { sandbox: Sandbox };
let voice = '';

let asBot: ReturnType<typeof caller>;

beforeAll(async () => {
  connection = await connectedSandbox();
  asBot = caller(connection.sandbox.restUrl, `Bot ${connection.sandbox.bot.token}`);
  const room = { name: 'talk', type: 2 };
  voice = (await asBot('POST', `/guilds/${connection.sandbox.guild.id}/channels`, room)).body.id;
});
afterAll(async () => {
  await connection.discord.stop();
  await connection.sandbox.stop();
});

it('an invitation leads to Watch Together in that room, for an hour, and keeps no stranger', async () => {
  const invited = await connection.discord.rooms.inviteToWatch(voice);
  expect(invited?.address).toMatch(/^https:\/\/discord\.gg\/[\w-]+$/);
  const code = invited?.address.split('/').at(-1);
  const [listed] = (await asBot('GET', `/channels/${voice}/invites`)).body;
  expect(listed).toMatchObject({
    code,
    max_age: 3_600,
    temporary: true,
    target_type: 2,
    target_application: { name: 'Watch Together' },
  });
});

it('there is none where Discord gives none, and that is ordinary', async () => {
  const { sandbox, discord } = connection;
  expect(await discord.rooms.inviteToWatch('100000000000000000')).toBeUndefined();
  const other = await callOnly(sandbox, { watchTogether: '100000000000000000' });
  expect(await other.discord.rooms.inviteToWatch(voice)).toBeUndefined();
  await other.discord.stop();
});

it('links stand beneath the buttons of a card, and no address is longer than Discord takes', () => {
  const link = { label: 'Open the link', address: 'https://example.org/' };
  const { components } = cardPayload({
    text: 'A film',
    actions: [[{ label: 'Pass', command: 'turn pass' }]],
    links: [link],
  });
  expect(components).toMatchObject([
    { components: [{ label: 'Pass' }] },
    { components: [{ style: 5, label: 'Open the link', url: 'https://example.org/' }] },
  ]);
  const long = { ...link, address: `https://example.org/${'a'.repeat(500)}` };
  expect(() => cardPayload({ text: 'A film', links: [long] })).toThrow(RangeError);
});
