/** Hours attended, by day and week, and what counts as cancelled by the programme. */
import { describe, expect, it } from 'vitest';
import { zones } from '../../src/adapters/temporal/zones.ts';
import type { Attendance, AttendanceStatus } from '../../src/core/attendance.ts';
import type { Occurrence } from '../../src/core/occurrence.ts';
import type { Interval } from '../../src/core/presence.ts';
import {
  countStatuses,
  isCancelled,
  madeUpIn,
  periodOf,
  type ReportFacts,
  reportOf,
} from '../../src/core/report.ts';
import type { Ended } from '../../src/core/session.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { answer, member, person } from './given.ts';

const ZONE = 'Europe/Madrid';
const moment = (wall: string): Date => zones.place(wall, ZONE).at;
const earlier = (wall: string, ms: number): Date => new Date(moment(wall).getTime() - ms);

const session = (number: number, wall: string, minutes = 90): Ended => ({
  id: `session-${number}`,
  cohortId: 'cohort',
  number,
  agenda: [],
  topicId: 'topic',
  startedAt: moment(wall),
  endedAt: after(moment(wall), minutes * MINUTE),
  turns: [],
  version: 0,
  state: 'ended',
});

const stretch = (of: Ended, name: string, from: number, to: number, seen: Interval['seen'] = 'observed') => ({
  id: `${of.id}-${name}-${from}`,
  sessionId: of.id,
  personId: `person-${name}`,
  start: after(of.startedAt, from * MINUTE),
  end: after(of.startedAt, to * MINUTE),
  seen,
});

const attendance = (of: Ended, name: string, status: AttendanceStatus, more: Partial<Attendance> = {}) => ({
  id: `attendance-${of.id}-${name}`,
  sessionId: of.id,
  person: person(name),
  status,
  minutes: 0,
  unobservedMinutes: 0,
  lateMinutes: 0,
  amendments: [],
  ...more,
});

const plan = {
  cohortId: 'cohort',
  zone: ZONE,
  minutes: 90,
  revision: 0,
  version: 0,
} as const;
const meeting = (wall: string, more: Partial<Occurrence> = {}): Occurrence =>
  ({
    ...plan,
    id: `meeting-${wall}`,
    wall,
    startsAt: moment(wall),
    changedAt: earlier(wall, 30 * DAY),
    state: 'planned',
    ...more,
    // The states differ in what they hold, and a test names just that.
  }) as Occurrence;

const facts = (but: Partial<ReportFacts>): ReportFacts => ({
  period: { from: '2026-05-04', to: '2026-05-17' },
  zone: ZONE,
  settings: { hoursPerWeek: 9, dayMinutes: 180 },
  sessions: [],
  individual: [],
  madeUp: [],
  intervals: [],
  attendances: [],
  attested: new Set(),
  occurrences: [],
  roster: [{ ...member('ana'), enrolledAt: moment('2026-05-01T00:00') }],
  codes: new Map([['person-ana', 'P-7K2M']]),
  ...but,
});
const ofAna = (but: Partial<ReportFacts>) => {
  const [ana] = reportOf(facts(but), zones).people;
  if (!ana) throw new Error('Ana is in no report');
  return ana;
};

describe('the minutes of a person', () => {
  const [monday, later, wednesday] = [
    session(1, '2026-05-04T16:00'),
    session(2, '2026-05-04T18:00'),
    session(3, '2026-05-13T16:00'),
  ];

  it('are told by day and week, and a day is full from so many minutes on', () => {
    const { weeks, code } = ofAna({
      sessions: [monday, later, wednesday],
      intervals: [
        stretch(monday, 'ana', 0, 90),
        stretch(later, 'ana', 0, 90),
        stretch(wednesday, 'ana', 10, 90),
        stretch(wednesday, 'ben', 0, 90),
      ],
    });
    expect(code).toBe('P-7K2M');
    expect(weeks).toEqual([
      {
        monday: '2026-05-04',
        days: [{ date: '2026-05-04', minutes: 180, unobservedMinutes: 0, full: true }],
        minutes: 180,
        unobservedMinutes: 0,
        fullDays: 1,
      },
      {
        monday: '2026-05-11',
        days: [{ date: '2026-05-13', minutes: 80, unobservedMinutes: 0, full: false }],
        minutes: 80,
        unobservedMinutes: 0,
        fullDays: 0,
      },
    ]);
  });

  it('keep apart what was not observed, which counts in their favour for a full day', () => {
    const [week] = ofAna({
      sessions: [monday, later],
      intervals: [
        stretch(monday, 'ana', 0, 60),
        stretch(monday, 'ana', 60, 90, 'unobserved'),
        stretch(later, 'ana', 0, 90),
      ],
    }).weeks;
    expect(week?.days).toEqual([{ date: '2026-05-04', minutes: 150, unobservedMinutes: 30, full: true }]);
  });

  it('beyond midnight belong to the next day, and to the next week', () => {
    const night = session(1, '2026-05-10T23:30');
    const { weeks, meetings } = ofAna({ sessions: [night], intervals: [stretch(night, 'ana', 0, 90)] });
    expect(weeks.map(({ monday: week, minutes }) => [week, minutes])).toEqual([
      ['2026-05-04', 30],
      ['2026-05-11', 60],
    ]);
    expect(meetings).toEqual([]);
  });

  it('outside of the period are left out, though the session reaches into it', () => {
    const night = session(1, '2026-05-03T23:30');
    const report = reportOf(
      facts({
        sessions: [night],
        intervals: [stretch(night, 'ana', 0, 90)],
        attendances: [attendance(night, 'ana', 'present')],
      }),
      zones,
    );
    expect(report.people[0]?.weeks[0]?.minutes).toBe(60);
    expect(report.people[0]?.meetings).toEqual([]);
    expect(report.sessions.delivered).toBe(0);
  });
});

