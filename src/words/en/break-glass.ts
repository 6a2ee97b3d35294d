/** What is said of emergency accesses. */
import { open } from '../../core/confidential.ts';
import { type EmergencyAccess, isOpen } from '../../core/emergency.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { mention, moment, quote } from '../markup.ts';

/** It begins: what it opens, and who knows. */
export const opened = ({ endsAt }: EmergencyAccess): Card => ({
  title: 'The alerts of this group are open to you',
  text: [
    `Until ${moment(endsAt, 't')} you can open them: \`/alert list\` shows them. The facilitators and the supervisor of the group were told that you do, and everything that you look at is noted.`,
    'Please end it as soon as you can do without: `/break-glass end`.',
  ].join('\n'),
  tone: 'attention',
});

/** It ended. */
export const ended = (): Card => ({
  text: 'Your emergency access has ended. The alerts are closed to you again.',
});

const stateOf = (access: EmergencyAccess, now: Date): string => {
  if (isOpen(access, now)) return `open until ${moment(access.endsAt, 't')}`;
  return `ended ${moment(access.endedAt ?? access.endsAt, 't')}`;
};

/** Characters of a list on a card. */
const MOST = 3_500;

const entry =
  (now: Date) =>
  (access: EmergencyAccess): string =>
    [
      `${mention(access.person.account)}, ${moment(access.begunAt, 'f')}, ${stateOf(access, now)}:`,
      quote(open(access.reason), 300),
    ].join('\n');

/** Who had one, when, and why. */
export const listed = (accesses: readonly EmergencyAccess[], now: Date): Card => ({
  title: 'Emergency accesses',
  text:
    accesses.length > 0
      ? fitLines(accesses.map(entry(now)), MOST, (count) => `- and ${count} earlier`)
      : 'There was none.',
});

/** To those who look after the group, by direct message or in their room. */
export const toldStaff = ({ by, until }: { readonly by: string; readonly until: string }): string =>
  `${mention(by)} has opened the alerts of a group of yours in an emergency, until ${moment(new Date(until), 't')}. \`/break-glass show\` tells why.`;
