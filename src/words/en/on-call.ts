/** What is told about who is on call for a group. */
import type { Hours, OnCall } from '../../core/on-call.ts';
import type { Person } from '../../core/person.ts';
import { WEEKDAYS, type Weekday } from '../../core/wall-time.ts';
import type { Card } from '../card.ts';
import { mention } from '../markup.ts';
import { counted } from './list.ts';

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

const daysOf = (days: readonly Weekday[]): string => {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const span = WEEKDAYS.slice(WEEKDAYS.indexOf(first), WEEKDAYS.indexOf(last) + 1);
  return days.length > 2 && span.length === days.length
    ? `${NAMES[first]}-${NAMES[last]}`
    : days.map((day) => NAMES[day]).join(' ');
};

const hoursLine = (hours: Hours): string =>
  hours
    .map(({ days, from, to }) =>
      from === to ? `${daysOf(days)} around the clock` : `${daysOf(days)} ${from}-${to}`,
    )
    .join('; ');

export interface OnCallFacts {
  readonly onCall?: OnCall;
  readonly ladder: readonly Person[];
  readonly zone: string;
  /** Whether these are the hours. */
  readonly isNow: boolean;
}

const OFF =
  'Nobody is on call for this group, so alerts are **switched off**: whoever presses **Help now** is shown crisis lines, and told plainly that nobody of the programme is told. `/on-call set` switches them on.';

const minutes = (count: number): string => counted(count, 'minute', 'minutes');

const steps = ({ first, patience }: OnCall, ladder: readonly Person[]): readonly string[] => {
  const [, second, third] = ladder;
  return [
    `1. ${mention(first.account)} is told at once`,
    ...(second ? [`2. ${mention(second.account)}, after ${minutes(patience.second)}`] : []),
    ...(third ? [`3. ${mention(third.account)}, after ${minutes(patience.supervisor)} more`] : []),
    `Then all of them again, after ${minutes(patience.again)} more, until somebody acknowledges it.`,
  ];
};

/** Who is on call, when, and how an alert climbs. */
export const shown = ({ onCall, ladder, zone, isNow }: OnCallFacts): Card =>
  onCall
    ? {
        title: 'On call',
        text: [
          `Hours: **${hoursLine(onCall.hours)}**, in ${zone}. ${isNow ? 'Somebody is on call now.' : 'Nobody is on call now: whoever asks is told so, and is shown crisis lines. The alert is kept, and told all the same.'}`,
          ...steps(onCall, ladder),
          'They are told by direct message, and by name in the staff room. Hearth is no emergency service, and promises nobody when somebody answers.',
        ].join('\n'),
      }
    : { title: 'On call', text: OFF };
