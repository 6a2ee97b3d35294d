/**
 * The turn queue: who asked to speak, who speaks, who has been heard.
 *
 * - Nobody is called a second time while somebody waits who has not been heard.
 * - One person speaks at a time, and each has at most one open turn: waiting or speaking.
 * - A pass costs nothing: it is kept as a pass, and never shown as something missing.
 */
import { allow, type Outcome, refuse } from './outcome.ts';

export type TurnState = 'waiting' | 'speaking' | 'done' | 'passed' | 'closed';

export interface Turn {
  readonly id: string;
  readonly personId: string;
  readonly state: TurnState;
  /** Place in the queue: smaller is earlier. */
  readonly place: number;
  readonly askedAt: Date;
  readonly beganAt?: Date;
  readonly endedAt?: Date;
}

export type Turns = readonly Turn[];

export type TurnRequest =
  | { readonly kind: 'raise'; readonly personId: string; readonly turnId: string }
  | { readonly kind: 'pass'; readonly personId: string; readonly turnId: string }
  | { readonly kind: 'later'; readonly personId: string; readonly turnId: string }
  | { readonly kind: 'done'; readonly personId: string }
  | { readonly kind: 'call' };

export const speaker = (turns: Turns): Turn | undefined => turns.find((turn) => turn.state === 'speaking');

const openTurnOf = (turns: Turns, personId: string): Turn | undefined =>
  turns.find((turn) => turn.personId === personId && (turn.state === 'waiting' || turn.state === 'speaking'));

/** People who have had a turn, or are having one. */
export const heard = (turns: Turns): ReadonlySet<string> =>
  new Set(
    turns.filter((turn) => turn.state === 'done' || turn.state === 'speaking').map((turn) => turn.personId),
  );

/** Those who wait, in the order in which they will be called: the not yet heard first, then by place. */
export const waiting = (turns: Turns): Turns => {
  const had = heard(turns);
  return turns
    .filter((turn) => turn.state === 'waiting')
    .toSorted((a, b) => Number(had.has(a.personId)) - Number(had.has(b.personId)) || a.place - b.place);
};

/** Of the people given, those who have neither had a turn in this session nor passed; `spoken` has been heard anyway. */
export const notYetHeard = (
  turns: Turns,
  people: readonly string[],
  spoken: ReadonlySet<string> = new Set(),
): readonly string[] => {
  const had = new Set([...heard(turns), ...spoken]);
  const passed = new Set(turns.filter((turn) => turn.state === 'passed').map((turn) => turn.personId));
  return people.filter((person) => !had.has(person) && !passed.has(person));
};

const nextPlace = (turns: Turns): number => turns.reduce((last, turn) => Math.max(last, turn.place), 0) + 1;

const replace = (turns: Turns, changed: Turn): Turns =>
  turns.map((turn) => (turn.id === changed.id ? changed : turn));

const endSpeaking = (turns: Turns, now: Date): Turns => {
  const speaking = speaker(turns);
  return speaking ? replace(turns, { ...speaking, state: 'done', endedAt: now }) : turns;
};

/** Ends every turn that is still open, as when the talking is over. */
export const closeTurns = (turns: Turns, now: Date): Turns =>
  endSpeaking(turns, now).map((turn) =>
    turn.state === 'waiting' ? { ...turn, state: 'closed', endedAt: now } : turn,
  );

/** Ends the open turns of somebody who leaves the group; the same queue when they have none. */
export const leaveTurns = (turns: Turns, personId: string, now: Date): Turns => {
  const own = openTurnOf(turns, personId);
  if (!own) return turns;
  return replace(turns, { ...own, state: own.state === 'speaking' ? 'done' : 'closed', endedAt: now });
};

interface Own {
  readonly personId: string;
  readonly turnId: string;
}

const newTurn = (turns: Turns, { personId, turnId }: Own, now: Date): Turn => ({
  id: turnId,
  personId,
  state: 'waiting',
  place: nextPlace(turns),
  askedAt: now,
});

const raise = (turns: Turns, request: Own, now: Date): Outcome<Turns> => {
  const own = openTurnOf(turns, request.personId);
  if (own) return refuse({ code: own.state === 'speaking' ? 'already-speaking' : 'hand-already-raised' });
  return allow([...turns, newTurn(turns, request, now)]);
};

const pass = (turns: Turns, request: Own, now: Date): Turns => {
  const own = openTurnOf(turns, request.personId);
  return own
    ? replace(turns, { ...own, state: 'passed', endedAt: now })
    : [...turns, { ...newTurn(turns, request, now), state: 'passed', endedAt: now }];
};

/** "Come back to me": to the end of the queue, also from the middle of one's own turn. */
const later = (turns: Turns, request: Own, now: Date): Turns => {
  const own = openTurnOf(turns, request.personId);
  if (!own) return [...turns, newTurn(turns, request, now)];
  const { beganAt: _began, ...unspoken } = own;
  return replace(turns, { ...unspoken, state: 'waiting', place: nextPlace(turns) });
};

const done = (turns: Turns, personId: string, now: Date): Outcome<Turns> =>
  speaker(turns)?.personId === personId ? allow(endSpeaking(turns, now)) : refuse({ code: 'not-speaking' });

const call = (turns: Turns, now: Date): Outcome<Turns> => {
  const freed = endSpeaking(turns, now);
  const [first] = waiting(freed);
  if (!first) return refuse({ code: 'nobody-waiting' });
  return allow(replace(freed, { ...first, state: 'speaking', beganAt: now }));
};

/** The queue after what a person asked of it, or why not. */
export const takeTurns = (turns: Turns, request: TurnRequest, now: Date): Outcome<Turns> => {
  switch (request.kind) {
    case 'raise':
      return raise(turns, request, now);
    case 'pass':
      return allow(pass(turns, request, now));
    case 'later':
      return allow(later(turns, request, now));
    case 'done':
      return done(turns, request.personId, now);
    case 'call':
      return call(turns, now);
  }
};
