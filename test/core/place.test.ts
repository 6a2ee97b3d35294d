/** Who has confirmed where they are, for one session and no other. */
import { describe, expect, it } from 'vitest';
import { type PlaceHow, placesNow } from '../../src/core/place.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';

const STARTS = new Date('2026-05-04T16:00:00.000Z');
const later = (ms: number): Date => new Date(STARTS.getTime() + ms);
const PEOPLE = ['ana', 'ben', 'cleo'].map((id) => ({ id, account: `@${id}` }));
const mark = (personId: string, how: PlaceHow, at: Date) => ({ personId, how, at });

describe('an answer', () => {
  it('holds for the session from an hour before on, and not for one before', () => {
    const marks = [
      mark('ana', 'private', later(-HOUR)),
      mark('ben', 'private', later(-HOUR - 1)),
      mark('cleo', 'private', later(20 * MINUTE)),
    ];
    expect(placesNow(PEOPLE, marks, { startsAt: STARTS, away: [] })).toEqual({
      confirmed: ['@ana', '@cleo'],
      passed: [],
      notYet: ['@ben'],
    });
  });

  it('is no confirmation where others may hear, and a pass is a pass', () => {
    const marks = [mark('ana', 'not-private', STARTS), mark('ben', 'passed', STARTS)];
    expect(placesNow(PEOPLE, marks, { startsAt: STARTS, away: [] })).toEqual({
      confirmed: [],
      passed: ['@ben'],
      notYet: ['@ana', '@cleo'],
    });
  });

  it('is not waited for of whoever cannot come, and counts when they give it all the same', () => {
    const marks = [mark('ana', 'private', STARTS)];
    expect(placesNow(PEOPLE, marks, { startsAt: STARTS, away: ['ana', 'ben'] })).toEqual({
      confirmed: ['@ana'],
      passed: [],
      notYet: ['@cleo'],
    });
  });
});
