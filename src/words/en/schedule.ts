/** What people are told about when their group meets: before it is saved, as it stands, and when something changes. */
import type { CalendarFacts, DraftFacts, Upcoming } from '../../core/calendar-facts.ts';
import type { Cohort } from '../../core/cohort.ts';
import type { Occurrence } from '../../core/occurrence.ts';
import { PREVIEWED, type Rule, type Slot } from '../../core/schedule.ts';
import { timeOf, type Weekday } from '../../core/wall-time.ts';
import type { Card, CardField } from '../card.ts';
import { MOST_IN_FIELD } from '../fields-under.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, moment } from '../markup.ts';
import { dayName, wallName } from './day.ts';
import { counted, listed } from './list.ts';

/** Whether something is to be done with a holiday, or undone. */
export const HOLIDAY_CHANGES = { add: 'We do not meet', remove: 'We meet after all' } as const;

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Characters of the part of a text that may be long. */
const MOST_SLOTS = 1_500;
/** Moments named one by one. */
const MOST_NAMED = 12;

const daysIn = (days: readonly Weekday[]): string =>
  days.length === Object.keys(DAY_NAMES).length
    ? 'every day'
    : `every ${listed(days.map((day) => DAY_NAMES[day]))}`;

const slotLine = (slot: Slot): string =>
  slot.kind === 'cron'
    ? `- by the cron expression **${literal(slot.expression)}**`
    : `- ${daysIn(slot.days)} at ${listed(slot.times)}`;

const ruleText = (rule: Rule): string =>
  [
    `From ${dayName(rule.firstDate)} to ${dayName(rule.lastDate)}, ${rule.minutes} minutes each, times in ${literal(rule.zone)}:`,
    fitLines(
      rule.slots.map(slotLine),
      MOST_SLOTS,
      (count) => `- and ${counted(count, 'line', 'lines')} more`,
    ),
  ].join('\n');

const clockChange = ({ change, wall, begins }: Upcoming): string => {
  switch (change) {
    case 'none':
      return '';
    case 'moved':
      return `; clocks go forward that night: the meeting begins at ${timeOf(begins)} instead of ${timeOf(wall)}`;
    case 'first':
      return `; ${timeOf(wall)} comes twice that night: the first is meant`;
  }
};

const upcomingLine = (meeting: Upcoming): string =>
  `- ${wallName(meeting.wall)} (for you ${moment(meeting.at, 'F')})${clockChange(meeting)}`;

const nextField = (meetings: readonly Upcoming[]): CardField => ({
  name: 'The next meetings',
  value: fitLines(
    meetings.slice(0, PREVIEWED).map(upcomingLine),
    MOST_IN_FIELD,
    (count) => `- and ${counted(count, 'meeting', 'meetings')} more`,
  ),
});

