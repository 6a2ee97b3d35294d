/** What admins are told about what could not be done. */
import type { FailureFacts, FailureList, JobName } from '../../core/failure.ts';
import type { Action, Card } from '../card.ts';
import { literal, moment } from '../markup.ts';
import { counted } from './list.ts';

/** What was to be done, as an admin would say it. */
const JOBS: Readonly<Record<JobName, string>> = {
  'bring-rooms': 'Setting up the rooms',
  'bring-boards': 'Bringing the cards in the rooms up to date',
  'bring-events': 'Bringing the calendar of the server up to date',
  announce: 'Saying something in a room',
  'deliver-notice': 'Telling somebody something by themselves, or in a room',
  'plan-occurrences': 'Planning the meetings of the weeks ahead',
  'occurrence-due': 'What was due before, during or after a meeting',
  'end-individual': 'Ending a session of two people at its time',
  'check-due': 'Ending a microphone test in its time',
  'forget-talk-time': 'Deleting how long each spoke in a session',
  'end-playback': 'Ending an exercise or a recording at its time',
  'warn-phase-end': 'Telling the facilitators that a part was nearly over',
  'bring-auto-moderation': 'Bringing the AutoMod rules of the server up to date',
  'bring-floor': 'Muting, moving, and taking both back',
  'alert-due': 'Telling the next of those on call of an alert that nobody has acknowledged',
  'look-at-rooms': 'Looking at who gets into the rooms',
  'tell-repairs': 'Telling the facilitators what was put right in the rooms',
};

const line = ({ job, cohort, failedAt, attempts, reference }: FailureFacts, index: number): string =>
  [
    `**${index + 1}.** ${JOBS[job]}${cohort ? ` of **${literal(cohort.name)}**` : ''}`,
    `given up on ${moment(failedAt)} after ${counted(attempts, 'attempt', 'attempts')}`,
    `reference \`${literal(reference)}\``,
  ].join(', ');

const buttons = ({ id }: FailureFacts, index: number): readonly Action[] => [
  { label: `Do ${index + 1} again`, command: 'admin retry', given: { failure: id }, style: 'primary' },
  { label: `Let ${index + 1} be`, command: 'admin dismiss', given: { failure: id }, style: 'secondary' },
];

/** Two failures a row: their buttons belong together. */
const rows = (newest: readonly FailureFacts[]): readonly (readonly Action[])[] => {
  const each = newest.map(buttons);
  const firsts = each.filter((_pair, index) => index % 2 === 0);
  return firsts.map((pair, index) => [...pair, ...(each[2 * index + 1] ?? [])]);
};

const more = ({ newest, open }: FailureList): readonly string[] =>
  open > newest.length
    ? [`${counted(open - newest.length, 'older one is', 'older ones are')} shown when these are settled.`]
    : [];

/** What could not be done on this server, newest first. */
export const failures = (list: FailureList): Card => {
  if (list.open === 0) {
    return { title: 'Nothing was left undone', text: 'Everything that Hearth was to do has been done.' };
  }
  return {
    title: 'What could not be done',
    text: [
      'Hearth tried each of these until it gave up, or was not allowed to do it in Discord. Give the right that is missing first (`/cohort show` names those of the rooms). Doing it again is safe: what is in place already stays as it is. The people who run Hearth find the cause in its log by the reference.',
      '',
      ...list.newest.map(line),
      ...more(list),
    ].join('\n'),
    actions: rows(list.newest),
    tone: 'attention',
  };
};

const LIST_AGAIN: Action = { label: 'Show the list', command: 'admin failures', style: 'secondary' };

/** It is being done once more. */
export const retried = (): Card => ({
  text: 'It is being done again now. If it should fail once more after many attempts, it comes back to the list.',
  actions: [[LIST_AGAIN]],
});

/** It is let be. */
export const dismissed = (): Card => ({
  text: 'It is let be, and no longer on the list.',
  actions: [[LIST_AGAIN]],
});
