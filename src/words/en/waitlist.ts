/** What admins and staff are told about those who wait for a place in a group. */
import type { Cohort } from '../../core/cohort.ts';
import type { WaitlistEntry } from '../../core/waitlist.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, moment } from '../markup.ts';

export interface WaitingFacts {
  readonly cohort: Cohort;
  /** In their order. */
  readonly waiting: readonly WaitlistEntry[];
}

const lines = (waiting: readonly WaitlistEntry[]): readonly string[] =>
  waiting.map(
    ({ person, addedAt }, index) => `${index + 1}. ${mention(person.account)}, since ${moment(addedAt, 'D')}`,
  );

/** Characters of a list on a card. */
const MOST = 3_000;

/** The list in its order. */
export const shown = ({ cohort, waiting }: WaitingFacts): Card => ({
  title: `Waiting for a place in ${literal(cohort.name)}`,
  text:
    waiting.length > 0
      ? [
          'Whoever was put on the list first is first. The group knows nothing of it.',
          fitLines(lines(waiting), MOST, (left) => `And ${left} more.`),
        ].join('\n\n')
      : 'Nobody waits for a place.',
  actions:
    waiting.length > 0
      ? [[{ label: 'See who is next', command: 'waitlist next', given: { cohort: cohort.id } }]]
      : [],
});

/** Somebody was put on it. */
export const added = (facts: WaitingFacts, account: string): Card => ({
  ...shown(facts),
  text: `${mention(account)} waits for a place in **${literal(facts.cohort.name)}**. The staff is told when one is free. Please tell this person yourself: Hearth sends them no message.\n\n${shown(facts).text}`,
});

/** Somebody was taken off it. */
export const removed = (facts: WaitingFacts, account: string): Card => ({
  ...shown(facts),
  text: `${mention(account)} does not wait for a place in **${literal(facts.cohort.name)}** any more.`,
});

export interface NextFacts {
  readonly cohort: Cohort;
  readonly account: string;
  readonly people: number;
  /** Whether everybody signs again for it. */
  readonly consentReopened: boolean;
}

/** Who is next, and what it asks of the group. */
export const next = ({ cohort, account, people, consentReopened }: NextFacts): Card => ({
  title: `Next in line for ${literal(cohort.name)}`,
  text: [
    `${mention(account)} would be enrolled: ${people} of ${cohort.capacity}. Please ask them first whether they still want the place.`,
    ...(consentReopened
      ? [
          'The group has begun. So everybody in it is asked to sign the agreement again, its rooms are closed to each until they do, and they open to this person when all have signed. Please talk about it with the group first.',
        ]
      : []),
    'To wait, simply leave this.',
  ].join('\n\n'),
  actions: [
    [
      {
        label: 'Enrol them',
        command: 'waitlist next',
        given: { cohort: cohort.id, who: account },
        style: 'primary',
      },
      {
        label: 'Take them off the list',
        command: 'waitlist remove',
        given: { cohort: cohort.id, person: account },
      },
    ],
  ],
});
