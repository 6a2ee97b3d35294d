/** What a cohort asks of its people, as its admin sees and sets it. */
import type { Cohort } from '../../core/cohort.ts';
import type { Reminder } from '../../core/milestone.ts';
import type { Card, CardField } from '../card.ts';
import { literal, mention } from '../markup.ts';
import { counted, listed } from './list.ts';

/** Reminders that a cohort may send, as they are chosen. */
export const REMINDER_CHOICES: Readonly<Record<Reminder | 'none', string>> = {
  day: 'A day before',
  hour: 'An hour before',
  'ten-minutes': 'Ten minutes before',
  none: 'None',
};

const minutes = (count: number): string => counted(count, 'minute', 'minutes');

const attendance = ({ policy, settings }: Cohort): CardField => ({
  name: 'Attendance',
  value: [
    `Counts as joined later from ${minutes(policy.lateAfterMinutes)} after the start on.`,
    `Counts as there for a part below ${policy.partialBelowPercent} per cent of the session.`,
    `After ${counted(settings.supervisorAfterNoShows, 'session', 'sessions in a row')} to which somebody did not come, the supervisor is told, too.`,
  ].join('\n'),
});

const hours = ({ settings }: Cohort): CardField => ({
  name: 'Hours',
  value: `${counted(settings.hoursPerWeek, 'hour', 'hours')} a week; a day counts as full from ${minutes(settings.dayMinutes)} on.`,
});

const around = ({ settings }: Cohort): CardField => {
  const reminders = settings.reminders.map((reminder) => REMINDER_CHOICES[reminder].toLowerCase());
  return {
    name: 'Around a session',
    value: [
      `Reminders: ${reminders.length > 0 ? listed(reminders) : 'none'}.`,
      `The co-facilitator is asked to take over ${minutes(settings.leadPatienceMinutes)} after the start, if the lead is not there.`,
      settings.shownAsEvents
        ? 'Meetings stand among the events of this server.'
        : 'Meetings do not stand among the events of this server.',
    ].join('\n'),
  };
};

/** What holds for the cohort now. */
export const policy = (cohort: Cohort): Card => ({
  title: `Policy of ${literal(cohort.name)}`,
  text: 'This is what holds now. Sessions that have ended stay as they were counted.',
  fields: [attendance(cohort), hours(cohort), around(cohort)],
});

/** A supervisor was named. */
export const supervisorNamed = (cohort: Cohort, account: string): Card => ({
  text: `${mention(account)} is the supervisor of **${literal(cohort.name)}** now. They are told when something is to be looked after, and see their own tasks with \`/task list\`, and nothing else of the group.`,
});

/** Somebody's therapist was named. */
export const therapistNamed = (
  cohort: Cohort,
  { account, therapist }: { readonly account: string; readonly therapist: string },
): Card => ({
  text: `${mention(therapist)} is the therapist of ${mention(account)} in **${literal(cohort.name)}** now. They are told when something is to be looked after, and see their own tasks with \`/task list\`. What was opened before stays with whoever has it.`,
});
