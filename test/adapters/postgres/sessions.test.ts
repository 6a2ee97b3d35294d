/** Sessions, with their turns and what came to pass in them, as they are kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cohort } from '../../../src/core/cohort.ts';
import { type Session, type SessionRequest, transition } from '../../../src/core/session.ts';
import { aCohort, allowed, aMember, aSession, aStore, at, id, type Kept, newSession, write } from './kept.ts';

let kept: Kept;
let cohort: Cohort;
beforeAll(async () => {
  kept = await aStore();
});
afterAll(() => kept.store.close());

/** Asks the session as it is kept, and keeps what becomes of it. */
const ask = (sessionId: string, request: SessionRequest, minute: number): Promise<Session> =>
  write(kept.store, async ({ sessions }) => {
    const session = await sessions.byId(sessionId);
    if (!session) throw new Error('there is no such session');
    const { next, events } = allowed(transition(session, request, at(minute)));
    await sessions.save(next, { events, at: at(minute), by: 'lead' });
    return next;
  });

/** The session as it is kept, which is what became of it, and one version on. */
const expectKept = async (session: Session): Promise<void> =>
  expect(await kept.store.records.sessions.byId(session.id)).toEqual({
    ...session,
    version: session.version + 1,
  });

describe('a session', () => {
  it('comes back in every state with exactly what is true in it', async () => {
    cohort = await aCohort(kept.store);
    const { sessions } = kept.store.records;
    const opened = await aSession(kept.store, cohort);
    expect(await sessions.byId(opened.id)).toEqual(opened);
    expect(await sessions.unfinished(cohort.id)).toEqual(opened);

    await expectKept(await ask(opened.id, { kind: 'next' }, 5));
    const paused = await ask(opened.id, { kind: 'pause' }, 6);
    await expectKept(paused);
    expect(await sessions.unfinished(cohort.id)).toMatchObject({ state: 'paused' });
    await expectKept(await ask(opened.id, { kind: 'resume' }, 9));

    const ended = await ask(opened.id, { kind: 'end' }, 20);
    await expectKept(ended);
    expect(await sessions.unfinished(cohort.id)).toBeUndefined();
    expect(await sessions.lastEnded(cohort.id)).toMatchObject({ id: opened.id, endedAt: at(20) });
  });

  it('that runs over for weeks can still be paused', async () => {
    const other = await aCohort(kept.store);
    const opened = await aSession(kept.store, other);
    const paused = await ask(opened.id, { kind: 'pause' }, 60 * 24 * 40);
    await expectKept(paused);
  });

  it('is the only unfinished one of its cohort', async () => {
    const other = await aCohort(kept.store);
    await aSession(kept.store, other);
    const { next, events } = newSession(other, 2);
    const second = await kept.store.change(({ sessions }) => sessions.add(next, { events, at: at(1) }));
    expect(second).toEqual({ ok: false, refusal: { code: 'session-in-progress' } });
    expect(await kept.store.records.sessions.count(other.id)).toBe(1);
  });

  it('is the only one even when two facilitators open at once', async () => {
    const other = await aCohort(kept.store);
    const open = () => {
      const { next, events } = newSession(other);
      return kept.store.change(({ sessions }) => sessions.add(next, { events, at: at(0) }));
    };
    const outcomes = await Promise.all([open(), open(), open()]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('keeps its events in order, with when they came to pass, and who did it only where somebody did', async () => {
    const other = await aCohort(kept.store);
    const opened = await aSession(kept.store, other);
    await ask(opened.id, { kind: 'next' }, 5);
    expect(await kept.store.records.sessions.events(opened.id)).toEqual([
      { event: { kind: 'opened' }, at: at(0) },
      { event: { kind: 'phase-entered', step: 0, phase: 'welcome' }, at: at(0) },
      { event: { kind: 'phase-left', step: 0, phase: 'welcome', how: 'completed' }, at: at(5) },
      { event: { kind: 'phase-entered', step: 1, phase: 'topic' }, at: at(5) },
    ]);
  });
});

describe('the turn queue', () => {
  it('comes back as it was after every raise, call, pass and end', async () => {
    const other = await aCohort(kept.store);
    const [ana, ben] = [await aMember(kept.store, other), await aMember(kept.store, other)];
    const { id: session } = await aSession(kept.store, other);
    await ask(session, { kind: 'next' }, 5);
    const raise = (personId: string) => ({ kind: 'raise', personId, turnId: id() }) as const;
    const steps: readonly SessionRequest[] = [
      { kind: 'turn', request: raise(ana.person.id) },
      { kind: 'turn', request: raise(ben.person.id) },
      { kind: 'turn', request: { kind: 'call' } },
      { kind: 'turn', request: { kind: 'call' } },
      { kind: 'turn', request: { kind: 'later', personId: ben.person.id, turnId: id() } },
      { kind: 'turn', request: { kind: 'pass', personId: ben.person.id, turnId: id() } },
      { kind: 'turn', request: raise(ana.person.id) },
      { kind: 'next' },
    ];
    for (const [minute, step] of steps.entries()) await expectKept(await ask(session, step, 6 + minute));
  });
});

describe('what cohorts are at', () => {
  it('is told across servers: who is in session, and which topics were used', async () => {
    const here = await aCohort(kept.store, { guildId: 'here' });
    const there = await aCohort(kept.store, { guildId: 'there' });
    const first = await aSession(kept.store, here);
    await aSession(kept.store, there);
    const { sessions } = kept.store.records;
    const inProgress = await sessions.inProgress();
    expect(inProgress).toContainEqual({ guildId: 'here', cohortId: here.id });
    expect(inProgress).toContainEqual({ guildId: 'there', cohortId: there.id });
    await ask(first.id, { kind: 'end' }, 30);
    expect(await sessions.inProgress()).not.toContainEqual({ guildId: 'here', cohortId: here.id });
    await aSession(kept.store, here, 2);
    expect(await sessions.topicsUsed(here.id)).toEqual(['topic', 'topic']);
  });
});
