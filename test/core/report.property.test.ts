/** Minutes by day and week against an oracle that knows no stretches: it asks each third of a minute which day it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zones } from '../../src/adapters/temporal/zones.ts';
import type { Interval } from '../../src/core/presence.ts';
import { type ReportFacts, reportOf } from '../../src/core/report.ts';
import type { Ended } from '../../src/core/session.ts';
import { member } from './given.ts';

const TICK = 20_000;

/** A zone with a day on which its clocks are turned; in some of them at midnight, so that the day begins later. */
const TURNS = [
  ['Europe/Madrid', '2026-10-25'],
  ['Europe/Madrid', '2027-03-28'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Santiago', '2026-09-06'],
  ['America/Havana', '2026-11-01'],
  ['Africa/Cairo', '2026-04-24'],
  ['Asia/Kathmandu', '2026-05-05'],
] as const;

const dayOf = (zone: string): ((at: number) => string) => {
  // Sweden writes its days as 2026-05-31.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return (at) => format.format(at);
};

interface Visit {
  /** In ticks from the session's start. */
  readonly from: number;
  readonly lasts: number;
  readonly seen: Interval['seen'];
}
interface Sitting {
  /** Ticks from the end of the one before. */
  readonly gap: number;
  readonly lasts: number;
  readonly visits: readonly Visit[];
}

const visit = fc.record({
  from: fc.integer({ min: -30, max: 700 }),
  lasts: fc.integer({ min: 1, max: 500 }),
  seen: fc.constantFrom('observed' as const, 'unobserved' as const),
});
const sitting = fc.record({
  gap: fc.integer({ min: 0, max: 2_500 }),
  lasts: fc.integer({ min: 1, max: 720 }),
  visits: fc.array(visit, { maxLength: 4 }),
});

interface Laid {
  readonly sessions: readonly Ended[];
  readonly intervals: readonly Interval[];
}

const lay = (sittings: readonly Sitting[], begin: number): Laid => {
  const sessions: Ended[] = [];
  const intervals: Interval[] = [];
  let at = begin;
  for (const [index, { gap, lasts, visits }] of sittings.entries()) {
    const start = at + gap * TICK;
    at = start + lasts * TICK;
    const id = `session-${index}`;
    sessions.push({
      ...{ id, cohortId: 'cohort', number: index + 1, agenda: [], topicId: 'topic', turns: [], version: 0 },
      startedAt: new Date(start),
      endedAt: new Date(at),
      state: 'ended',
    });
    visits.forEach((each, number) => {
      const from = start + each.from * TICK;
      intervals.push({
        id: `${id}-${number}`,
        sessionId: id,
        personId: 'person-ana',
        start: new Date(from),
        end: new Date(from + each.lasts * TICK),
        seen: each.seen,
      });
    });
  }
  return { sessions, intervals };
};

interface Told {
  observed: number;
  unobserved: number;
}

/** Ticks of each day in which she was there. */
const tellTicks = ({ sessions, intervals }: Laid, zone: string): ReadonlyMap<string, Told> => {
  const day = dayOf(zone);
  const days = new Map<string, Told>();
  for (const { id, startedAt, endedAt } of sessions) {
    for (let at = startedAt.getTime(); at < endedAt.getTime(); at += TICK) {
      const there = intervals.filter(
        ({ sessionId, start, end }) =>
          sessionId === id && start.getTime() <= at && at < (end?.getTime() ?? Infinity),
      );
      if (there.length === 0) continue;
      const told = days.get(day(at)) ?? { observed: 0, unobserved: 0 };
      days.set(day(at), told);
      if (there.some(({ seen }) => seen === 'observed')) told.observed += 1;
      else told.unobserved += 1;
    }
  }
  return days;
};

const mondayBefore = (date: string): string => {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
};

describe('any sessions around a day on which clocks are turned', () => {
  it('give the minutes, the weeks and the full days that counting gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TURNS),
        fc.array(sitting, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 15, max: 240 }),
        fc.integer({ min: 0, max: 4_320 }),
        ([zone, turned], sittings, dayMinutes, before) => {
          const laid = lay(sittings, Date.parse(`${turned}T00:00:00Z`) - before * TICK);
          const facts: ReportFacts = {
            period: { from: '2026-01-01', to: '2027-06-30' },
            ...{ zone, settings: { hoursPerWeek: 9, dayMinutes }, ...laid },
            ...{
              attendances: [],
              individual: [],
              madeUp: [],
              attested: new Set<string>(),
              occurrences: [],
              codes: new Map(),
            },
            roster: [member('ana')],
          };
          const from = mondayBefore(turned);
          const period = {
            from,
            to: new Date(Date.parse(from) + 20 * 86_400_000).toISOString().slice(0, 10),
          };
          const early = new Date(Date.parse(from) - 7 * 86_400_000).toISOString().slice(0, 10);
          const [ana] = reportOf({ ...facts, period: { ...period, from: early } }, zones).people;
          const days = [...tellTicks(laid, zone)].toSorted(([a], [b]) => a.localeCompare(b));
          const expected = days
            .map(([date, { observed, unobserved }]) => ({
              date,
              minutes: Math.floor(observed / 3),
              unobservedMinutes: Math.floor(unobserved / 3),
              full: observed + unobserved >= dayMinutes * 3,
            }))
            .filter(({ minutes, unobservedMinutes }) => minutes + unobservedMinutes > 0);
          expect(ana?.weeks.flatMap((week) => week.days)).toEqual(expected);
          for (const week of ana?.weeks ?? []) {
            const own = expected.filter(({ date }) => mondayBefore(date) === week.monday);
            expect(week.minutes).toBe(own.reduce((sum, { minutes }) => sum + minutes, 0));
            expect(week.fullDays).toBe(own.filter(({ full }) => full).length);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
