/** A change is all of it or nothing of it, and somebody who writes in between is noticed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, refuse } from '../../../src/core/outcome.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, allowed, aStore, id, type Kept, newCohort } from './kept.ts';

let kept: Kept;
beforeAll(async () => {
  kept = await aStore((tx) => ({
    // A table of the database itself, so that what is enqueued is seen to share the transaction's fate.
    enqueue: async (job) => {
      await tx.$queryRawUnsafe('INSERT INTO wanted (name) VALUES ($1)', job.name);
    },
    finish: async () => {},
  }));
  await runSql(kept.url, 'CREATE TABLE wanted (name text)');
});
afterAll(() => kept.store.close());

const wanted = async (): Promise<number> => (await runSql(kept.url, 'SELECT 1 FROM wanted')).rows.length;

describe('a change', () => {
  it('that is allowed leaves everything: what was written and the jobs', async () => {
    const cohort = await newCohort(kept.store);
    const outcome = await kept.store.change(async ({ cohorts, jobs }) => {
      allowed(await cohorts.add(cohort));
      await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
      return allow('done');
    });
    expect(outcome).toEqual({ ok: true, value: 'done' });
    expect(await kept.store.records.cohorts.byId(cohort.id)).toEqual(cohort);
    expect(await wanted()).toBe(1);
  });

  it('that is refused or fails leaves nothing: nothing written and no job', async () => {
    const before = await wanted();
    const ways = [
      async () => refuse({ code: 'last-phase' }),
      async () => {
        throw new Error('nobody foresaw this');
      },
    ];
    for (const way of ways) {
      const cohort = await newCohort(kept.store);
      const outcome = kept.store.change(async ({ cohorts, jobs }) => {
        allowed(await cohorts.add(cohort));
        await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
        return way();
      });
      if (way === ways[0]) expect(await outcome).toEqual(refuse({ code: 'last-phase' }));
      else await expect(outcome).rejects.toThrow('nobody foresaw this');
      expect(await kept.store.records.cohorts.byId(cohort.id)).toBeUndefined();
    }
    expect(await wanted()).toBe(before);
  });

  it('that finds somebody wrote in between begins once more, from the beginning', async () => {
    const { id: cohortId } = await aCohort(kept.store);
    let tries = 0;
    const outcome = await kept.store.change(async ({ cohorts }) => {
      const cohort = await cohorts.byId(cohortId);
      if (!cohort) throw new Error('the cohort is gone');
      if (++tries === 1) {
        await runSql(kept.url, 'UPDATE cohort SET version = version + 1, capacity = 5 WHERE id = $1', [
          cohortId,
        ]);
      }
      await cohorts.save({ ...cohort, consentRound: cohort.consentRound + 1 });
      return allow(cohort.capacity);
    });
    expect(outcome).toEqual({ ok: true, value: 5 });
    expect(tries).toBe(2);
    expect(await kept.store.records.cohorts.byId(cohortId)).toMatchObject({ version: 2, consentRound: 2 });
  });

  it('that is overtaken twice gives up kindly', async () => {
    const { id: cohortId } = await aCohort(kept.store);
    let tries = 0;
    const outcome = await kept.store.change(async ({ cohorts }) => {
      const cohort = await cohorts.byId(cohortId);
      if (!cohort) throw new Error('the cohort is gone');
      tries += 1;
      await runSql(kept.url, 'UPDATE cohort SET version = version + 1 WHERE id = $1', [cohortId]);
      await cohorts.save(cohort);
      return allow(null);
    });
    expect(outcome).toEqual(refuse({ code: 'somebody-was-first' }));
    expect(tries).toBe(2);
  });

  it('that is chosen to break a deadlock is tried once more', async () => {
    const [one, two] = [await aCohort(kept.store), await aCohort(kept.store)];
    let waiting = 0;
    let go = (): void => {};
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    const rename = (first: string, second: string) =>
      kept.store.change(async ({ cohorts }) => {
        for (const cohortId of [first, second]) {
          const cohort = await cohorts.byId(cohortId);
          if (!cohort) throw new Error('the cohort is gone');
          await cohorts.save({ ...cohort, consentRound: cohort.consentRound + 1 });
          if (cohortId === first && ++waiting === 2) go();
          if (cohortId === first) await both;
        }
        return allow(null);
      });
    const outcomes = await Promise.all([rename(one.id, two.id), rename(two.id, one.id)]);
    expect(outcomes).toEqual([allow(null), allow(null)]);
    expect(await kept.store.records.cohorts.byId(one.id)).toMatchObject({ consentRound: 3 });
  });

  it('under which a crowd writes at once loses nobody', async () => {
    const guildId = id();
    const crowd = Array.from({ length: 60 }, async () => {
      const cohort = await newCohort(kept.store, { guildId });
      return kept.store.change(({ cohorts }) => cohorts.add(cohort));
    });
    expect((await Promise.all(crowd)).every(({ ok }) => ok)).toBe(true);
    expect(await kept.store.records.cohorts.ofGuild(guildId)).toHaveLength(60);
  });
});
