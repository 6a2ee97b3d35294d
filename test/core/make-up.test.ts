/** From a missed session to its credit: every state, and everything that may be asked in it. */
import { describe, expect, it } from 'vitest';
import {
  changeMakeUp,
  isMissed,
  type MakeUp,
  type MakeUpRequest,
  type MakeUpState,
  type Offer,
  outcomeOf,
} from '../../src/core/make-up.ts';
import { at, person } from './given.ts';

const offer: Offer = {
  kind: 'individual',
  startsAt: at(100),
  minutes: 50,
  therapist: person('lea'),
  by: 'account-lea',
  at: at(0),
};

const missed = {
  id: 'make-up',
  cohortId: 'cohort',
  person: person('ana'),
  attendanceId: 'attendance',
  sessionId: 'session',
  sessionNumber: 4,
  dueSince: at(-10),
  version: 0,
};
const told = { ...missed, offer, answeredAt: at(1) };

const IN: Readonly<Record<MakeUpState, MakeUp>> = {
  due: { ...missed, state: 'due' },
  'not-needed': { ...missed, state: 'not-needed' },
  offered: { ...missed, state: 'offered', offer },
  declined: { ...told, state: 'declined' },
  booked: { ...told, state: 'booked', occurrenceId: 'meeting' },
  missed: { ...told, state: 'missed', occurrenceId: 'meeting' },
  held: { ...told, state: 'held', occurrenceId: 'meeting', minutes: 48 },
};

const ASKED: Readonly<Record<string, MakeUpRequest>> = {
  miss: { kind: 'miss' },
  'attend-after-all': { kind: 'attend-after-all' },
  offer: { kind: 'offer', offer: { ...offer, at: at(2), startsAt: at(200) } },
  accept: { kind: 'accept', occurrenceId: 'meeting' },
  decline: { kind: 'decline' },
  moved: { kind: 'moved', startsAt: at(300) },
  attended: { kind: 'attended', minutes: 48 },
  'not-attended': { kind: 'not-attended' },
  'fell-through': { kind: 'fell-through' },
};

const GONE = 'offer-is-gone';
const DONE = 'made-up-already';
const NO = 'not-needed';

/** Rows are states, columns requests in the order of `ASKED`; what stands is the next state or the refusal. */
const TABLE: Readonly<Record<MakeUpState, readonly string[]>> = {
  due: ['due', NO, 'offered', GONE, GONE, 'due', 'due', 'due', 'due'],
  'not-needed': ['due', NO, 'nothing-to-make-up', GONE, GONE, NO, NO, NO, NO],
  offered: ['offered', NO, 'offered', 'booked', 'declined', 'due', 'offered', 'offered', 'due'],
  declined: ['declined', NO, 'offered', GONE, GONE, 'declined', 'declined', 'declined', 'declined'],
  booked: ['booked', NO, 'make-up-booked', GONE, GONE, 'booked', 'held', 'missed', 'due'],
  missed: ['missed', NO, 'offered', GONE, GONE, 'missed', 'missed', 'missed', 'missed'],
  held: ['held', 'held', DONE, GONE, GONE, 'held', 'held', 'held', 'held'],
};

const next = (makeUp: MakeUp, request: MakeUpRequest, now = at(5)): string => {
  const changed = changeMakeUp(makeUp, request, now);
  return changed.ok ? changed.value.state : changed.refusal.code;
};

describe('a make-up', () => {
  it.each(Object.entries(TABLE))('that is %s', (state, row) => {
    const makeUp = Object.values(IN).find((each) => each.state === state);
    const answers = makeUp && Object.values(ASKED).map((request) => next(makeUp, request));
    expect(answers).toEqual(row);
  });

  it('is not booked by an answer to an earlier offer, nor when its time has come', () => {
    const accept = { kind: 'accept', occurrenceId: 'meeting' } as const;
    expect(next(IN.offered, { ...accept, offeredAt: at(-1) })).toBe(GONE);
    expect(next(IN.offered, { ...accept, offeredAt: at(0) })).toBe('booked');
    expect(next(IN.offered, accept, at(100))).toBe(GONE);
  });

  it('is not offered for a time that is over', () => {
    expect(next(IN.due, { kind: 'offer', offer }, at(100))).toBe('move-into-the-past');
  });

  it('follows a meeting that is moved', () => {
    const moved = changeMakeUp(IN.booked, { kind: 'moved', startsAt: at(300) }, at(5));
    expect(moved).toMatchObject({ value: { offer: { startsAt: at(300) } } });
  });
});

describe('what is missed, and what makes up for it', () => {
  it('is a session to which somebody did not come, with or without a word before', () => {
    expect((['no-show', 'excused', 'partial', 'cancelled', 'made-up'] as const).filter(isMissed)).toEqual([
      'no-show',
      'excused',
    ]);
  });

  it('is being there; a part is not enough, and what the programme did not keep is due again', () => {
    expect(outcomeOf('late', 40)).toEqual({ kind: 'attended', minutes: 40 });
    expect(outcomeOf('partial', 10)).toEqual({ kind: 'not-attended' });
    expect(outcomeOf('no-show', 0)).toEqual({ kind: 'not-attended' });
    expect(outcomeOf('cancelled', 50)).toEqual({ kind: 'fell-through' });
  });
});
