/** Presence in the voice room, as it is kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Interval } from '../../../src/core/presence.ts';
import { transition } from '../../../src/core/session.ts';
import { aCohort, aSession, aStore, at, id, type Kept, somebody, write } from './kept.ts';

let kept: Kept;
let sessionId: string;
let personId: string;
beforeAll(async () => {
  kept = await aStore();
  sessionId = (await aSession(kept.store, await aCohort(kept.store))).id;
});
afterAll(() => kept.store.close());

const stretch = (from: number, to?: number): Interval => ({
  id: id(),
  sessionId,
  personId,
  start: at(from),
  ...(to !== undefined && { end: at(to) }),
  seen: 'observed',
});

const start = (interval: Interval) =>
  kept.store.change(async ({ presences }) => {
    await presences.start(interval);
    return { ok: true, value: null };
  });

describe('presence', () => {
  it('comes back as it was kept, open until it ends', async () => {
    personId = (await somebody(kept.store)).id;
    const { presences } = kept.store.records;
    const first = stretch(0);
    expect(await start(first)).toMatchObject({ ok: true });
    expect(await presences.open(sessionId)).toEqual([first]);
    const second: Interval = { ...stretch(10, 12), seen: 'unobserved' };
    await write(kept.store, async (records) => {
      await records.presences.end(first.id, at(10));
      await records.presences.start(second);
    });
    expect(await presences.open(sessionId)).toEqual([]);
    expect(await presences.ofSession(sessionId)).toEqual([{ ...first, end: at(10) }, second]);
  });

  it('is never in two stretches at once, nor open twice: somebody was first', async () => {
    personId = (await somebody(kept.store)).id;
    const refused = { ok: false, refusal: { code: 'somebody-was-first' } };
    expect(await start(stretch(10, 20))).toMatchObject({ ok: true });
    expect(await start(stretch(15, 16))).toEqual(refused);
    expect(await start(stretch(5, 11))).toEqual(refused);
    expect(await start(stretch(19))).toEqual(refused);
    expect(await start(stretch(20))).toMatchObject({ ok: true });
    expect(await start(stretch(30))).toEqual(refused);
    expect(await start(stretch(5, 10))).toMatchObject({ ok: true });
  });

  it('ends once: a second end finds that somebody was first', async () => {
    personId = (await somebody(kept.store)).id;
    const interval = stretch(0);
    await start(interval);
    await write(kept.store, ({ presences }) => presences.end(interval.id, at(3)));
    const again = await kept.store.change(async ({ presences }) => {
      await presences.end(interval.id, at(4));
      return { ok: true, value: null };
    });
    expect(again).toEqual({ ok: false, refusal: { code: 'somebody-was-first' } });
  });

  it('is remembered by server: when its rooms were last seen', async () => {
    const { presences } = kept.store.records;
    expect(await presences.lastObserved('guild-7')).toBeUndefined();
    for (const minute of [1, 2]) {
      await presences.observed('guild-7', at(minute));
      expect(await presences.lastObserved('guild-7')).toEqual(at(minute));
    }
  });

  it('takes no more once the session has ended, though somebody read it before', async () => {
    const cohort = await aCohort(kept.store);
    const session = await aSession(kept.store, cohort);
    const person = await somebody(kept.store);
    const ended = transition(session, { kind: 'end' }, at(30));
    if (!ended.ok) throw new Error('it did not end');
    await write(kept.store, (records) =>
      records.sessions.save(ended.value.next, { events: ended.value.events, at: at(30) }),
    );
    const late = { ...stretch(31), sessionId: session.id, personId: person.id };
    expect(await start(late)).toEqual({ ok: false, refusal: { code: 'somebody-was-first' } });
    expect(await kept.store.records.presences.ofSession(session.id)).toEqual([]);
  });
});
