/** Sessions of any agenda, of which anything is asked in any order. */
import fc from 'fast-check';
import { type Agenda, PHASES } from '../../src/core/agenda.ts';
import {
  openSession,
  type Session,
  type SessionEvent,
  type SessionRequest,
  transition,
} from '../../src/core/session.ts';
import { MINUTE } from '../../src/core/time.ts';
import { START } from './given.ts';

/** A request as it is imagined before the session to which it is put is known. */
type Imagined = (session: Session, index: number) => SessionRequest;
export interface Ask {
  readonly imagined: Imagined;
  /** Since the last request, in milliseconds. */
  readonly waited: number;
}

const stepOf = (session: Session): number => (session.state === 'ended' ? 0 : session.step);

/** The step for which a button was made: none, the right one, or one that was left. */
const from = fc.constantFrom<(session: Session) => { from?: number }>(
  () => ({}),
  (session) => ({ from: stepOf(session) }),
  (session) => ({ from: stepOf(session) + 1 }),
);

const moving = fc.record({ kind: fc.constantFrom('next', 'next', 'skip', 'back'), from }).map(
  ({ kind, from: made }): Imagined =>
    (session) => ({ kind, ...made(session) }),
);

const extending = fc.record({ minutes: fc.integer({ min: 1, max: 30 }), from }).map(
  ({ minutes, from: made }): Imagined =>
    (session) => ({ kind: 'extend', minutes, ...made(session) }),
);

const pausing = fc.constantFrom('pause', 'resume', 'resume').map(
  (kind): Imagined =>
    () => ({ kind }),
);

const ending = fc.constant<Imagined>(() => ({ kind: 'end' }));

const warning = fc.boolean().map(
  (timely): Imagined =>
    (session) => ({
      kind: 'warn',
      from: stepOf(session),
      plannedEndAt: session.state === 'running' && timely ? session.plannedEndAt : START,
    }),
);

const personId = fc.constantFrom('ana', 'ben', 'cleo', 'dan');

const hand = fc.record({ kind: fc.constantFrom('raise', 'raise', 'pass', 'later'), personId }).map(
  (request): Imagined =>
    (_session, index) => ({ kind: 'turn', request: { ...request, turnId: `turn-${index}` } }),
);

const floor = fc.oneof(
  fc.constant<Imagined>(() => ({ kind: 'turn', request: { kind: 'call' } })),
  personId.map(
    (who): Imagined =>
      () => ({ kind: 'turn', request: { kind: 'done', personId: who } }),
  ),
);

const leaving = personId.map(
  (who): Imagined =>
    () => ({ kind: 'leave', personId: who }),
);

type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Imagined> };

/** Up to eighty requests, each up to twelve minutes after the last. */
const asksOf = (...kinds: readonly Weighted[]): fc.Arbitrary<readonly Ask[]> =>
  fc.array(fc.record({ imagined: fc.oneof(...kinds), waited: fc.integer({ min: 0, max: 12 * MINUTE }) }), {
    maxLength: 80,
    size: 'max',
  });

/** Everything, and mostly what staff do. */
export const asks = asksOf(
  { weight: 8, arbitrary: moving },
  { weight: 4, arbitrary: extending },
  { weight: 6, arbitrary: pausing },
  { weight: 1, arbitrary: ending },
  { weight: 5, arbitrary: warning },
  { weight: 6, arbitrary: hand },
  { weight: 4, arbitrary: floor },
  { weight: 1, arbitrary: leaving },
);

/** Mostly talk: hands, turns and passes, with a change of phase now and then. */
export const talk = asksOf(
  { weight: 30, arbitrary: hand },
  { weight: 20, arbitrary: floor },
  { weight: 3, arbitrary: leaving },
  { weight: 2, arbitrary: moving },
  { weight: 1, arbitrary: pausing },
);

/** A session that is nearly all talk. */
export const talking: fc.Arbitrary<Agenda> = fc.constant([
  { phase: 'topic', minutes: 20 },
  { phase: 'discussion', minutes: 40 },
  { phase: 'exercise', minutes: 20 },
  { phase: 'reflection', minutes: 10 },
]);

/** From welcome to reflection, with any phases between them. */
export const agenda: fc.Arbitrary<Agenda> = fc
  .uniqueArray(fc.constantFrom(...PHASES.slice(1, -1)), { maxLength: 6 })
  .chain((middle) =>
    fc.tuple(
      ...['welcome' as const, ...middle, 'reflection' as const].map((phase) =>
        fc.record({ phase: fc.constant(phase), minutes: fc.integer({ min: 1, max: 55 }) }),
      ),
    ),
  );

/** One request that was allowed: what stood before and after it, and what it told. */
export interface Move {
  readonly request: SessionRequest;
  readonly before: Session;
  readonly after: Session;
  readonly events: readonly SessionEvent[];
  readonly now: Date;
}

export interface Played {
  readonly log: readonly SessionEvent[];
  readonly moves: readonly Move[];
}

/** Opens a session and puts each request to it as it then stands; what is refused leaves no trace. */
export const play = (steps: Agenda, list: readonly Ask[]): Played => {
  const opened = openSession({ id: 's', cohortId: 'c', number: 3, agenda: steps, topicId: 't' }, START);
  let session: Session = opened.next;
  let now = START;
  const moves: Move[] = [];
  for (const [index, ask] of list.entries()) {
    now = new Date(now.getTime() + ask.waited);
    const request = ask.imagined(session, index);
    const outcome = transition(session, request, now);
    if (!outcome.ok) continue;
    const { next, events } = outcome.value;
    moves.push({ request, before: session, after: next, events, now });
    session = next;
  }
  return { log: [...opened.events, ...moves.flatMap(({ events }) => events)], moves };
};
