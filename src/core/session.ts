/**
 * One session of a cohort, and the one function that may change it.
 *
 *   open ──> running(step 0) ──next/skip──> running(step 1) ── … ──> running(last step)
 *                 │  ▲   ▲──────back────────────┘                        │
 *               pause │                                                  │
 *                 ▼ resume                                               │
 *              paused ──────────────────────end──────────────────────> ended
 *
 * - Nothing moves by itself: `warn` only records that staff were told that a phase is nearly over.
 * - A pause keeps the minutes that were left; resuming plans the end anew from there.
 * - Somebody who leaves the group leaves the queue, also while the session is paused.
 * - Hands may be raised in talking phases; leaving for a phase without talk closes the queue.
 * - A request may name the step it was made for (`from`); when the session has moved on, it is refused,
 *   so that two facilitators who press Next at once advance by one phase, not by two.
 * - Ended is final: what comes after is an amendment, never a change.
 */
import { type Agenda, type Phase, type Step, TALKING } from './agenda.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import { after, between, MINUTE } from './time.ts';
import { closeTurns, leaveTurns, speaker, type TurnRequest, type Turns, takeTurns } from './turns.ts';

/** How long before a phase's planned end staff are told, in milliseconds. */
export const WARNING_LEAD = 2 * MINUTE;

/** How long after the end a form that was already open is still accepted, in milliseconds. */
export const GRACE = 30 * MINUTE;

interface Plan {
  readonly id: string;
  readonly cohortId: string;
  /** 1 for the first session of the cohort. */
  readonly number: number;
  readonly agenda: Agenda;
  readonly topicId: string;
  readonly startedAt: Date;
  readonly turns: Turns;
  /** The version that was read; a write is refused when somebody wrote in between. */
  readonly version: number;
}

export interface Running extends Plan {
  readonly state: 'running';
  /** Index into the agenda. */
  readonly step: number;
  readonly enteredAt: Date;
  readonly plannedEndAt: Date;
  readonly warning: 'pending' | 'given';
}

export interface Paused extends Plan {
  readonly state: 'paused';
  readonly step: number;
  readonly enteredAt: Date;
  readonly pausedAt: Date;
  /** Milliseconds that were left of the phase when it was paused; negative when it ran over. */
  readonly leftMs: number;
  readonly warning: 'pending' | 'given';
}

export interface Ended extends Plan {
  readonly state: 'ended';
  readonly endedAt: Date;
}

export type Session = Running | Paused | Ended;

export type SessionRequest =
  | { readonly kind: 'next'; readonly from?: number | undefined }
  | { readonly kind: 'skip'; readonly from?: number | undefined }
  | { readonly kind: 'back'; readonly from?: number | undefined }
  | { readonly kind: 'extend'; readonly minutes: number; readonly from?: number | undefined }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'end' }
  | { readonly kind: 'warn'; readonly from: number; readonly plannedEndAt: Date }
  | { readonly kind: 'turn'; readonly request: TurnRequest }
  | { readonly kind: 'leave'; readonly personId: string };

/** What came to pass, in the past tense, as it is appended to the session's record. */
export type SessionEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'phase-entered'; readonly step: number; readonly phase: Phase }
  | {
      readonly kind: 'phase-left';
      readonly step: number;
      readonly phase: Phase;
      readonly how: 'completed' | 'skipped' | 'went-back' | 'ended';
    }
  | { readonly kind: 'extended'; readonly step: number; readonly minutes: number }
  | { readonly kind: 'paused'; readonly step: number }
  | { readonly kind: 'resumed'; readonly step: number }
  | { readonly kind: 'phase-warned'; readonly step: number }
  /** The person is who asked, or who was called. */
  | { readonly kind: 'turn-taken'; readonly what: TurnRequest['kind']; readonly personId?: string }
  | { readonly kind: 'turns-closed'; readonly personId: string }
  | { readonly kind: 'ended' };

export interface Change<Next extends Session = Session> {
  readonly next: Next;
  readonly events: readonly SessionEvent[];
}

const stepAt = (session: { agenda: Agenda }, index: number): Step => {
  const step = session.agenda[index];
  if (!step) throw new RangeError(`the agenda has no step ${index}`);
  return step;
};

/** The phase in which an unfinished session stands. */
export const phaseOf = (session: Running | Paused): Phase => stepAt(session, session.step).phase;

export interface Opening {
  readonly id: string;
  readonly cohortId: string;
  readonly number: number;
  readonly agenda: Agenda;
  readonly topicId: string;
}

/** A session that begins now, in the first phase of its agenda. */
export const openSession = (opening: Opening, now: Date): Change<Running> => {
  const first = stepAt(opening, 0);
  return {
    next: {
      ...opening,
      state: 'running',
      startedAt: now,
      turns: [],
      version: 0,
      step: 0,
      enteredAt: now,
      plannedEndAt: after(now, first.minutes * MINUTE),
      warning: 'pending',
    },
    events: [{ kind: 'opened' }, { kind: 'phase-entered', step: 0, phase: first.phase }],
  };
};

const moveTo = (
  session: Running,
  step: number,
  how: 'completed' | 'skipped' | 'went-back',
  now: Date,
): Change => {
  const to = stepAt(session, step);
  return {
    next: {
      ...session,
      step,
      enteredAt: now,
      plannedEndAt: after(now, to.minutes * MINUTE),
      warning: 'pending',
      turns: TALKING.has(to.phase) ? session.turns : closeTurns(session.turns, now),
    },
    events: [
      { kind: 'phase-left', step: session.step, phase: phaseOf(session), how },
      { kind: 'phase-entered', step, phase: to.phase },
    ],
  };
};

