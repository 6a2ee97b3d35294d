/** What becomes of the turns of somebody who leaves the group. */
import { describe, expect, it } from 'vitest';
import { openSession, type Running, type SessionRequest, transition } from '../../src/core/session.ts';

const NOW = new Date('2026-05-04T16:00:00Z');
const [ANA, BEN] = ['person-ana', 'person-ben'];

const opened = openSession(
  {
    id: 'session',
    cohortId: 'cohort',
    number: 1,
    agenda: [
      { phase: 'topic', minutes: 20 },
      { phase: 'reflection', minutes: 10 },
    ],
    topicId: 'topic',
  },
  NOW,
).next;

const following = (session: Running, ...requests: readonly SessionRequest[]) =>
  requests.reduce<ReturnType<typeof transition>>(
    (before, request) => (before.ok ? transition(before.value.next, request, NOW) : before),
    { ok: true, value: { next: session, events: [] } },
  );

const raise = (personId: string): SessionRequest => ({
  kind: 'turn',
  request: { kind: 'raise', personId, turnId: `turn of ${personId}` },
});
const call: SessionRequest = { kind: 'turn', request: { kind: 'call' } };
const leave = (personId: string): SessionRequest => ({ kind: 'leave', personId });

const statesAfter = (...requests: readonly SessionRequest[]) => {
  const after = following(opened, ...requests);
  return after.ok ? after.value.next.turns.map(({ personId, state }) => [personId, state]) : after.refusal;
};

describe('somebody who leaves the group', () => {
  it('no longer waits for a turn, and nobody else loses theirs', () => {
    expect(statesAfter(raise(ANA), raise(BEN), leave(ANA))).toEqual([
      [ANA, 'closed'],
      [BEN, 'waiting'],
    ]);
  });

  it('no longer speaks, also while the session is paused', () => {
    expect(statesAfter(raise(ANA), call, { kind: 'pause' }, leave(ANA))).toEqual([[ANA, 'done']]);
  });

  it('changes nothing, and leaves no trace, when they had no open turn', () => {
    const after = following(opened, raise(BEN), leave(ANA));
    expect(after.ok && after.value.events).toEqual([]);
  });

  it('cannot leave a session that has ended', () => {
    expect(statesAfter({ kind: 'end' }, leave(ANA))).toEqual({ code: 'session-ended' });
  });
});
