/** What admins are told of how long a group keeps what is kept of people, and of what is held. */
import { open } from '../../core/confidential.ts';
import type { LegalHold } from '../../core/legal-hold.ts';
import type { CohortDays, Retention } from '../../core/own-data.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, moment } from '../markup.ts';
import { counted } from './list.ts';
import { WHAT } from './my-data.ts';

const days = (count: number): string => counted(count, 'day', 'days');

/** Class by class; what is other than usual says so. */
export const shown = (name: string, usual: Retention, own: readonly CohortDays[]): Card => ({
  title: `How long ${literal(name)} keeps what is kept of people`,
  text: [
    ...[...usual].map(([is, count]) => {
      const other = own.find((each) => each.is === is);
      return other
        ? `- ${WHAT[is]}: **${days(other.days)}** (usually ${days(count)})`
        : `- ${WHAT[is]}: ${days(count)}`;
    }),
    '',
    'Then it goes in the night. Each person reads this in `/my-data show`.',
  ].join('\n'),
});

const whose = (name: string, account: string | undefined): string =>
  account === undefined ? `everybody in **${literal(name)}**` : `${mention(account)} in **${literal(name)}**`;

/** Nothing goes from now on. */
export const held = (name: string, account: string | undefined): Card => ({
  title: 'Held',
  text: `What is kept of ${whose(name, account)} stays until you lift this: it does not go by itself, and whoever asks for it to be erased is told that it is held. They are not told why. \`/retention lift\` lifts it.`,
});

/** It goes again. */
export const lifted = (name: string, account: string | undefined): Card => ({
  title: 'No longer held',
  text: `What is kept of ${whose(name, account)} goes again after its days, and on request. What was kept long enough goes in the next night.`,
});

const line = (name: string, { person, reason, placedBy, placedAt }: LegalHold): string =>
  `- ${whose(name, person?.account)}, by ${mention(placedBy)}, ${moment(placedAt)}: ${literal(open(reason))}`;

/** Characters of a list on a card. */
const MOST = 3_800;

/** Those that are not lifted, with their reasons. */
export const holds = (name: string, all: readonly LegalHold[]): Card => ({
  title: 'Legal holds',
  text:
    all.length === 0
      ? `Nothing of **${literal(name)}** is held.`
      : fitLines(
          all.map((each) => line(name, each)),
          MOST,
          (count) => `- and ${count} more; lift what is not needed any more, and they come up here`,
        ),
});