const forward = (session: Running, how: 'completed' | 'skipped', now: Date): Outcome<Change> =>
  session.step === session.agenda.length - 1
    ? refuse({ code: 'last-phase' })
    : allow(moveTo(session, session.step + 1, how, now));

const backward = (session: Running, now: Date): Outcome<Change> =>
  session.step === 0
    ? refuse({ code: 'first-phase' })
    : allow(moveTo(session, session.step - 1, 'went-back', now));

const extend = (session: Running, minutes: number, now: Date): Change => {
  // A phase that has run over is extended from now: "five more minutes" never means minutes already gone.
  const from = session.plannedEndAt > now ? session.plannedEndAt : now;
  return {
    next: { ...session, plannedEndAt: after(from, minutes * MINUTE), warning: 'pending' },
    events: [{ kind: 'extended', step: session.step, minutes }],
  };
};

const pause = (session: Running, now: Date): Change => {
  const { plannedEndAt, ...rest } = session;
  return {
    next: { ...rest, state: 'paused', pausedAt: now, leftMs: between(now, plannedEndAt) },
    events: [{ kind: 'paused', step: session.step }],
  };
};

const resume = (session: Paused, now: Date): Change => {
  const { pausedAt: _pausedAt, leftMs, ...rest } = session;
  return {
    next: { ...rest, state: 'running', plannedEndAt: after(now, leftMs) },
    events: [{ kind: 'resumed', step: session.step }],
  };
};

const end = (session: Running | Paused, now: Date): Change => {
  const { id, cohortId, number, agenda, topicId, startedAt, version } = session;
  const turns = closeTurns(session.turns, now);
  return {
    next: { id, cohortId, number, agenda, topicId, startedAt, version, turns, state: 'ended', endedAt: now },
    events: [
      { kind: 'phase-left', step: session.step, phase: phaseOf(session), how: 'ended' },
      { kind: 'ended' },
    ],
  };
};

/** A warning that is late, early or for another phase changes nothing: the job that carried it was outlived. */
const warn = (session: Running, request: { from: number; plannedEndAt: Date }): Change => {
  const current =
    session.warning === 'pending' &&
    session.step === request.from &&
    session.plannedEndAt.getTime() === request.plannedEndAt.getTime();
  if (!current) return { next: session, events: [] };
  return { next: { ...session, warning: 'given' }, events: [{ kind: 'phase-warned', step: session.step }] };
};

const turn = (session: Running, request: TurnRequest, now: Date): Outcome<Change> => {
  const phase = phaseOf(session);
  if (!TALKING.has(phase)) return refuse({ code: 'not-a-talking-phase', phase });
  const turns = takeTurns(session.turns, request, now);
  if (!turns.ok) return turns;
  const personId = 'personId' in request ? request.personId : speaker(turns.value)?.personId;
  return allow({
    next: { ...session, turns: turns.value },
    events: [{ kind: 'turn-taken', what: request.kind, ...(personId ? { personId } : {}) }],
  });
};

const leave = (session: Running | Paused, personId: string, now: Date): Change => {
  const turns = leaveTurns(session.turns, personId, now);
  if (turns === session.turns) return { next: session, events: [] };
  return { next: { ...session, turns }, events: [{ kind: 'turns-closed', personId }] };
};

const whilePaused = (session: Paused, request: SessionRequest, now: Date): Outcome<Change> => {
  if (request.kind === 'resume') return allow(resume(session, now));
  if (request.kind === 'end') return allow(end(session, now));
  if (request.kind === 'warn') return allow({ next: session, events: [] });
  if (request.kind === 'leave') return allow(leave(session, request.personId, now));
  return refuse({ code: 'session-paused' });
};

const whileRunning = (session: Running, request: SessionRequest, now: Date): Outcome<Change> => {
  switch (request.kind) {
    case 'next':
      return forward(session, 'completed', now);
    case 'skip':
      return forward(session, 'skipped', now);
    case 'back':
      return backward(session, now);
    case 'extend':
      return allow(extend(session, request.minutes, now));
    case 'pause':
      return allow(pause(session, now));
    case 'resume':
      return refuse({ code: 'not-paused' });
    case 'end':
      return allow(end(session, now));
    case 'warn':
      return allow(warn(session, request));
    case 'turn':
      return turn(session, request.request, now);
    case 'leave':
      return allow(leave(session, request.personId, now));
  }
};

const meantForAnotherStep = (session: Running | Paused, request: SessionRequest): boolean =>
  request.kind !== 'warn' && 'from' in request && request.from !== undefined && request.from !== session.step;

/** The session after a request, with what came to pass; or why not. The only way in which a session changes. */
export const transition = (session: Session, request: SessionRequest, now: Date): Outcome<Change> => {
  if (session.state === 'ended') {
    return request.kind === 'warn' ? allow({ next: session, events: [] }) : refuse({ code: 'session-ended' });
  }
  if (meantForAnotherStep(session, request)) return refuse({ code: 'moved-on', phase: phaseOf(session) });
  return session.state === 'paused'
    ? whilePaused(session, request, now)
    : whileRunning(session, request, now);
};
