/** What must have come out of the weeks, in plain sentences; looked at without anything that Hearth calculates with. */
import type { ProgrammeDocument } from './document.ts';
import { ABSENT, CLOSED, DISCHARGED, GROUPS, LATECOMER } from './programme.ts';
import { planOf } from './report.ts';

type Expectation = readonly [holds: (story: ProgrammeDocument) => boolean, otherwise: string];

const wallIn = (moment: string, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(new Date(moment));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
};

const ofGroups = ({ occurrences }: ProgrammeDocument) => occurrences.filter(({ kind }) => kind === 'group');

/** Days from one to another on which a group meets, by the calendar alone. */
const meetingDays = ({ begins, ends }: ProgrammeDocument, name: string): number => {
  const plan = planOf(name);
  if (!plan) return 0;
  let count = 0;
  const last = wallIn(ends, plan.zone);
  for (let day = Date.parse(begins) - 86_400_000; day <= Date.parse(ends) + 86_400_000; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    const wall = `${date}T${plan.time}`;
    const isWithin = wall > wallIn(begins, plan.zone) && wall < last;
    if (isWithin && plan.days.includes(new Date(`${date}T00:00:00Z`).getUTCDay())) count += 1;
  }
  return count;
};

const once = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

const EXPECTATIONS: readonly Expectation[] = [
  [
    (story) =>
      ofGroups(story).every(
        ({ startsAt, wall, zone, movedFrom }) => wallIn(movedFrom ?? startsAt, zone) === wall,
      ),
    'A meeting does not stand at its time on the wall clock of its zone.',
  ],
  [
    (story) => once(ofGroups(story).map(({ group, wall }) => `${group} ${wall}`)),
    'A meeting was made twice.',
  ],
  [
    (story) =>
      GROUPS.every(({ name }) => {
        const made = ofGroups(story).filter(({ group }) => group === name).length;
        return made === meetingDays(story, name);
      }),
    'A group does not have exactly the meetings that its weekdays name.',
  ],
  [
    (story) => ofGroups(story).every(({ state }) => state === 'held' || state === 'skipped'),
    'A meeting was neither held nor skipped.',
  ],
  [
    (story) =>
      once(
        story.reminders.map(
          ({ person, group, startsAt, reminder }) => `${person} ${group} ${startsAt} ${reminder}`,
        ),
      ),
    'Somebody has a reminder twice in the ledger.',
  ],
  [({ reminders }) => reminders.every(({ outcome }) => outcome !== 'pending'), 'A reminder was left lying.'],
  [
    ({ reminders }) => reminders.some(({ outcome }) => outcome === 'direct'),
    'No reminder came by direct message.',
  ],
  [
    ({ weeks, reminders }) =>
      weeks < 4 || reminders.some(({ person, outcome }) => person === CLOSED && outcome === 'mention'),
    `${CLOSED} keeps direct messages closed, and was not called in the room.`,
  ],
  [
    ({ attendance }) =>
      once(attendance.map(({ person, group, startsAt, kind }) => `${person} ${group} ${startsAt} ${kind}`)),
    'Attendance was kept twice.',
  ],
  [
    ({ weeks, attendance }) =>
      weeks < 3 || attendance.some(({ person, counted }) => person === ABSENT && counted === 'no-show'),
    `${ABSENT} did not come, and attendance does not say so.`,
  ],
  [
    ({ weeks, makeUps }) =>
      weeks < 6 || makeUps.some(({ person, state }) => person === ABSENT && state === 'held'),
    `${ABSENT} made a session up, and that is not kept.`,
  ],
  [
    ({ weeks, groups }) => weeks < 4 || groups.some(({ enrolled }) => enrolled === 7),
    `${DISCHARGED} was discharged, and the roster does not say so.`,
  ],
  [
    ({ weeks, refused }) =>
      weeks < 2 ||
      refused.some(({ what, answer }) => what.startsWith(LATECOMER) && answer.includes('roster is closed')),
    `${LATECOMER} came too late, and was not refused.`,
  ],
  [({ troubles }) => troubles.failures === 0, 'Something was given up after every attempt.'],
];

/** A sentence for everything that did not come out as it must. */
export const disappointmentsOfWeeks = (story: ProgrammeDocument): readonly string[] =>
  EXPECTATIONS.flatMap(([holds, otherwise]) => (holds(story) ? [] : [otherwise]));
