/** Weighs a rule against everything that is planned already: what takes place, what it replaces, what it would overlap. */
import type { Occurrence } from '../core/occurrence.ts';
import { overlapWith } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { type Replacement, replace } from '../core/replacement.ts';
import {
  LONGEST_CYCLE_DAYS,
  type Meeting,
  meetingsOf,
  type Rule,
  type RunningSchedule,
} from '../core/schedule.ts';
import { after, DAY } from '../core/time.ts';
import { dateOf } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';
import type { Calendar } from './change-calendar.ts';
import { overlapRefusal } from './restore-meeting.ts';

/** As far as anything can be planned: the end of the longest cycle, and a move from there. */
export const FARTHEST = 2 * (LONGEST_CYCLE_DAYS + 1) * DAY;

export interface Weighed {
  readonly replacement: Replacement;
  /** Those of the rule that take place, in order. */
  readonly meetings: readonly Meeting[];
  readonly onHolidays: number;
}

const overlapOf = async (
  { records, cohort, now }: Calendar,
  rule: Rule,
  { replacement: { kept, dropped }, meetings }: Weighed,
): Promise<Outcome<null>> => {
  const instead = new Set([
    ...dropped.map(({ id }) => id),
    ...kept
      .filter(({ occurrence, meeting }) => +occurrence.startsAt === +meeting.at)
      .map((each) => each.occurrence.id),
  ]);
  const others = (await records.occurrences.ahead(cohort.id, now)).filter(({ id }) => !instead.has(id));
  for (const { at } of meetings) {
    const other = overlapWith({ startsAt: at, minutes: rule.minutes }, others);
    if (other) return overlapRefusal(at, other);
  }
  return allow(null);
};

const madeBy = async ({ records, cohort, now }: Calendar, running: RunningSchedule | undefined) => {
  if (!running) return [];
  const all = await records.occurrences.between(cohort.id, now, after(now, FARTHEST));
  return all.filter(({ scheduleId }) => scheduleId === running.id);
};

const takesPlace = ({ kept }: Replacement, holidays: readonly string[]): ((meeting: Meeting) => boolean) => {
  const before = new Map<Meeting, Occurrence>(kept.map(({ meeting, occurrence }) => [meeting, occurrence]));
  return (meeting) => {
    const occurrence = before.get(meeting);
    return occurrence
      ? occurrence.state !== 'skipped' && +occurrence.startsAt === +meeting.at
      : !holidays.includes(dateOf(meeting.wall));
  };
};

/** What would be; refused when it would overlap, and with `never-meets` when all of it is over by now. */
export const weighSchedule = async (
  { zones }: Pick<World, 'zones'>,
  calendar: Calendar,
  rule: Rule,
  running: RunningSchedule | undefined,
): Promise<Outcome<Weighed>> => {
  const { records, cohort, now } = calendar;
  const named = meetingsOf(rule, zones).filter(({ at }) => at > now);
  if (named.length === 0) return refuse({ code: 'never-meets' });
  const replacement = replace(await madeBy(calendar, running), named, now);
  const holidays = await records.holidays.ofCohort(cohort.id);
  const meetings = named.filter(takesPlace(replacement, holidays));
  const onHolidays = named.filter(({ wall }) => holidays.includes(dateOf(wall))).length;
  const weighed = { replacement, meetings, onHolidays };
  const overlap = await overlapOf(calendar, rule, weighed);
  return overlap.ok ? allow(weighed) : overlap;
};
