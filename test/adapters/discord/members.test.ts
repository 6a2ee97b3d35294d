/** People of a server as pages need them: what they are called there, and whether they may manage it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import { callOnly, callsOf } from './connected.ts';

const MEMBER = 'GET /guilds/:guild/members/:user';

let sandbox: Sandbox;
let discord: Discord;

beforeAll(async () => {
  sandbox = await startSandbox();
  ({ discord } = await callOnly(sandbox));
});
afterAll(async () => {
  await discord.stop();
  await sandbox.stop();
});
beforeEach(() => sandbox.transcript.clear());

const guildId = () => sandbox.guild.id;

describe('names', () => {
  it('are those of the server, asked for once, without those who are not there', async () => {
    const ana = sandbox.addPerson('Ana');
    const accounts = [ana.id, ana.id, '100000000000000999'];
    expect([...(await discord.members.names(guildId(), accounts))]).toEqual([[ana.id, 'Ana']]);
    await discord.members.names(guildId(), [ana.id]);
    expect(callsOf(sandbox)[MEMBER]).toBe(2);
  });
});

describe('whoever', () => {
  it('manages the server by a role or by owning it may do so, and nobody else', async () => {
    const mara = sandbox.addPerson('Mara', { admin: true });
    const ben = sandbox.addPerson('Ben');
    const manages = (account: string) => discord.members.manages(guildId(), account);
    expect(await manages(mara.id)).toBe(true);
    expect(await manages(sandbox.guild.ownerId)).toBe(true);
    expect(await manages(ben.id)).toBe(false);
    expect(await manages('100000000000000999')).toBe(false);
    expect(await discord.members.manages('100000000000000998', mara.id)).toBe(false);
  });
});