const momentsField = (name: string, moments: readonly string[]): readonly CardField[] => {
  if (moments.length === 0) return [];
  const rest = moments.length - MOST_NAMED;
  const lines = moments.slice(0, MOST_NAMED).map((each) => `- ${each}`);
  return [{ name, value: [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n') }];
};

const starts = (occurrences: readonly Occurrence[]): readonly string[] =>
  occurrences.map(({ startsAt }) => moment(startsAt, 'F'));

const movedLine = ({ startsAt, movedFrom }: Occurrence): string =>
  movedFrom ? `${moment(startsAt, 'F')} instead of ${moment(movedFrom, 'F')}` : moment(startsAt, 'F');

const paragraphs = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join('\n\n');

const countText = ({ meetings, onHolidays }: DraftFacts): string => {
  const [first, last] = [meetings[0], meetings.at(-1)];
  const span =
    first && last
      ? `${counted(meetings.length, 'meeting', 'meetings')}, from ${moment(first.at, 'D')} to ${moment(last.at, 'D')}.`
      : 'No meeting takes place as it stands.';
  const left = `${counted(onHolidays, 'of the days is a holiday', 'of the days are holidays')}: the group does not meet then.`;
  return onHolidays > 0 ? `${span} ${left}` : span;
};

const zoneText = ({ cohort, draft, meetings, wallBefore }: DraftFacts): string | undefined => {
  const [first] = meetings;
  if (wallBefore === undefined || !first) return undefined;
  const [here, there] = [literal(draft.zone), literal(cohort.zone)];
  return `**The time zone changes** from ${there} to ${here}. All times are meant in ${here} from now on: the first meeting, at ${timeOf(first.begins)} there, is at ${timeOf(wallBefore)} in ${there}.`;
};

const replacedText = ({ replaced, replacement }: DraftFacts): string | undefined => {
  if (!replaced) return undefined;
  const { kept, dropped } = replacement;
  return [
    '**It replaces the schedule that runs now**, which ends when you save this one.',
    `${counted(kept.length, 'meeting ahead stays', 'meetings ahead stay')} as planned, moved or left out, because both name the same time.`,
    dropped.length === 0
      ? 'No planned meeting is lost.'
      : `${counted(dropped.length, 'planned meeting is', 'planned meetings are')} no longer named and would be left out.`,
  ].join(' ');
};

const eventsText = (shown: boolean): string =>
  shown
    ? 'Its meetings are shown among the events of this server, by their time only.'
    : 'Its meetings are not shown among the events of this server.';

/** A schedule before it is saved, with the two buttons. */
export const drafted = (facts: DraftFacts): Card => {
  const { cohort, draft, replacement } = facts;
  const given = { cohort: cohort.id };
  return {
    title: 'Save this schedule?',
    text: paragraphs(
      ruleText(draft),
      countText(facts),
      zoneText(facts),
      replacedText(facts),
      eventsText(facts.shownAsEvents),
      'Nothing is saved yet.',
    ),
    fields: [
      ...(facts.meetings.length > 0 ? [nextField(facts.meetings)] : []),
      ...momentsField('Would be left out', starts(replacement.dropped)),
    ],
    actions: [
      [
        {
          label: 'Save this schedule',
          command: 'schedule set',
          given: { ...given, save: draft.id },
          style: 'primary',
        },
        { label: 'Leave it as it is', command: 'schedule set', given: { ...given, leave: draft.id } },
      ],
    ],
    ...(facts.wallBefore !== undefined && { tone: 'attention' as const }),
  };
};

/** It is in force. */
export const saved = ({ schedule, anew }: { readonly schedule: Rule; readonly anew: boolean }): Card => ({
  title: anew ? 'The schedule is saved' : 'The schedule was saved already',
  text: paragraphs(
    ruleText(schedule),
    anew ? 'The group is told in its room. `/schedule show` tells how it stands.' : 'Nothing was done twice.',
  ),
});

/** It was not saved. */
export const left = (): Card => ({ text: 'Nothing was changed: everything stays as it is.' });

const CLOCKS = [
  'When clocks go forward over the time of a meeting, it begins later by as much as they go forward.',
  'When a time comes twice because clocks go back, the meeting takes place once: the first time.',
].join('\n');

const state = ({ schedule, lastDay }: CalendarFacts): string => {
  if (schedule) return `${ruleText(schedule)}\n\nThe cycle ends on ${dayName(schedule.lastDate)}.`;
  const last = lastDay === undefined ? '' : ` The last cycle ended on ${dayName(lastDay)}.`;
  return `No schedule runs at the moment.${last} What is planned was added by hand.`;
};

/** The calendar as it stands. */
export const shown = (facts: CalendarFacts): Card => ({
  title: 'When the group meets',
  text: paragraphs(state(facts), CLOCKS),
  fields: [
    facts.next.length > 0
      ? nextField(facts.next)
      : { name: 'The next meetings', value: 'No meeting is ahead.' },
    ...momentsField('Holidays', facts.holidays.map(dayName)),
    ...momentsField('Left out', starts(facts.skipped)),
    ...momentsField('Moved', facts.moved.map(movedLine)),
  ],
});

/** Asks once more. */
export const skipping = (cohort: Cohort, { id, startsAt }: Occurrence): Card => ({
  title: 'Leave this meeting out?',
  text: `The group would not meet on ${moment(startsAt, 'F')}, and is told so in its room. The other meetings stay. To keep it, simply leave this.`,
  actions: [
    [
      {
        label: 'Yes, leave it out',
        command: 'schedule skip',
        given: { cohort: cohort.id, meeting: id, sure: 'y' },
        style: 'danger',
      },
    ],
  ],
});

/** A meeting is left out; a button takes it up again. */
export const skipped = (cohort: Cohort, { id, startsAt }: Occurrence): Card => ({
  text: `The meeting on ${moment(startsAt, 'F')} is left out, and the group is told. Until then it can be taken up again.`,
  actions: [
    [
      {
        label: 'Take it up again',
        command: 'schedule restore',
        given: { cohort: cohort.id, meeting: id },
      },
    ],
  ],
});

/** A meeting takes place after all. */
export const restored = ({ startsAt }: Occurrence): Card => ({
  text: `The meeting on ${moment(startsAt, 'F')} takes place after all, and the group is told.`,
});

const asPlaced = (placed: Upcoming): string => {
  const change = clockChange(placed);
  return change === '' ? '' : ` Please note${change.replace(';', ':')}.`;
};

/** A meeting stands at another time. */
export const moved = ({
  from,
  occurrence,
  placed,
}: {
  readonly from: Date;
  readonly occurrence: Occurrence;
  readonly placed: Upcoming;
}): Card => ({
  text: `The meeting on ${moment(from, 'F')} is moved to ${moment(occurrence.startsAt, 'F')}, and the group is told.${asPlaced(placed)} To undo it, move it back.`,
});

/** A meeting more; a button leaves it out again. */
export const added = (
  cohort: Cohort,
  { occurrence, placed }: { readonly occurrence: Occurrence; readonly placed: Upcoming },
): Card => ({
  text: `The group also meets on ${moment(occurrence.startsAt, 'F')} for ${occurrence.minutes} minutes, and is told.${asPlaced(placed)}`,
  actions: [
    [
      {
        label: 'Leave it out again',
        command: 'schedule skip',
        given: { cohort: cohort.id, meeting: occurrence.id },
      },
    ],
  ],
});

const affected = (meetings: readonly Occurrence[], one: string, many: string, none: string): string =>
  meetings.length === 0
    ? none
    : `${counted(meetings.length, one, many)}: ${listed(starts(meetings.slice(0, MOST_NAMED)))}. The group is told.`;

/** A day became a holiday, or an ordinary day again. */
export const holiday = (
  cohort: Cohort,
  {
    date,
    what,
    meetings,
  }: {
    readonly date: string;
    readonly what: keyof typeof HOLIDAY_CHANGES;
    readonly meetings: readonly Occurrence[];
  },
): Card =>
  what === 'remove'
    ? {
        text: `**${dayName(date)}** is an ordinary day again. ${affected(meetings, 'meeting is taken up again', 'meetings are taken up again', 'No meeting had been left out for it.')}`,
      }
    : {
        text: `**${dayName(date)}** is a holiday of the group. ${affected(meetings, 'meeting is left out', 'meetings are left out', 'No meeting was planned on it.')}`,
        actions: [
          [
            {
              label: 'Meet on that day after all',
              command: 'schedule holiday',
              given: { cohort: cohort.id, date, what: 'remove' },
            },
          ],
        ],
      };

interface EndFacts {
  readonly leftOut: readonly Occurrence[];
  readonly staying: readonly Occurrence[];
}

const stayText = ({ staying }: EndFacts): string | undefined =>
  staying.length === 0
    ? undefined
    : `${counted(staying.length, 'meeting that was added by hand stays', 'meetings that were added by hand stay')}; \`/schedule skip\` leaves them out.`;

/** Asks once more. */
export const ending = (cohort: Cohort, facts: EndFacts): Card => ({
  title: 'End the schedule?',
  text: paragraphs(
    `The group would no longer meet by its schedule. ${counted(facts.leftOut.length, 'meeting that is planned would be', 'meetings that are planned would be')} left out; what has taken place stays kept. To go on, simply leave this.`,
    stayText(facts),
  ),
  actions: [
    [
      {
        label: 'Yes, end the schedule',
        command: 'schedule end',
        given: { cohort: cohort.id, sure: 'y' },
        style: 'danger',
      },
    ],
  ],
});

/** The schedule has ended. */
export const ended = (facts: EndFacts): Card => ({
  text: paragraphs(
    `The schedule has ended, and the group is told. ${counted(facts.leftOut.length, 'planned meeting is', 'planned meetings are')} left out; what has taken place stays kept.`,
    stayText(facts),
  ),
});
