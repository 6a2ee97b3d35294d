/** Opening a session while the group itself is being changed by somebody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archiveCohort } from '../../src/app/archive-cohort.ts';
import { openSession } from '../../src/app/open-session.ts';
import type { Records, Store } from '../../src/ports/store.ts';
import type { World } from '../../src/ports/world.ts';
import { LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Jetty ${made}`);
  await group.says(LEAD, 'session open');
  await group.says(LEAD, 'session end');
});

/** Both have looked whether a session is unfinished before either of them writes. */
const bothLookFirst = (): World => {
  let looked = 0;
  let go: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    go = resolve;
  });
  const meet = async (): Promise<void> => {
    looked += 1;
    if (looked >= 2) go();
    await both;
  };
  const met = ({ sessions, ...records }: Records): Records => ({
    ...records,
    sessions: {
      ...sessions,
      unfinished: async (cohortId) => {
        const session = await sessions.unfinished(cohortId);
        await meet();
        return session;
      },
      count: async (cohortId) => {
        const count = await sessions.count(cohortId);
        await meet();
        return count;
      },
    },
  });
  const store: Store = {
    records: world.store.records,
    change: (work) => world.store.change((records) => work(met(records))),
    by: () => store,
  };
  return { ...world, store };
};

const found = async () => {
  const { cohorts, sessions } = world.store.records;
  const cohort = await cohorts.byId(group.cohort.id);
  return { cohort, session: await sessions.unfinished(group.cohort.id) };
};

describe('a session that is opened at the moment', () => {
  it('in which its group is archived: one of the two is refused, and no archived group has a session', async () => {
    const slow = bothLookFirst();
    const done = await Promise.all([
      openSession(slow, { cohortId: group.cohort.id, by: LEAD }),
      archiveCohort(slow, group.cohort.id),
    ]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const { cohort, session } = await found();
    expect(cohort?.state).toBe(session ? 'active' : 'archived');
  });
});
