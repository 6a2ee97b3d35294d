/** Whatever a rule is, and however its cycle is cut into pieces, the same meetings come of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zones } from '../../src/adapters/temporal/zones.ts';
import { meetingsBetween, meetingsOf, type Rule, type Slot } from '../../src/core/schedule.ts';
import { addDays, dateOf, isDate, WEEKDAYS } from '../../src/core/wall-time.ts';

const two = (number: number): string => String(number).padStart(2, '0');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map(([hour, minutes]) => `${two(hour)}:${two(minutes)}`);

const weekly: fc.Arbitrary<Slot> = fc.record({
  kind: fc.constant('weekly' as const),
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  times: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }).map((times) => times.toSorted()),
});
const cron: fc.Arbitrary<Slot> = fc
  .constantFrom('0 18 * * 1,3', '30 2 * * *', '0 0 * * 0', '0 23 * * 6', '0 18 L * *', '15 9 * * 1#2')
  .map((expression) => ({ kind: 'cron', expression }));

// In Nuuk clocks go forward from the last hour of a Saturday into its Sunday.
const zone = fc.constantFrom(
  'Europe/Madrid',
  'America/New_York',
  'America/Nuuk',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'America/Santiago',
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    slots: fc.array(fc.oneof(weekly, cron), { minLength: 1, maxLength: 3 }),
    minutes: fc.constantFrom(60 as const, 75 as const, 90 as const),
    zone,
    start: fc.integer({ min: 0, max: 700 }),
    days: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ start, days, ...rest }) => {
    const firstDate = addDays('2026-01-01', start);
    return { ...rest, firstDate, lastDate: addDays(firstDate, days) };
  });

const pieces = ({ firstDate, lastDate }: Rule, lengths: readonly number[]) => {
  const cut: { from: string; to: string }[] = [];
  let from = firstDate;
  for (let index = 0; from <= lastDate; index += 1) {
    const to = addDays(from, lengths[index % lengths.length] ?? 0);
    cut.push({ from, to });
    from = addDays(to, 1);
  }
  return cut;
};

describe('the meetings of a rule', () => {
  it('are the same however its cycle is cut into pieces', () => {
    fc.assert(
      fc.property(rule, fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 }), (given, lengths) => {
        const together = pieces(given, lengths).flatMap((piece) => meetingsBetween(given, piece, zones));
        expect(together).toEqual(meetingsOf(given, zones));
      }),
      { numRuns: 150 },
    );
  });

  it('come in order, none twice, and each on a day of the cycle', () => {
    fc.assert(
      fc.property(rule, (given) => {
        const meetings = meetingsOf(given, zones);
        for (const [index, { at, wall }] of meetings.entries()) {
          const next = meetings[index + 1];
          if (next) expect(next.at.getTime()).toBeGreaterThan(at.getTime());
          expect(dateOf(wall) >= given.firstDate && dateOf(wall) <= given.lastDate).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('begin when the clocks of the zone show the time that was named, unless it does not exist that day', () => {
    fc.assert(
      fc.property(rule, (given) => {
        for (const { at, wall, change } of meetingsOf(given, zones)) {
          if (change === 'moved') expect(zones.wall(at, given.zone) > wall).toBe(true);
          else expect(zones.wall(at, given.zone)).toBe(wall);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a day', () => {
  it('is one of the calendar, or is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (days) => {
        expect(isDate(addDays('1900-01-01', days))).toBe(true);
      }),
    );
    for (const none of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '10000-01-01', '']) {
      expect(isDate(none)).toBe(false);
    }
  });
});