describe('the meetings of a person', () => {
  it('count as they were corrected last, and say whether they are attested', () => {
    const held = session(1, '2026-05-04T16:00');
    const amendment = { id: 'a', status: 'excused', by: 'lea', at: held.endedAt, reason: 'x' };
    const { meetings } = ofAna({
      sessions: [held],
      // A reason is never looked at here.
      attendances: [attendance(held, 'ana', 'no-show', { amendments: [amendment as never] })],
      attested: new Set(['session-1']),
    });
    expect(meetings).toMatchObject([{ number: 1, status: 'excused', corrected: true, attested: true }]);
    expect([...countStatuses(meetings)]).toEqual([['excused', 1]]);
  });

  it.each([
    ['was not held', meeting('2026-05-06T16:00', { state: 'not-held' }), true],
    [
      'was skipped an hour before',
      meeting('2026-05-06T16:00', {
        state: 'skipped',
        skippedFor: 'skip',
        changedAt: earlier('2026-05-06T16:00', HOUR),
      }),
      true,
    ],
    [
      'was skipped a day before',
      meeting('2026-05-06T16:00', {
        state: 'skipped',
        skippedFor: 'skip',
        changedAt: earlier('2026-05-06T16:00', DAY),
      }),
      false,
    ],
    ['is a holiday', meeting('2026-05-06T16:00', { state: 'skipped', skippedFor: 'holiday' }), false],
    ['is planned', meeting('2026-05-06T16:00'), false],
  ])('when one %s, tell whether the programme cancelled it', (_what, occurrence, cancelled) => {
    expect(isCancelled(occurrence)).toBe(cancelled);
    const { meetings } = ofAna({ occurrences: [occurrence] });
    expect(meetings.map(({ status }) => status)).toEqual(cancelled ? ['cancelled'] : []);
    expect(reportOf(facts({ occurrences: [occurrence] }), zones).sessions.planned).toBe(cancelled ? 1 : 0);
  });

  it('that were cancelled are those of whoever was on the roster at their time', () => {
    const occurrences = [meeting('2026-05-06T16:00', { state: 'not-held' })];
    const joined = { ...member('ana'), enrolledAt: moment('2026-05-07T00:00') };
    const left = {
      ...member('ana'),
      enrolledAt: moment('2026-05-01T00:00'),
      dischargedAt: moment('2026-05-05T00:00'),
    };
    for (const roster of [[joined], [left], [left, joined]]) {
      expect(ofAna({ occurrences, roster }).meetings).toEqual([]);
    }
  });

  it('of one’s own with the therapist are told apart, and their minutes count', () => {
    const two = { person: person('ana'), therapist: person('lea') };
    const { turns: _turns, agenda: _agenda, topicId: _topic, ...kept } = session(1, '2026-05-07T10:00', 50);
    const own = { ...kept, ...two, id: 'own-session' };
    const missed = session(1, '2026-05-04T16:00');
    const noShow = attendance(missed, 'ana', 'no-show');
    const { weeks, meetings } = ofAna({
      sessions: [missed],
      individual: [own],
      attendances: [
        noShow,
        { ...attendance(missed, 'ana', 'present'), id: 'own', sessionId: own.id, minutes: 45 },
      ],
      intervals: [
        {
          ...stretch(missed, 'ana', 0, 0),
          sessionId: own.id,
          start: own.startedAt,
          end: after(own.startedAt, 45 * MINUTE),
        },
      ],
      madeUp: [{ attendanceId: noShow.id, minutes: 45 } as never],
    });
    expect(weeks[0]?.minutes).toBe(45);
    expect(meetings).toMatchObject([
      { kind: 'group', status: 'no-show', madeUpMinutes: 45 },
      { kind: 'individual', status: 'present', minutes: 45, madeUpMinutes: 0 },
    ]);
    expect(madeUpIn(meetings)).toEqual({ sessions: 1, minutes: 45 });
  });

  it('for two alone are theirs only', () => {
    const individual = { person: person('ben'), therapist: person('lea') };
    const occurrences = [meeting('2026-05-06T16:00', { state: 'not-held', individual })];
    expect(ofAna({ occurrences }).meetings).toEqual([]);
  });
});

describe('a period', () => {
  const today = '2026-05-20';
  it.each([
    [{}, '2026-04-27', '2026-05-20'],
    [{ weeks: 1 }, '2026-05-18', '2026-05-20'],
    [{ from: '2026-05-01' }, '2026-05-01', '2026-05-20'],
    [{ from: '2026-05-01', weeks: 2 }, '2026-05-01', '2026-05-14'],
    [{ to: '2026-05-10', weeks: 1 }, '2026-05-04', '2026-05-10'],
    [{ from: '2026-05-01', to: '2026-05-01' }, '2026-05-01', '2026-05-01'],
  ])('of %j is from %s to %s', (wish, from, to) => {
    expect(periodOf(wish, today)).toEqual({ ok: true, value: { from, to } });
  });

  it.each([
    [{ from: '2026-02-30' }],
    [{ to: 'soon' }],
    [{ from: '2026-05-21' }],
    [{ from: '2026-05-02', to: '2026-05-01' }],
    [{ from: '2020-01-01', to: '2026-01-01' }],
  ])('is not of %j', (wish) => {
    expect(answer(periodOf(wish, today))).toBe('no-such-period');
  });
});
