/** Minutes and statuses, example by example. */
import { describe, expect, it } from 'vitest';
import { type Attendance, attendanceOf, currentStatus, stayWithin } from '../../src/core/attendance.ts';
import { confidential } from '../../src/core/confidential.ts';
import type { Interval } from '../../src/core/presence.ts';
import { at } from './given.ts';

const WINDOW = { startedAt: at(0), endedAt: at(60) };
const POLICY = { lateAfterMinutes: 10, partialBelowPercent: 75 };

type Stretch = readonly [from: number, to: number | undefined, seen?: Interval['seen']];

const intervals = (stretches: readonly Stretch[]): readonly Interval[] =>
  stretches.map(([from, to, seen = 'observed'], index) => ({
    id: `interval-${index}`,
    sessionId: 'session',
    personId: 'ana',
    start: at(from),
    ...(to === undefined ? {} : { end: at(to) }),
    seen,
  }));

/** What stretches from one minute to another count as in a session of an hour. */
const attended = (...stretches: readonly Stretch[]) =>
  attendanceOf(stayWithin(intervals(stretches), WINDOW), POLICY);

const statusOf = (...stretches: readonly Stretch[]) => attended(...stretches).status;

describe('the minutes of a person', () => {
  it('count within the session only', () => {
    expect(attended([-20, 80]).minutes).toBe(60);
    expect(attended([-20, -10], [70, 80])).toMatchObject({ minutes: 0, status: 'no-show' });
  });

  it('last until the end for somebody who is still there', () => {
    expect(attended([30, undefined]).minutes).toBe(30);
  });

  it('add up over leaving and coming back', () => {
    expect(attended([0, 20], [25, 40], [41, 60]).minutes).toBe(54);
  });

  it('count once where stretches overlap, as with two devices', () => {
    expect(attended([0, 30], [10, 20], [20, 45]).minutes).toBe(45);
  });

  it('are whole, and rounded down', () => {
    expect(attended([0, 0.5], [1, 45.9])).toMatchObject({ minutes: 45 });
  });

  it('are kept apart where Hearth could not see, and are observed where it could as well', () => {
    expect(attended([0, 20], [15, 30, 'unobserved'], [30, 60])).toMatchObject({
      minutes: 50,
      unobservedMinutes: 10,
    });
  });
});

describe('a status', () => {
  it('is present for somebody who was there from start to end', () => {
    expect(statusOf([0, 60])).toBe('present');
  });

  it('is late from the policy’s minute on, and not a moment before', () => {
    expect(statusOf([9.99, 60])).toBe('present');
    expect(statusOf([10, 60])).toBe('late');
    expect(attended([12.5, 60]).lateMinutes).toBe(12);
  });

  it('is not late for somebody who is punctual to the planned time of a session that was opened early', () => {
    const early = { ...WINDOW, expectedAt: at(10) };
    const from = (minute: number) => attendanceOf(stayWithin(intervals([[minute, 60]]), early), POLICY);
    expect(from(10)).toMatchObject({ status: 'present', lateMinutes: 0 });
    expect(from(5)).toMatchObject({ status: 'present', lateMinutes: 0 });
    expect(from(14)).toMatchObject({ status: 'present', lateMinutes: 4 });
    expect(attendanceOf(stayWithin([], early), POLICY).status).toBe('no-show');
  });

  it('is left-early beyond the policy’s minutes before the end', () => {
    expect(statusOf([0, 50])).toBe('present');
    expect(statusOf([0, 49.99])).toBe('left-early');
  });

  it('is partial below the policy’s share of the session, before it is late or left-early', () => {
    expect(statusOf([0, 20], [35, 60])).toBe('present');
    expect(statusOf([0, 20], [35.1, 60])).toBe('partial');
    expect(statusOf([20, 60])).toBe('partial');
    expect(statusOf([0, 40])).toBe('partial');
  });

  it('is late rather than left-early for somebody who was both', () => {
    expect(
      attendanceOf(stayWithin(intervals([[12, 48]]), WINDOW), { ...POLICY, partialBelowPercent: 50 }),
    ).toMatchObject({ status: 'late' });
  });

  it('is no-show for somebody who was never there', () => {
    expect(attended()).toEqual({ status: 'no-show', minutes: 0, unobservedMinutes: 0, lateMinutes: 0 });
  });

  it('counts what Hearth could not see in the person’s favour', () => {
    expect(statusOf([0, 20], [20, 45, 'unobserved'], [45, 60])).toBe('present');
    expect(statusOf([0, 5, 'unobserved'], [5, 60])).toBe('present');
  });

  it('has no opinion on a session that ended as it began', () => {
    const nothing = stayWithin(intervals([[0, undefined]]), { startedAt: at(0), endedAt: at(0) });
    expect(attendanceOf(nothing, POLICY)).toMatchObject({ status: 'no-show', minutes: 0 });
  });
});

describe('a correction', () => {
  it('counts instead of what was computed, which is kept', () => {
    const computed: Attendance = {
      id: 'attendance',
      sessionId: 'session',
      person: { id: 'person-ana', account: 'account-ana' },
      ...attended(),
      amendments: [],
    };
    const amendment = { id: 'a', by: 'account-lea', at: at(90), reason: confidential('told us beforehand') };
    const corrected: Attendance = {
      ...computed,
      amendments: [
        { ...amendment, status: 'technical-failure' },
        { ...amendment, id: 'b', status: 'excused' },
      ],
    };
    expect(currentStatus(computed)).toBe('no-show');
    expect(currentStatus(corrected)).toBe('excused');
    expect(corrected.status).toBe('no-show');
  });
});
