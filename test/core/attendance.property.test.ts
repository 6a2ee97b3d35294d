/** Attendance and presence against an oracle that knows no intervals: it counts second by second. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendanceOf, stayWithin } from '../../src/core/attendance.ts';
import {
  type Beginning,
  type Interval,
  leave,
  type PresenceChange,
  reconcilePresence,
} from '../../src/core/presence.ts';
import { count, statusByTicks, type Ticks } from './by-ticks.ts';
import { START } from './given.ts';

const second = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
const seconds = (ms: number): number => ms / 1_000;

const policy = fc.record({
  lateAfterMinutes: fc.integer({ min: 0, max: 4 }),
  partialBelowPercent: fc.constantFrom(0, 25, 50, 75, 100),
});

const expectSame = (
  intervals: readonly Interval[],
  ticks: Ticks,
  rule: { lateAfterMinutes: number; partialBelowPercent: number },
) => {
  const stay = stayWithin(intervals, { startedAt: second(0), endedAt: second(ticks.length) });
  expect([seconds(stay.observed), seconds(stay.unobserved)]).toEqual([
    count(ticks, 'observed'),
    count(ticks, 'unobserved'),
  ]);
  expect(attendanceOf(stay, rule)).toMatchObject({
    status: statusByTicks(ticks, rule),
    minutes: Math.floor(count(ticks, 'observed') / 60),
    unobservedMinutes: Math.floor(count(ticks, 'unobserved') / 60),
  });
};

describe('any stretches of presence', () => {
  const stretch = fc.record({
    from: fc.integer({ min: -100, max: 700 }),
    lasts: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
    seen: fc.constantFrom('observed' as const, 'unobserved' as const),
  });

  it('give the minutes and the status that counting every second gives', () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 8, size: 'max' }),
        fc.integer({ min: 1, max: 600 }),
        policy,
        (stretches, length, rule) => {
          const ticks = Array.from({ length }, (_, tick) => {
            const there = stretches.filter(
              ({ from, lasts = Infinity }) => from <= tick && tick < from + lasts,
            );
            if (there.length === 0) return 'away';
            return there.some(({ seen }) => seen === 'observed') ? 'observed' : 'unobserved';
          });
          const intervals = stretches.map(
            ({ from, lasts, seen }, index): Interval => ({
              id: `${index}`,
              sessionId: 'session',
              personId: 'ana',
              start: second(from),
              ...(lasts === undefined ? {} : { end: second(from + lasts) }),
              seen,
            }),
          );
          expectSame(intervals, ticks, rule);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const PEOPLE = ['ana', 'ben', 'cleo'] as const;
type Name = (typeof PEOPLE)[number];
const HEARTBEAT = 15;

/** What happens in one second: somebody goes through the door, is seen once more, or Hearth is killed or started. */
type Deed = { readonly kind: 'door' | 'stir'; readonly name: Name } | { readonly kind: 'kill' | 'start' };

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constantFrom('door', 'door', 'door', 'stir'),
      name: fc.constantFrom(...PEOPLE),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('kill', 'start') }) },
);

/** Deeds by the second in which they happen. */
type Story = ReadonlyMap<number, Deed>;
const LENGTH = 420;
const story: fc.Arbitrary<Story> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: LENGTH - 1 }), anyDeed), { maxLength: 40, size: 'max' })
  .map((entries) => new Map(entries));

/** Hearth as the use cases run it: the rules of presence over a table of intervals, and a heartbeat. */
const playHearth = (tale: Story): readonly Interval[] => {
  let table: readonly Interval[] = [];
  let up = true;
  let lastObserved: Date | undefined;
  const room = new Set<Name>();
  const open = () => table.filter(({ end }) => end === undefined);
  const write = ({ ends, begins }: PresenceChange) => {
    const endOf = new Map(ends.map((ending) => [ending.intervalId, ending.at]));
    const ended = (interval: Interval): Interval => {
      const end = endOf.get(interval.id);
      return end ? { ...interval, end } : interval;
    };
    const named = (beginning: Beginning, index: number): Interval => ({
      ...beginning,
      id: `${table.length + index}`,
      sessionId: 'session',
    });
    table = [...table.map(ended), ...begins.map(named)];
  };
  const reconcile = (observed: Date | undefined, now: Date) =>
    write(reconcilePresence({ open: open(), present: [...room], lastObserved: observed, now }));
  const wake = (now: Date) => {
    up = true;
    reconcile(lastObserved, now);
    lastObserved = now;
  };
  for (let tick = 0; tick < LENGTH; tick += 1) {
    const now = second(tick);
    const deed = tale.get(tick);
    if (up && tick % HEARTBEAT === 0) lastObserved = now;
    if (deed?.kind === 'door' && !room.delete(deed.name)) room.add(deed.name);
    if (deed?.kind === 'kill') up = false;
    // Whatever is told by the gateway is seen with nothing missed; a start alone knows of a gap.
    if (up && (deed?.kind === 'door' || deed?.kind === 'stir')) reconcile(now, now);
    if (deed?.kind === 'start' && !up) wake(now);
  }
  if (!up) wake(second(LENGTH));
  write(leave({ open: open(), lastObserved: second(LENGTH), now: second(LENGTH) }));
  return table;
};

/** What can be known of one person, told second by second without any interval. */
const tellTicks = (tale: Story, name: Name): Ticks => {
  const ticks: Ticks[number][] = [];
  let there = false;
  let up = true;
  let looked = 0;
  let thereWhenKilled = false;
  let cameAt = 0;
  const wake = (tick: number) => {
    for (let gap = Math.max(looked, cameAt); thereWhenKilled && gap < tick; gap += 1) {
      ticks[gap] = there ? 'unobserved' : 'away';
    }
    up = true;
    thereWhenKilled = false;
    looked = tick;
    cameAt = tick;
  };
  for (let tick = 0; tick < LENGTH; tick += 1) {
    if (up && tick % HEARTBEAT === 0) looked = tick;
    const deed = tale.get(tick);
    if (deed?.kind === 'door' && deed.name === name) {
      there = !there;
      if (up && there) cameAt = tick;
    }
    if (deed?.kind === 'kill' && up) {
      up = false;
      thereWhenKilled = there;
    }
    if (deed?.kind === 'start' && !up) wake(tick);
    ticks[tick] = up && there ? 'observed' : 'away';
  }
  if (!up) wake(LENGTH);
  return ticks;
};

describe('any comings, goings and restarts', () => {
  it('give each person the minutes and the status that counting every second gives', () => {
    fc.assert(
      fc.property(story, policy, (tale, rule) => {
        const table = playHearth(tale);
        for (const name of PEOPLE) {
          const own = table.filter(({ personId }) => personId === name);
          expectSame(own, tellTicks(tale, name), rule);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never leave a person with two stretches at the same time', () => {
    fc.assert(
      fc.property(story, (tale) => {
        const table = playHearth(tale);
        for (const name of PEOPLE) {
          const own = table
            .filter(({ personId }) => personId === name)
            .toSorted((a, b) => a.start.getTime() - b.start.getTime());
          own.slice(1).forEach((interval, index) => {
            expect(own[index]?.end?.getTime()).toBeLessThanOrEqual(interval.start.getTime());
          });
          expect(own.every(({ start, end }) => end !== undefined && start <= end)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
