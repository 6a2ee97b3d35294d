/** When the rooms of two people are open, when their session ends by itself, and what it counts as. */
import { describe, expect, it } from 'vitest';
import {
  beginIndividual,
  endedBy,
  endIndividual,
  individualAttendance,
  MOST_PAIRS,
  opensRooms,
  type Pair,
  pairFor,
  type RunningIndividual,
} from '../../src/core/individual.ts';
import type { Occurrence } from '../../src/core/occurrence.ts';
import type { Interval } from '../../src/core/presence.ts';
import { desiredRooms } from '../../src/core/rooms.ts';
import { aCohort, answer, at, member, person } from './given.ts';

const ANA = person('ana');
const LEA = person('lea');
const TWO = { person: ANA, therapist: LEA };

const meeting: Occurrence = {
  id: 'meeting',
  cohortId: 'cohort',
  wall: '2026-05-04T18:00',
  zone: 'Europe/Berlin',
  individual: TWO,
  startsAt: at(0),
  minutes: 50,
  revision: 0,
  changedAt: at(-100),
  version: 0,
  state: 'planned',
};

const session = (): RunningIndividual =>
  beginIndividual('session', 1, { cohortId: 'cohort', startsAt: at(0), minutes: 50, individual: TWO });

const stretch = (who: { readonly id: string }, from: number, to?: number): Interval => ({
  id: `${who.id}-${from}`,
  sessionId: 'session',
  personId: who.id,
  start: at(from),
  ...(to !== undefined && { end: at(to) }),
  seen: 'observed',
});

describe('the rooms of two people', () => {
  it.each([
    [-11, false],
    [-10, true],
    [50, true],
    [79, true],
    [80, false],
  ])('%i minutes after the start are open: %s', (minutes, open) => {
    expect(opensRooms(meeting, at(minutes))).toBe(open);
    expect(opensRooms({ ...meeting, state: 'held', sessionId: 'session' }, at(minutes))).toBe(open);
  });

  it('do not open for a time that is left out', () => {
    expect(opensRooms({ ...meeting, state: 'skipped', skippedFor: 'skip' }, at(0))).toBe(false);
  });

  it('bear the next number, and are the same for the same two', () => {
    const first: Pair = { cohortId: 'cohort', number: 3, ...TWO };
    expect(pairFor([first], 'cohort', TWO)).toMatchObject({ value: { pair: { number: 3 }, made: 'before' } });
    const other = pairFor([first], 'cohort', { person: ANA, therapist: person('cem') });
    expect(other).toMatchObject({ value: { pair: { number: 4 }, made: 'now' } });
  });

  it('are no more than Discord holds under one group', () => {
    const pairs = Array.from({ length: MOST_PAIRS }, (_, index) => ({
      cohortId: 'cohort',
      number: index + 1,
      person: person(`p${index}`),
      therapist: LEA,
    }));
    expect(answer(pairFor(pairs, 'cohort', TWO))).toBe('too-many-rooms');
  });

  const roomsOf = (open: boolean, signed = true, told = false) =>
    desiredRooms(
      aCohort({ coFacilitator: person('cem') }),
      [member('ana'), member('ben')],
      signed
        ? [
            {
              id: 's',
              membershipId: 'membership-ana',
              consentRound: 1,
              version: '1',
              sha256: 'text',
              locale: 'en',
              signedAt: at(-9),
              method: 'form',
            },
          ]
        : [],
      { sha256s: ['text'], consentRound: 1 },
      { pairs: [{ pair: { number: 3, ...TWO }, open, told }] },
    ).filter(({ number }) => number === 3);

  it('are seen by the two and by nobody else, bear neutral names, and hold the two', () => {
    const [text, voice] = roomsOf(true);
    expect(text).toMatchObject({ kind: 'one-to-one', name: 'one-to-one-3' });
    expect(voice).toMatchObject({ kind: 'one-to-one-voice', name: 'one-to-one-3-voice', seats: 3 });
    const guests = [
      { account: LEA.account, right: 'lead' },
      { account: ANA.account, right: 'join' },
    ];
    expect([text?.guests, voice?.guests]).toEqual([guests, guests]);
  });

  it('are only read by the therapist outside of their times, and are not made then', () => {
    for (const room of roomsOf(false)) {
      expect(room).toMatchObject({ guests: [{ account: LEA.account, right: 'read' }], idle: true });
    }
  });

  it('can be read by the participant, signed or not, where something was told to them; the voice room is not seen', () => {
    for (const signed of [true, false]) {
      const [text, voice] = roomsOf(false, signed, true);
      expect(text?.idle).toBeUndefined();
      expect(text?.guests).toEqual([
        { account: LEA.account, right: 'read' },
        { account: ANA.account, right: 'read' },
      ]);
      expect(voice).toMatchObject({ guests: [{ account: LEA.account }], idle: true });
    }
  });

  it('open to nobody who has not signed', () => {
    expect(roomsOf(true, false)[0]?.guests).toEqual([{ account: LEA.account, right: 'lead' }]);
  });
});

describe('a session of two', () => {
  it('does not end by itself before its planned end, even when nobody is there', () => {
    expect(endedBy(session(), [], at(49))).toBeUndefined();
  });

  it.each([
    ['nobody came', [], 50],
    ['both have left before', [stretch(ANA, 0, 40), stretch(LEA, 0, 45)], 50],
    ['one is there alone', [stretch(ANA, 0), stretch(LEA, 0, 30)], 50],
    ['they talked on, and one has left since', [stretch(ANA, 0), stretch(LEA, 0, 57)], 57],
  ])('ends at its planned end, or when the first leaves: %s', (_what, intervals, minutes) => {
    expect(endedBy(session(), intervals, at(60))).toEqual(at(minutes));
  });

  it('goes on while the two are both there', () => {
    expect(endedBy(session(), [stretch(ANA, 0), stretch(LEA, 2)], at(60))).toBeUndefined();
  });

  it('never ends later than its rooms close', () => {
    expect(endIndividual(session(), at(200))).toMatchObject({ value: { endedAt: at(80) } });
  });

  it('ends once', () => {
    const ended = endIndividual(session(), at(40));
    expect(ended).toMatchObject({ value: { state: 'ended', endedAt: at(40) } });
    expect(ended.ok && answer(endIndividual(ended.value, at(41)))).toBe('session-ended');
  });
});

describe('attendance of a session of two', () => {
  const counted = (intervals: readonly Interval[]) => {
    const ended = endIndividual(session(), at(50));
    if (!ended.ok) throw new Error('it did not end');
    return individualAttendance(ended.value, intervals, aCohort().policy);
  };

  it('counts the participant’s time within it', () => {
    expect(counted([stretch(ANA, -5, 55), stretch(LEA, 0, 50)])).toMatchObject({
      status: 'present',
      minutes: 50,
    });
  });

  it('is a no-show only when the therapist was there', () => {
    expect(counted([stretch(LEA, 0, 50)])).toMatchObject({ status: 'no-show' });
    expect(counted([])).toMatchObject({ status: 'cancelled' });
    expect(counted([stretch(ANA, 0, 50)])).toMatchObject({ status: 'cancelled', minutes: 50 });
  });
});
