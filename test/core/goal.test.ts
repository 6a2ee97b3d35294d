/** On which day a goal may be looked at again. */
import { describe, expect, it } from 'vitest';
import { reviewDate } from '../../src/core/goal.ts';
import { answer } from './given.ts';

const LATE_EVENING = new Date('2026-05-04T22:30:00Z');
const asked = (written: string, zone = 'UTC') => answer(reviewDate(written, LATE_EVENING, zone));

describe('the day on which a goal is to be reviewed', () => {
  it('is ahead', () => {
    expect(reviewDate('2026-05-05', LATE_EVENING, 'UTC')).toEqual({ ok: true, value: '2026-05-05' });
    expect(asked('2026-05-04')).toBe('date-not-ahead');
    expect(asked('1999-12-31')).toBe('date-not-ahead');
  });

  it('is ahead of today where the cohort is', () => {
    expect(asked('2026-05-05', 'Europe/Berlin')).toBe('date-not-ahead');
    expect(asked('2026-05-04', 'America/New_York')).toBe('date-not-ahead');
    expect(asked('2026-05-05', 'America/New_York')).toBe('allowed');
  });

  it.each(['2027-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-06-31'])(
    'is in the calendar, unlike %s',
    (written) => {
      expect(asked(written)).toBe('no-such-date');
    },
  );

  it('may be the 29th of February in a leap year', () => {
    expect(asked('2028-02-29')).toBe('allowed');
  });

  it.each([
    '',
    'tomorrow',
    '5 May',
    '2026-5-5',
    '05.05.2026',
    '2026-05-05T00:00',
    '+002026-05-05',
    '２０２６-05-05',
  ])('is written as year, month and day, unlike %j', (written) => {
    expect(asked(written)).toBe('no-such-date');
  });
});
