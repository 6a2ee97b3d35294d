/** What processes tell each other as soon as it is committed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, listenForVoice } from '../../../src/adapters/postgres/signals.ts';
import { runSql } from '../../postgres.ts';
import { GUILD } from '../../world/cast.ts';
import { aGroup, type Group } from '../../world/group.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { until } from '../jobs/until.ts';

let world: TestWorld;
let group: Group;
let listening: Listening;
const heard: string[] = [];

const LISTENERS = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'`;

const signal = (ok: boolean) =>
  world.store.change(async ({ signals }) => {
    await signals.voiceOf(group.cohort.id);
    return ok ? { ok: true, value: null } : { ok: false, refusal: { code: 'no-session' } };
  });

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  listening = listenForVoice(world.url, world.log, (guildId) => void heard.push(guildId));
  // Nobody hears what was told before they listened: once this stands, everything is heard that is told from then on.
  await until('it listens', async () => {
    const { rows } = await runSql(world.url, LISTENERS);
    return rows.length > 0;
  });
});
afterAll(async () => {
  await listening.stop();
  await world.close();
});

it('a change that is committed is heard of, with the server; one that is refused is not', async () => {
  await signal(false);
  await signal(true);
  await until('it is heard', () => heard.length > 0);
  expect(heard).toEqual([GUILD]);
});

it('whoever lost the database hears again once it is back', async () => {
  heard.length = 0;
  await runSql(
    world.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  await until('it is heard again', async () => (await signal(true)) && heard.length > 0, 20);
  expect(world.log.entries.some(({ event }) => event === 'listen')).toBe(true);
});
