/** The machine of a session, step by step. */
import { describe, expect, it } from 'vitest';
import type { Agenda } from '../../src/core/agenda.ts';
import {
  openSession,
  phaseOf,
  type Session,
  type SessionEvent,
  type SessionRequest,
  transition,
} from '../../src/core/session.ts';
import { answer, at } from './given.ts';

const AGENDA: Agenda = [
  { phase: 'welcome', minutes: 5 },
  { phase: 'topic', minutes: 20 },
  { phase: 'discussion', minutes: 20 },
  { phase: 'reflection', minutes: 15 },
];

const opened = openSession(
  { id: 'session', cohortId: 'cohort', number: 1, agenda: AGENDA, topicId: 'sleep-basics' },
  at(0),
);

/** A request, and the minute at which it comes. */
type Said = readonly [minute: number, request: SessionRequest];

const having = (...said: readonly Said[]): { session: Session; events: readonly SessionEvent[] } =>
  said.reduce<{ session: Session; events: readonly SessionEvent[] }>(
    ({ session, events }, [minute, request]) => {
      const outcome = transition(session, request, at(minute));
      if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
      return { session: outcome.value.next, events: [...events, ...outcome.value.events] };
    },
    { session: opened.next, events: opened.events },
  );

const asked = (session: Session, request: SessionRequest, minute = 10) =>
  answer(transition(session, request, at(minute)));

const where = (session: Session) => (session.state === 'ended' ? 'ended' : phaseOf(session));

const NEXT: SessionRequest = { kind: 'next' };
const PAUSE: SessionRequest = { kind: 'pause' };
const RESUME: SessionRequest = { kind: 'resume' };
const END: SessionRequest = { kind: 'end' };
const raise = (name: string): SessionRequest => ({
  kind: 'turn',
  request: { kind: 'raise', personId: name, turnId: `turn-${name}` },
});

describe('a session that opens', () => {
  it('stands in the first phase of its agenda, and plans its end', () => {
    expect(opened.next).toMatchObject({ state: 'running', step: 0, startedAt: at(0), plannedEndAt: at(5) });
    expect(opened.events).toEqual([{ kind: 'opened' }, { kind: 'phase-entered', step: 0, phase: 'welcome' }]);
  });
});

describe('a facilitator who moves through the agenda', () => {
  it('goes on, skips and goes back, and each phase is told as it was left', () => {
    const { session, events } = having([6, NEXT], [7, { kind: 'skip' }], [8, { kind: 'back' }]);
    expect(where(session)).toBe('topic');
    expect(
      events.flatMap((event) => (event.kind === 'phase-left' ? [[event.phase, event.how]] : [])),
    ).toEqual([
      ['welcome', 'completed'],
      ['topic', 'skipped'],
      ['discussion', 'went-back'],
    ]);
  });

  it('plans each phase anew from the moment it is entered', () => {
    expect(having([9, NEXT]).session).toMatchObject({ enteredAt: at(9), plannedEndAt: at(29) });
  });

  it('cannot go back from the first phase, nor past the last', () => {
    expect(asked(opened.next, { kind: 'back' })).toBe('first-phase');
    const { session } = having([1, NEXT], [2, NEXT], [3, NEXT]);
    expect(asked(session, NEXT)).toBe('last-phase');
    expect(asked(session, { kind: 'skip' })).toBe('last-phase');
  });

  it('moves one phase when two facilitators press Next at once', () => {
    const pressed: SessionRequest = { kind: 'next', from: 0 };
    const { session } = having([5, pressed]);
    const second = transition(session, pressed, at(5));
    expect(second).toEqual({ ok: false, refusal: { code: 'moved-on', phase: 'topic' } });
  });

  it('may always say next without naming a phase', () => {
    expect(asked(having([5, NEXT]).session, NEXT)).toBe('allowed');
  });
});

describe('a phase that needs more time', () => {
  it('ends later by the minutes that are given', () => {
    expect(having([3, { kind: 'extend', minutes: 5 }]).session).toMatchObject({ plannedEndAt: at(10) });
  });

  it('gets all of its minutes when it has run over already', () => {
    expect(having([9, { kind: 'extend', minutes: 5 }]).session).toMatchObject({ plannedEndAt: at(14) });
  });

  it('is warned of once more after an extension', () => {
    const warned = having(
      [3, { kind: 'warn', from: 0, plannedEndAt: at(5) }],
      [4, { kind: 'extend', minutes: 5 }],
    );
    expect(warned.session).toMatchObject({ warning: 'pending' });
  });
});

