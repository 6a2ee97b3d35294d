/** Webhooks, and what of a guild its owner and administrators may open: as strict as Discord, or stricter. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller } from './wire.ts';

let sandbox: Sandbox;
let owner: ReturnType<typeof caller>;
let admin: ReturnType<typeof caller>;
let bot: ReturnType<typeof caller>;
let channel = '';

beforeAll(async () => {
  sandbox = await startSandbox();
  const as = (token: string) => caller(sandbox.restUrl, token);
  const [first] = sandbox.people.values();
  [owner, admin] = [as(first?.token ?? ''), as(sandbox.addPerson('Mara', { admin: true }).token)];
  bot = as(`Bot ${sandbox.bot.token}`);
  channel = [...sandbox.world.channels.values()][0]?.id ?? '';
});
afterAll(() => sandbox.stop());

it('a webhook is made, listed and taken away by those who may manage webhooks, and by nobody else', async () => {
  const path = `/channels/${channel}/webhooks`;
  expect((await bot('POST', path, { name: 'News' })).body.code).toBe(50013);
  const made = await admin('POST', path, { name: 'News' });
  expect(made.body).toMatchObject({ type: 1, channel_id: channel, name: 'News' });
  expect((await bot('GET', path)).body.code).toBe(50013);
  expect((await owner('GET', path)).body).toHaveLength(1);
  expect((await bot('DELETE', `/webhooks/${made.body.id}`)).body.code).toBe(50013);
  expect((await admin('DELETE', `/webhooks/${made.body.id}`)).status).toBe(204);
  expect((await admin('DELETE', `/webhooks/${made.body.id}`)).body.code).toBe(10015);
  expect((await admin('POST', path, { name: 'Discord' })).body.code).toBe(50035);
});

it('a channel takes fifteen of them', async () => {
  for (let made = 0; made < 15; made += 1)
    await admin('POST', `/channels/${channel}/webhooks`, { name: 'a' });
  expect((await admin('POST', `/channels/${channel}/webhooks`, { name: 'a' })).body.code).toBe(30007);
});

it('only the owner asks moderators for a second factor, and only administrators open a guild to the public', async () => {
  const guild = `/guilds/${sandbox.guild.id}`;
  expect((await admin('POST', `${guild}/mfa`, { level: 1 })).body.code).toBe(50013);
  expect((await owner('POST', `${guild}/mfa`, { level: 1 })).body).toEqual({ level: 1 });
  expect((await bot('PATCH', `${guild}/widget`, { enabled: true })).body.code).toBe(50013);
  expect((await admin('PATCH', `${guild}/widget`, { enabled: true })).body.enabled).toBe(true);
  expect((await admin('PATCH', guild, { features: ['COMMUNITY'] })).body.features).toEqual(['COMMUNITY']);
  expect((await bot('GET', guild)).body).toMatchObject({ mfa_level: 1, widget_enabled: true });
});

it('another bot comes with a role of its own', async () => {
  const { id } = sandbox.addBot('Recorder', { permissions: 8n });
  const roles: readonly { tags?: { bot_id?: string } }[] = (
    await bot('GET', `/guilds/${sandbox.guild.id}/roles`)
  ).body;
  expect(roles.some(({ tags }) => tags?.bot_id === id)).toBe(true);
});
