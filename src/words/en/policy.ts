/** What a cohort asks of its people, as its admin sees and sets it. */
import { supervisorApart } from '../../core/alert.ts';
import type { Cohort } from '../../core/cohort.ts';
import type { EncryptionPolicy } from '../../core/encryption.ts';
import type { Reminder } from '../../core/milestone.ts';
import type { AnswerPlace } from '../../core/private-answers.ts';
import type { Card, CardField } from '../card.ts';
import { literal, mention } from '../markup.ts';
import { holds } from './auto-moderation.ts';
import { counted, listed } from './list.ts';

/** Reminders that a cohort may send, as they are chosen. */
export const REMINDER_CHOICES: Readonly<Record<Reminder | 'none', string>> = {
  day: 'A day before',
  hour: 'An hour before',
  'ten-minutes': 'Ten minutes before',
  none: 'None',
};

/** What a cohort may want of the encryption of its calls, as it is chosen. */
export const ENCRYPTION_CHOICES: Readonly<Record<EncryptionPolicy, string>> = {
  warn: 'Say it on the cards',
  refuse: 'Open no session',
};

/** Where private answers may be given, as it is chosen. */
export const ANSWER_PLACE_CHOICES: Readonly<Record<AnswerPlace, string>> = {
  link: 'On pages of Hearth’s own, by an address that opens once',
  discord: 'In Discord',
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

const around = ({ settings, clinical }: Cohort): CardField => {
  const reminders = settings.reminders.map((reminder) => REMINDER_CHOICES[reminder].toLowerCase());
  return {
    name: 'Around a session',
    value: [
      `Reminders: ${reminders.length > 0 ? listed(reminders) : 'none'}.`,
      `The co-facilitator is asked to take over ${minutes(settings.leadPatienceMinutes)} after the start, if the lead is not there.`,
      settings.shownAsEvents
        ? 'Meetings stand among the events of this server.'
        : 'Meetings do not stand among the events of this server.',
      settings.confirmsPlace
        ? `${PLACE_ASKED}${clinical ? '' : ' Anybody may pass.'}`
        : 'Nobody is asked before a session where they are.',
    ].join('\n'),
  };
};

const ENCRYPTION: Readonly<Record<EncryptionPolicy, string>> = {
  warn: 'While a call is not end-to-end encrypted with everybody in it, the cards say so.',
  refuse: 'While a call is not known to be end-to-end encrypted with everybody in it, no session is opened.',
};

const NO_CALLS =
  'Hearth does not come into the calls of the group: nothing is verified there, nothing sounds, and nothing is counted.';

const calls = ({ settings }: Cohort): CardField => ({
  name: 'Calls',
  value: settings.joinsCalls
    ? [
        'Hearth comes into the calls of the group.',
        ENCRYPTION[settings.encryption],
        settings.chimes
          ? 'A soft chime tells that a part of the session begins.'
          : 'No chime tells that a part of the session begins.',
        settings.exerciseSounds ? 'Guided exercises can be heard.' : 'Guided exercises are read only.',
        settings.talkTime
          ? 'It is counted how long each speaks, for the facilitators alone. The room is told, and it is deleted when attendance is attested, and after 30 days at the latest.'
          : 'It is not counted how long each speaks.',
      ].join('\n')
    : NO_CALLS,
});

const PLACE_ASKED =
  'Before each session people say where they are and whom to call for them. Staff see who has; looking at what somebody wrote is noted. Nobody is kept out for not saying it.';

const ANSWERS: Readonly<Record<AnswerPlace, string>> = {
  link: 'What people write, how they are and what they want to reach is asked and shown on pages of Hearth’s own. Discord carries an address that opens once, and that something is done.',
  discord: 'What people write, how they are and what they want to reach passes through Discord.',
};

const ONLY_HERE =
  'These pages open only on the machine on which Hearth runs, until whoever runs it puts an address that begins with https into HEARTH_WEB_URL.';

/** What matters here of where Hearth's pages are found. */
interface PlaceOfPages {
  readonly onlyHere: boolean;
}

const answers = ({ settings, clinical }: Cohort, { onlyHere }: PlaceOfPages): CardField => ({
  name: 'Private answers',
  value: [
    clinical ? 'The group is treatment.' : 'The group is no treatment.',
    ANSWERS[settings.privateAnswers],
    ...(settings.privateAnswers === 'link' && onlyHere ? [ONLY_HERE] : []),
  ].join('\n'),
});

/** What holds for the cohort now. */
export const policy = (cohort: Cohort, pages: PlaceOfPages): Card => ({
  title: `Policy of ${literal(cohort.name)}`,
  text: 'This is what holds now. Sessions that have ended stay as they were counted.',
  fields: [
    ...[attendance(cohort), hours(cohort), around(cohort), calls(cohort), answers(cohort, pages)],
    { name: 'AutoMod', value: holds[cohort.settings.autoModeration] },
  ],
});

/** A supervisor was named. */
export const supervisorNamed = (cohort: Cohort, account: string): Card => ({
  text: [
    `${mention(account)} is the supervisor of **${literal(cohort.name)}** now. They are told when something is to be looked after, see their own tasks with \`/task list\`, and can open the alerts of the group with \`/alert list\`; nothing else of it.`,
    ...(supervisorApart(cohort)
      ? []
      : [
          'They facilitate the group as well. So nobody apart from its facilitators would be told what is reported about one of them: please name somebody else, if you can.',
        ]),
  ].join('\n\n'),
});

/** Somebody's therapist was named. */
export const therapistNamed = (
  cohort: Cohort,
  { account, therapist }: { readonly account: string; readonly therapist: string },
): Card => ({
  text: `${mention(therapist)} is the therapist of ${mention(account)} in **${literal(cohort.name)}** now. They are told when something is to be looked after, and see their own tasks with \`/task list\`. What was opened before stays with whoever has it.`,
});
