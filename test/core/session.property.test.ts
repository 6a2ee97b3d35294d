/** Whatever is asked of a session, and in whatever order: what must always be true of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Agenda, TALKING } from '../../src/core/agenda.ts';
import { type Paused, phaseOf, type Running, type Session } from '../../src/core/session.ts';
import { MINUTE } from '../../src/core/time.ts';
import { agenda, asks, type Played, play, talk, talking } from './any-session.ts';
import { START } from './given.ts';

type Holds = (played: Played, steps: Agenda) => void;

const always = (holds: Holds) =>
  fc.assert(
    fc.property(agenda, asks, (steps, list) => holds(play(steps, list), steps)),
    { numRuns: 300 },
  );

const alwaysInTalk = (holds: Holds) =>
  fc.assert(
    fc.property(fc.oneof(agenda, talking), talk, (steps, list) => holds(play(steps, list), steps)),
    { numRuns: 300 },
  );

const isUnfinished = (session: Session): session is Running | Paused => session.state !== 'ended';
const openTurns = ({ turns }: Session) =>
  turns.filter(({ state }) => state === 'waiting' || state === 'speaking');
const times = (list: readonly string[]): number =>
  Math.max(0, ...list.map((one) => list.filter((other) => other === one).length));

describe('whatever is asked of a session', () => {
  it('it stands in a phase of its agenda, and remains itself', () => {
    always(({ moves }, steps) => {
      for (const { after } of moves) {
        if (isUnfinished(after)) expect(steps[after.step]).toBeDefined();
        expect(after).toMatchObject({
          id: 's',
          cohortId: 'c',
          number: 3,
          agenda: steps,
          topicId: 't',
          startedAt: START,
        });
      }
    });
  });

  it('its version is left to the store', () => {
    always(({ moves }) => {
      expect(moves.every(({ after }) => after.version === 0)).toBe(true);
    });
  });

  it('it moves one phase at a time, and only when it is told to', () => {
    always(({ moves }) => {
      for (const { request, before, after } of moves) {
        if (!isUnfinished(before) || !isUnfinished(after)) continue;
        const by = { next: 1, skip: 1, back: -1 }[request.kind as string] ?? 0; // any other kind is no key of it
        expect(after.step - before.step).toBe(by);
      }
    });
  });

  it('a button that was made for another phase does nothing', () => {
    always(({ moves }) => {
      for (const { request, before } of moves) {
        if (request.kind === 'warn' || !('from' in request) || !isUnfinished(before)) continue;
        expect(request.from).toBe(before.step);
      }
    });
  });

  it('its record begins with the opening, and enters and leaves phases in turn', () => {
    always(({ log, moves }) => {
      expect(log[0]).toEqual({ kind: 'opened' });
      const passages = log.filter((event) => event.kind === 'phase-entered' || event.kind === 'phase-left');
      passages.forEach((event, index) => {
        expect(event.kind).toBe(index % 2 === 0 ? 'phase-entered' : 'phase-left');
        if (event.kind === 'phase-left')
          expect(passages[index - 1]).toMatchObject({ step: event.step, phase: event.phase });
      });
      const last = moves.at(-1)?.after;
      if (last && isUnfinished(last))
        expect(passages.at(-1)).toMatchObject({
          kind: 'phase-entered',
          step: last.step,
          phase: phaseOf(last),
        });
    });
  });

  it('nothing is told after its end, and nothing moves', () => {
    always(({ log, moves }) => {
      const ended = log.findIndex(({ kind }) => kind === 'ended');
      if (ended >= 0) expect(ended).toBe(log.length - 1);
      for (const { before, after } of moves) if (!isUnfinished(before)) expect(after).toBe(before);
    });
  });

  it('a phase has at least the minutes that were planned, and more only where somebody gave them', () => {
    always(({ moves }, steps) => {
      for (const { request, before, after, now } of moves) {
        if (after.state !== 'running') continue;
        const planned = (steps[after.step]?.minutes ?? Infinity) * MINUTE;
        expect(after.plannedEndAt.getTime() - after.enteredAt.getTime()).toBeGreaterThanOrEqual(planned);
        if (before.state === 'running' && before.step !== after.step) {
          expect(after.plannedEndAt.getTime()).toBe(now.getTime() + planned);
        } else if (request.kind === 'extend' && before.state === 'running') {
          const base = Math.max(before.plannedEndAt.getTime(), now.getTime());
          expect(after.plannedEndAt.getTime()).toBe(base + request.minutes * MINUTE);
        } else if (before.state === 'running') {
          expect(after.plannedEndAt).toEqual(before.plannedEndAt);
        }
      }
    });
  });

  it('a pause takes no time from a phase', () => {
    always(({ moves }) => {
      let left = 0;
      for (const { request, before, after, now } of moves) {
        if (request.kind === 'pause' && before.state === 'running')
          left = before.plannedEndAt.getTime() - now.getTime();
        if (request.kind === 'resume' && after.state === 'running')
          expect(after.plannedEndAt.getTime() - now.getTime()).toBe(left);
      }
    });
  });

  it('staff are warned at most once of one planned end', () => {
    always(({ moves }) => {
      const warned = moves
        .filter(({ events }) => events.some(({ kind }) => kind === 'phase-warned'))
        .map(({ after }) =>
          after.state === 'running' ? `${after.enteredAt.getTime()} ${after.plannedEndAt.getTime()}` : '',
        );
      expect(times(warned)).toBeLessThanOrEqual(1);
    });
  });
});

describe('whoever raises a hand, passes, comes back or leaves', () => {
  it('at most one person speaks, each has at most one open turn, and turns keep their names', () => {
    alwaysInTalk(({ moves }) => {
      for (const { after } of moves) {
        expect(after.turns.filter(({ state }) => state === 'speaking').length).toBeLessThanOrEqual(1);
        expect(times(openTurns(after).map(({ personId }) => personId))).toBeLessThanOrEqual(1);
        expect(times(after.turns.map(({ id }) => id))).toBeLessThanOrEqual(1);
      }
    });
  });

  it('turns are open only in phases in which people talk', () => {
    alwaysInTalk(({ moves }) => {
      for (const { after } of moves) {
        if (!isUnfinished(after) || !TALKING.has(phaseOf(after))) expect(openTurns(after)).toEqual([]);
      }
    });
  });

  it('every turn has its times in order, and an end when it is over', () => {
    alwaysInTalk(({ moves }) => {
      for (const { askedAt, beganAt, endedAt, state } of moves.at(-1)?.after.turns ?? []) {
        if (state === 'speaking' || state === 'done') expect(beganAt).toBeDefined();
        if (state === 'waiting' || state === 'closed') expect(beganAt).toBeUndefined();
        expect(endedAt !== undefined).toBe(!['waiting', 'speaking'].includes(state));
        const moments = [askedAt, beganAt ?? askedAt, endedAt ?? beganAt ?? askedAt].map(Number);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      }
    });
  });

  it('nobody is called a second time while somebody waits who has not been heard', () => {
    alwaysInTalk(({ moves }) => {
      for (const { request, before, events } of moves) {
        if (request.kind !== 'turn' || request.request.kind !== 'call') continue;
        const called = events.flatMap((event) => (event.kind === 'turn-taken' ? [event.personId] : []))[0];
        const heard = new Set(
          before.turns
            .filter(({ state }) => state === 'done' || state === 'speaking')
            .map(({ personId }) => personId),
        );
        const line = before.turns.filter(({ state }) => state === 'waiting');
        const unheard = line.filter(({ personId }) => !heard.has(personId));
        const first = (unheard.length > 0 ? unheard : line).toSorted((a, b) => a.place - b.place)[0];
        expect(called).toBe(first?.personId);
      }
    });
  });
});
