/** What is said of the hours that people attended, by week and day. */
import type { AttendanceStatus } from '../../core/attendance.ts';
import {
  countStatuses,
  madeUpIn,
  type PersonReport,
  type Report,
  type ReportDay,
  type ReportWeek,
} from '../../core/report.ts';
import type { Card, CardField, Enclosure } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { mention } from '../markup.ts';
import { STATUSES } from './attendance.ts';
import { dayName } from './day.ts';
import { counted, listed } from './list.ts';

export interface ReportFacts {
  readonly reader: 'self' | 'group';
  readonly report: Report;
}

/** Characters that the people of a report may take of a card; the file holds all of it. */
const MOST_LISTED = 3_600;
const MOST_OF_WEEKS = 3_000;

const duration = ({
  minutes,
  unobservedMinutes,
}: Pick<ReportDay, 'minutes' | 'unobservedMinutes'>): string =>
  unobservedMinutes === 0
    ? counted(minutes, 'minute', 'minutes')
    : `${counted(minutes, 'minute', 'minutes')}, and ${unobservedMinutes} more while Hearth could not see the room`;

const madeUp = (meetings: PersonReport['meetings']): string => {
  const { sessions: count, minutes } = madeUpIn(meetings);
  return count === 0
    ? ''
    : `; ${counted(minutes, 'minute', 'minutes')} made up for ${counted(count, 'session', 'sessions')}`;
};

const statuses = ({ meetings }: PersonReport): string => {
  const counts = countStatuses(meetings);
  const told = Object.entries(STATUSES).flatMap(([status, label]) => {
    // The labels are keyed by every status there is.
    const count = counts.get(status as AttendanceStatus);
    return count === undefined ? [] : [`${label.toLowerCase()} ${count}`];
  });
  return told.length > 0 ? `${listed(told)}${madeUp(meetings)}` : 'no session yet';
};

const days = (week: ReportWeek): string =>
  week.fullDays === 0 ? '' : `, ${counted(week.fullDays, 'full day', 'full days')}`;

const weekLine = (week: ReportWeek, { askedMinutes }: Report): string =>
  `- Week of ${dayName(week.monday)}: ${duration(week)} of ${askedMinutes}${days(week)}`;

const dayLine = (day: ReportDay): string =>
  `  - ${dayName(day.date)}: ${duration(day)}${day.full ? ', a full day' : ''}`;

const sessions = ({ sessions: { delivered, planned, attested } }: Report): CardField => ({
  name: 'Sessions of the group',
  value: `${delivered} held, of ${planned} planned; attendance of ${attested} attested.`,
});

const heading = ({ period }: Report): string =>
  `Attendance from ${dayName(period.from)} to ${dayName(period.to)}`;

const zoneNote = ({ zone, dayMinutes }: Report): string =>
  `Days and weeks are those of ${zone}. A day counts as full from ${dayMinutes} minutes on.`;

const left = (count: number): string => `${counted(count, 'more line is', 'more lines are')} in the file.`;

const ofPerson = (person: PersonReport, report: Report): string =>
  fitLines(
    person.weeks.flatMap((week) => [weekLine(week, report), ...week.days.map(dayLine)]),
    MOST_OF_WEEKS,
    left,
  );

const ofEverybody = (report: Report): string =>
  fitLines(
    report.people.flatMap((person) => [
      `${mention(person.person.account)} (${person.code}): ${statuses(person)}`,
      ...person.weeks.map((week) => weekLine(week, report)),
    ]),
    MOST_LISTED,
    left,
  );

/** A report: of one person by day, of several by week. */
export const shown = ({ reader, report }: ReportFacts): Card => {
  const [only, ...others] = report.people;
  const alone = only && others.length === 0 ? only : undefined;
  const whose = reader === 'self' ? 'You' : alone ? `${mention(alone.person.account)} (${alone.code})` : '';
  const lines = alone
    ? [`${whose}: ${statuses(alone)}`, ofPerson(alone, report)]
    : [report.people.length > 0 ? ofEverybody(report) : 'Nobody was on the roster then.'];
  return {
    title: heading(report),
    text: [zoneNote(report), ...lines].join('\n'),
    fields: [sessions(report)],
  };
};

/** The table of a report as a file: its name tells the days, and nobody. */
export const file = ({ period }: Report, content: string): Enclosure => ({
  name: `attendance-${period.from}-${period.to}.csv`,
  content,
});
