/** Worlds follow each other on the same ground, and none finds anything of the one before it. */
import { expect, it } from 'vitest';
import { openJobs } from '../src/adapters/jobs/jobs.ts';
import { StaleWrite } from '../src/adapters/postgres/conflict.ts';
import { HEARTH } from '../src/core/audit.ts';
import { allow } from '../src/core/outcome.ts';
import { freshDatabase, runSql } from './postgres.ts';
import { GUILD, LEAD } from './world/cast.ts';
import { aGroup } from './world/group.ts';
import { prepareQueue } from './world/jobs.ts';
import { testWorld } from './world.ts';

/** How many rows each table has, what each sequence gives next, and what else a database is set to. */
const found = async (url: string): Promise<unknown> => {
  const tables = await runSql(
    url,
    `SELECT oid::regclass::text AS name, (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || oid::regclass, true, true, '')))[1]::text AS rows
     FROM pg_class WHERE relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND relkind = 'r'
     AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  const sequences = await runSql(
    url,
    'SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2',
  );
  const set = await runSql(url, 'SHOW session_replication_role');
  return [tables.rows, sequences.rows, set.rows];
};

it('a world that follows another stands on the same ground, and finds it as if it were new', async () => {
  const fresh = await freshDatabase();
  await prepareQueue(fresh);
  const asNew = await found(fresh);
  const first = await testWorld();
  const group = await aGroup(first, 'Birch');
  await group.says(LEAD, 'session open');
  const jobs = await openJobs({ url: first.url, log: first.log });
  await jobs.stop();
  expect(await found(first.url)).not.toEqual(asNew);
  await first.close();
  const second = await testWorld();
  expect(second.url).toBe(first.url);
  expect(await found(second.url)).toEqual(asNew);
  expect(await second.store.records.cohorts.ofGuild(GUILD)).toEqual([]);
  expect((await aGroup(second, 'Birch')).cohort.createdAt).toEqual(second.clock.now());
  await second.close();
});

it('a world that is closed reaches nothing any more', async () => {
  const world = await testWorld();
  const acting = world.store.by(HEARTH);
  await world.close();
  expect(() => world.store.records).toThrow('closed');
  expect(() => acting.by(HEARTH)).toThrow('closed');
  await expect(acting.change(async () => allow(null))).rejects.toThrow('closed');
  await expect(world.jobs()).rejects.toThrow('closed');
  await expect(world.settle()).rejects.toThrow('closed');
});

it('a change that lost a race before its world was closed is not tried again in the next one', async () => {
  const world = await testWorld();
  const { change } = world.store;
  let tries = 0;
  let closing = Promise.resolve();
  const changing = change(async () => {
    tries += 1;
    closing = world.close();
    throw new StaleWrite();
  });
  await expect(changing).rejects.toThrow('closed');
  expect(tries).toBe(1);
  await closing;
  await expect(change(async () => allow(null))).rejects.toThrow('closed');
});

it('what a test puts in the place of a part of the store is gone with its world', async () => {
  const world = await testWorld();
  Object.assign(world.store, { change: () => Promise.reject(new Error('down')) });
  await expect(world.store.change(async () => allow(null))).rejects.toThrow('down');
  await world.close();
  const next = await testWorld();
  expect(next.url).toBe(world.url);
  expect(await next.store.change(async () => allow(null))).toEqual(allow(null));
  await next.close();
});

it('where somebody is still at work, no other world begins: what they did not end is undone', async () => {
  const world = await testWorld();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const working = world.store.change(async ({ people }) => {
    await people.known(LEAD);
    begin();
    await closed;
    return allow(null);
  });
  await begun;
  await world.close();
  close();
  await expect(working).rejects.toThrow();
  const next = await testWorld();
  expect(next.url).not.toBe(world.url);
  await next.close();
});
