/** Gathers how much of the programme's hours people attended, as far as the one who asks may know. */
import { STAFF, type Standings } from '../core/access.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { momentsOf, type Period, type PeriodWish, periodOf, type Report, reportOf } from '../core/report.ts';
import { dateOf } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';

export interface ReportAsked extends PeriodWish {
  readonly cohort: Cohort;
  readonly asker: Person;
  /** Of the asker, in this cohort. */
  readonly standings: Standings;
  /** Account of one person; everybody when missing, for those who may know of everybody. */
  readonly account?: string | undefined;
}

export interface Reported {
  /** `group`: may know of everybody; `self`: only of themselves. */
  readonly reader: 'self' | 'group';
  readonly report: Report;
}

const readerOf = (standings: Standings): Reported['reader'] =>
  [...STAFF, 'admin' as const].some((standing) => standings.has(standing)) ? 'group' : 'self';

/** Of those who were on the roster, the ones that are asked for. */
const asked = (roster: Roster, { asker, standings, account }: ReportAsked): Outcome<Roster> => {
  const reader = readerOf(standings);
  if (reader === 'self' && account !== undefined && account !== asker.account) {
    return refuse({ code: 'staff-only' });
  }
  const whose = reader === 'self' ? asker.account : account;
  if (whose === undefined) return allow(roster);
  const own = roster.filter(({ person }) => person.account === whose);
  return own.length > 0 ? allow(own) : refuse({ code: 'no-such-person-here' });
};

const gather = async (
  { store, zones }: World,
  { id, zone, settings }: Cohort,
  period: Period,
  roster: Roster,
): Promise<Report> => {
  const { sessions, individualSessions, presences, attendances, attestations } = store.records;
  const { occurrences, memberships, makeUps } = store.records;
  const { start, end } = momentsOf(period, zone, zones);
  const held = await sessions.endedBetween(id, start, end);
  const individual = await individualSessions.endedBetween(id, start, end);
  const ids = [...held, ...individual].map((session) => session.id);
  const attested = await attestations.ofSessions(ids);
  const facts = {
    ...{ period, zone, settings, sessions: held, individual, roster },
    madeUp: (await makeUps.ofCohort(id)).filter((makeUp) => makeUp.state === 'held'),
    intervals: await presences.ofSessions(ids),
    attendances: await attendances.ofSessions(ids),
    attested: new Set(attested.map(({ sessionId }) => sessionId)),
    occurrences: await occurrences.between(id, start, end),
    codes: await memberships.codes(id),
  };
  return reportOf(facts, zones);
};

/** The report of a period; participants get their own. */
export const reportAttendance = async (world: World, wish: ReportAsked): Promise<Outcome<Reported>> => {
  const { cohort, standings } = wish;
  const today = dateOf(world.zones.wall(world.clock.now(), cohort.zone));
  const period = periodOf(wish, today);
  if (!period.ok) return period;
  const { start } = momentsOf(period.value, cohort.zone, world.zones);
  const roster = asked(await world.store.records.memberships.rosterSince(cohort.id, start), wish);
  if (!roster.ok) return roster;
  const report = await gather(world, cohort, period.value, roster.value);
  return allow({ reader: readerOf(standings), report });
};

/** A report as a table of codes and numbers: a line a meeting, a day and a week, with nobody's name or account. */
export const reportTable = ({ csv }: Pick<World, 'csv'>, { people, askedMinutes }: Report): string =>
  csv(
    [
      'code',
      'level',
      'date',
      'session',
      'status',
      'minutes',
      'unobserved_minutes',
      'asked_minutes',
      'full_days',
      'attested',
      'corrected',
      'made_up_minutes',
    ],
    people.flatMap(({ code, meetings, weeks }) => [
      ...meetings.map((meeting) => [
        code,
        meeting.kind === 'group' ? 'session' : 'individual',
        meeting.date,
        meeting.number ?? '',
        meeting.status,
        meeting.minutes,
        meeting.unobservedMinutes,
        '',
        '',
        meeting.attested ? 'yes' : 'no',
        meeting.corrected ? 'yes' : 'no',
        meeting.madeUpMinutes,
      ]),
      ...weeks.flatMap((week) => [
        ...week.days.map((day) => [
          ...[code, 'day', day.date, '', '', day.minutes, day.unobservedMinutes, ''],
          ...[day.full ? 1 : 0, '', '', ''],
        ]),
        [
          ...[code, 'week', week.monday, '', '', week.minutes, week.unobservedMinutes, askedMinutes],
          ...[week.fullDays, '', '', ''],
        ],
      ]),
    ]),
  );
