/** Worlds follow each other on the same ground, and none finds anything of the one before it. */
import { expect, it } from 'vitest';
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
    `SELECT relname, (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || oid::regclass, true, true, '')))[1]::text AS rows
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  const sequences = await runSql(url, 'SELECT sequencename, last_value FROM pg_sequences ORDER BY 1');
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
  expect(() => acting.change(async () => allow(null))).toThrow('closed');
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
