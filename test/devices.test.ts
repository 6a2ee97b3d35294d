/** A way back for whoever runs Hearth, when no admin can let somebody begin anew: by `npm run devices`. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJobs } from '../src/adapters/jobs/jobs.ts';
import { handlersIn } from '../src/handlers.ts';
import { until } from './adapters/jobs/until.ts';
import { runSql } from './postgres.ts';
import { ended } from './program.ts';
import { CO_FACILITATOR, GUILD, LEAD, OUTSIDER } from './world/cast.ts';
import { aGroup, type Group } from './world/group.ts';
import { type TestWorld, testWorld } from './world.ts';

const TOLD = { kind: 'device-forgotten' } as const;

const DEVICES = fileURLToPath(new URL('../src/devices.ts', import.meta.url));

let world: TestWorld;
let group: Group;
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
  for (const account of [LEAD, CO_FACILITATOR]) await hasDevice(account);
});
afterAll(() => world.close());

/** Signed in, with a device that has proved itself. */
const hasDevice = async (account: string): Promise<void> => {
  const person = await world.store.records.people.known(account);
  const now = world.clock.now();
  await world.store.change(async ({ secondFactors, staffSessions }) => {
    await secondFactors.put({ personId: person.id, secret: 'A'.repeat(32), failures: 0, confirmedAt: now });
    await secondFactors.replaceCodes(person.id, [world.secrets.digest(`spare of ${account}`)]);
    const tokenSha256 = world.secrets.digest(account);
    await staffSessions.add({
      ...{ id: world.ids.next(), person, tokenSha256, madeAt: now, seenAt: now, confirmedAt: now },
    });
    return { ok: true, value: null };
  });
};

const devices = async (...words: readonly string[]) => {
  const keys = [...world.keys.keys].map(([name, key]) => `${name}:${key.toString('base64')}`).join();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', DEVICES, ...words], {
    env: { PATH: process.env['PATH'], DATABASE_URL: world.url, HEARTH_KEYS: keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return ended(child);
};

const kept = async (account: string) => {
  const { rows } = await runSql(
    world.url,
    `SELECT (SELECT count(*)::int FROM second_factor f WHERE f.person_id = p.id) AS devices,
       (SELECT count(*)::int FROM recovery_code r WHERE r.person_id = p.id) AS codes,
       (SELECT count(*)::int FROM staff_session s WHERE s.person_id = p.id AND s.ended_at IS NULL) AS sessions
     FROM person p WHERE account = $1`,
    [account],
  );
  return rows[0];
};

describe('npm run devices', () => {
  it('says how it is used, and changes nothing, when it is not told whose device it is', async () => {
    for (const words of [[], ['forget'], ['forget', 'somebody'], ['lose', LEAD]]) {
      const { code, said } = await devices(...words);
      expect([code, said]).toEqual([1, expect.stringContaining('npm run devices -- forget <account>')]);
    }
    expect(await kept(LEAD)).toEqual({ devices: 1, codes: 1, sessions: 1 });
  });

  it('lets somebody begin anew, of nobody else, and notes it where admins of their groups find it', async () => {
    const { code, said } = await devices('forget', LEAD);
    expect([code, said]).toEqual([0, expect.stringContaining(`of these servers`)]);
    expect(said).toContain(GUILD);
    expect(await kept(LEAD)).toEqual({ devices: 0, codes: 0, sessions: 0 });
    expect(await kept(CO_FACILITATOR)).toEqual({ devices: 1, codes: 1, sessions: 1 });
    const { rows } = await runSql(
      world.url,
      `SELECT DISTINCT e.chain, e.role, e.kind, p.account FROM audit_entry e
       JOIN audit_code c ON c.code = e.subject JOIN person p ON p.id = c.person_id
       WHERE e.command = 'devices forget' AND e.action = 'permission' ORDER BY e.chain`,
    );
    expect(rows).toEqual([
      { chain: '', role: 'operator', kind: 'pages', account: LEAD },
      { chain: GUILD, role: 'operator', kind: 'pages', account: LEAD },
    ]);
  });

  it('is told by Hearth, though that was down then: to whose device it was, and to the staff', async () => {
    expect(world.discord.notices).toEqual([]);
    const jobs = await openJobs({ url: world.url, log: world.log });
    try {
      await jobs.work(handlersIn(world), world);
      const isTold = () => world.discord.said.some(({ announcement }) => announcement.kind === TOLD.kind);
      await until('both are told', () => isTold() && world.discord.notices.length > 0);
      await jobs.finish();
    } finally {
      await jobs.stop();
    }
    expect(world.discord.notices.map(({ account, notice }) => ({ account, notice }))).toEqual([
      { account: LEAD, notice: TOLD },
    ]);
    const said = world.discord.said.filter(({ announcement }) => announcement.kind === TOLD.kind);
    expect(said.map(({ channelId, announcement }) => ({ channelId, announcement }))).toEqual([
      { channelId: group.room('staff'), announcement: { ...TOLD, account: LEAD } },
    ]);
  });

  it('makes nobody known whom Hearth does not know, and says that there is nothing to forget', async () => {
    for (const account of [LEAD, OUTSIDER]) {
      expect(await devices('forget', account)).toEqual({
        code: 1,
        said: expect.stringContaining('No device of'),
      });
    }
    expect(await kept(OUTSIDER)).toBeUndefined();
  });
});
