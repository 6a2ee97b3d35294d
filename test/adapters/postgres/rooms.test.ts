/** Rooms, what stands in them, what is said in them and what Discord was told, as they are kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cohort } from '../../../src/core/cohort.ts';
import type { AnnouncementRecord, StandingMessage } from '../../../src/ports/store.ts';
import { aCohort, aSession, aStore, at, id, type Kept, write } from './kept.ts';

let kept: Kept;
let cohort: Cohort;
beforeAll(async () => {
  kept = await aStore();
  cohort = await aCohort(kept.store);
});
afterAll(() => kept.store.close());

describe('the rooms of a cohort', () => {
  it('are known, and one that was made anew takes the place of the old', async () => {
    const { roomRefs } = kept.store.records;
    await roomRefs.put(cohort.id, { kind: 'group', channelId: '1' });
    await roomRefs.put(cohort.id, { kind: 'voice', channelId: '2' });
    await roomRefs.put(cohort.id, { kind: 'group', channelId: '3' });
    expect(new Set(await roomRefs.ofCohort(cohort.id))).toEqual(
      new Set([
        { kind: 'group', channelId: '3' },
        { kind: 'voice', channelId: '2' },
      ]),
    );
  });

  it('tell which rights were missing, without making anybody’s write a stale one', async () => {
    const { roomRefs, cohorts } = kept.store.records;
    expect(await roomRefs.missing(cohort.id)).toEqual([]);
    await roomRefs.putMissing(cohort.id, ['manage-channels']);
    expect(await roomRefs.missing(cohort.id)).toEqual(['manage-channels']);
    expect((await cohorts.byId(cohort.id))?.version).toBe(cohort.version);
  });
});

describe('a standing message', () => {
  it('is one for a session’s card and one for the cohort’s panel, and comes back as it was kept', async () => {
    const { id: sessionId } = await aSession(kept.store, cohort);
    const card: StandingMessage = {
      id: id(),
      cohortId: cohort.id,
      kind: 'session-card',
      sessionId,
      channelId: '3',
    };
    const panel: StandingMessage = { id: id(), cohortId: cohort.id, kind: 'staff-panel', channelId: '4' };
    const shown: StandingMessage = { ...panel, messageId: '55', shows: 'hash' };
    await write(kept.store, async ({ standingMessages }) => {
      for (const standing of [card, panel, shown]) await standingMessages.put(standing);
    });
    const { standingMessages } = kept.store.records;
    expect(await standingMessages.find(cohort.id, 'session-card', sessionId)).toEqual(card);
    expect(await standingMessages.find(cohort.id, 'staff-panel')).toEqual(shown);
    expect(await standingMessages.find(cohort.id, 'agreement')).toBeUndefined();
  });

  it('that two processes post at once is kept once: somebody was first', async () => {
    const post = () =>
      kept.store.change(async ({ standingMessages }) => {
        await standingMessages.put({ id: id(), cohortId: cohort.id, kind: 'agreement', channelId: '6' });
        return { ok: true, value: null };
      });
    expect(await post()).toMatchObject({ ok: true });
    expect(await post()).toEqual({ ok: false, refusal: { code: 'somebody-was-first' } });
  });
});

describe('an announcement', () => {
  it('comes back as it was kept, and remembers when it was said', async () => {
    const record: AnnouncementRecord = {
      id: id(),
      cohortId: cohort.id,
      room: 'staff',
      announcement: { kind: 'paused' },
      madeAt: at(1),
    };
    const { announcements } = kept.store.records;
    await write(kept.store, (records) => records.announcements.add(record));
    expect(await announcements.byId(record.id)).toEqual(record);
    await announcements.said(record.id, at(2), '77');
    expect(await announcements.byId(record.id)).toEqual({ ...record, saidAt: at(2) });
    expect(await announcements.messages(record.cohortId)).toEqual(['77']);
    expect(await announcements.byId(id())).toBeUndefined();
  });
});