describe('a pause', () => {
  it('keeps the minutes that were left, however long it lasts', () => {
    expect(having([3, PAUSE], [40, RESUME]).session).toMatchObject({
      state: 'running',
      plannedEndAt: at(42),
    });
  });

  it('keeps how far a phase had run over', () => {
    expect(having([8, PAUSE], [20, RESUME]).session).toMatchObject({ plannedEndAt: at(17) });
  });

  it('lets nothing happen but to resume or to end', () => {
    const { session } = having([3, PAUSE]);
    for (const request of [
      NEXT,
      { kind: 'back' },
      { kind: 'extend', minutes: 5 },
      PAUSE,
      raise('ana'),
    ] as const) {
      expect(asked(session, request)).toBe('session-paused');
    }
    expect(asked(session, RESUME)).toBe('allowed');
    expect(asked(session, END)).toBe('allowed');
  });

  it('cannot be ended where there is none', () => {
    expect(asked(opened.next, RESUME)).toBe('not-paused');
  });
});

describe('the warning that a phase is nearly over', () => {
  it('is recorded, and moves nothing', () => {
    const { session, events } = having([3, { kind: 'warn', from: 0, plannedEndAt: at(5) }]);
    expect(session).toMatchObject({ step: 0, warning: 'given', plannedEndAt: at(5) });
    expect(events.at(-1)).toEqual({ kind: 'phase-warned', step: 0 });
  });

  it('is not given twice when its job runs twice', () => {
    const warn: SessionRequest = { kind: 'warn', from: 0, plannedEndAt: at(5) };
    expect(having([3, warn], [3, warn]).events.filter(({ kind }) => kind === 'phase-warned')).toHaveLength(1);
  });

  it.each([
    ['for a phase that was left', [[2, NEXT]]],
    ['for an end that was moved', [[2, { kind: 'extend', minutes: 5 }]]],
    ['while the session is paused', [[2, PAUSE]]],
    ['after the session has ended', [[2, END]]],
  ] as const)('changes nothing %s', (_when, said) => {
    const alone = having(...said);
    const outlived = having(...said, [3, { kind: 'warn', from: 0, plannedEndAt: at(5) }]);
    expect(outlived).toEqual(alone);
  });
});

describe('raised hands', () => {
  it('are for phases in which people talk', () => {
    expect(transition(opened.next, raise('ana'), at(1))).toEqual({
      ok: false,
      refusal: { code: 'not-a-talking-phase', phase: 'welcome' },
    });
    expect(asked(having([5, NEXT]).session, raise('ana'))).toBe('allowed');
  });

  it('stay up from the topic into the discussion, and come down for the reflection', () => {
    const discussing = having([5, NEXT], [6, raise('ana')], [25, NEXT]);
    expect(discussing.session.turns).toMatchObject([{ personId: 'ana', state: 'waiting' }]);
    const reflecting = transition(discussing.session, NEXT, at(45));
    expect(reflecting.ok && reflecting.value.next.turns).toMatchObject([
      { state: 'closed', endedAt: at(45) },
    ]);
  });

  it('are recorded with the person who was called', () => {
    const { events } = having([5, NEXT], [6, raise('ana')], [7, { kind: 'turn', request: { kind: 'call' } }]);
    expect(events.at(-1)).toEqual({ kind: 'turn-taken', what: 'call', personId: 'ana' });
  });
});

describe('a session that has ended', () => {
  it('has left its phase, closed its queue and kept the time', () => {
    const { session, events } = having([5, NEXT], [6, raise('ana')], [30, END]);
    expect(session).toMatchObject({ state: 'ended', endedAt: at(30), turns: [{ state: 'closed' }] });
    expect(events.slice(-2)).toEqual([
      { kind: 'phase-left', step: 1, phase: 'topic', how: 'ended' },
      { kind: 'ended' },
    ]);
  });

  it('is final', () => {
    const { session } = having([5, END]);
    for (const request of [NEXT, PAUSE, RESUME, END, raise('ana')]) {
      expect(asked(session, request)).toBe('session-ended');
    }
  });
});
