/** What admins and staff are told about the cycles of a cohort. */
import type { Cohort } from '../../core/cohort.ts';
import { type Cycle, isPast } from '../../core/cycle.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, moment } from '../markup.ts';
import { dayName } from './day.ts';
import { counted } from './list.ts';

/** A cycle in one line. */
export const cycleLine = (cycle: Cycle, today: string): string => {
  const { number, begunAt, lastDay, ended } = cycle;
  const begun = `Cycle ${number} began on ${moment(begunAt, 'D')}`;
  if (ended) return `${begun} and ended on ${moment(ended.at, 'D')}.`;
  if (isPast(cycle, today)) {
    return `${begun} and was planned until ${dayName(lastDay)}. **That day has passed**: an admin ends it with \`/cycle end\`, and begins the next one with \`/cycle begin\`.`;
  }
  return `${begun} and is planned until ${dayName(lastDay)}.`;
};

/** What the staff are told once after its last day. */
export const cyclePast = ({
  number,
  lastDay,
}: {
  readonly number: number;
  readonly lastDay: string;
}): string =>
  `Cycle ${number} was planned until ${dayName(lastDay)}, and that day has passed. Nothing ends by itself: meetings that are planned go on. People who manage this server end it with \`/cycle end\` and begin the next one with \`/cycle begin\`, for which everybody signs again.`;

export interface CyclePlanFacts {
  readonly cohort: Cohort;
  readonly number: number;
  readonly lastDay: string;
  readonly signAgain: boolean;
  readonly people: number;
}

const SIGN_AGAIN =
  'Everybody signs the agreement again in the welcome room, and the other rooms are closed to each until they do.';
const SIGNED_FOR_IT = 'Those who have signed the agreement did so for this cycle; nobody signs twice.';

/** Asks once more: everybody signs again, and the roster is closed. */
export const beginning = ({ cohort, number, lastDay, signAgain, people }: CyclePlanFacts): Card => ({
  title: `Begin cycle ${number}?`,
  text: [
    `**${literal(cohort.name)}** would begin it with ${counted(people, 'person', 'people')}, planned until ${dayName(lastDay)}. ${signAgain ? SIGN_AGAIN : SIGNED_FOR_IT}`,
    'From then on nobody joins unless the whole group signs again: please enrol everybody first.',
    'To wait, simply leave this.',
  ].join('\n\n'),
  actions: [
    [
      {
        label: 'Yes, begin it',
        command: 'cycle begin',
        given: { cohort: cohort.id, last: lastDay, sure: 'yes' },
        style: 'primary',
      },
    ],
  ],
});

/** A cycle has begun. */
export const begun = ({ cohort, number, lastDay, signAgain }: CyclePlanFacts): Card => ({
  title: `Cycle ${number} has begun`,
  text: `**${literal(cohort.name)}** is planned until ${dayName(lastDay)}. ${signAgain ? `${SIGN_AGAIN} Please tell them: Hearth sends them no message.` : SIGNED_FOR_IT} \`/schedule set\` says when the group meets.`,
});

export interface CycleEndFacts {
  readonly cohort: Cohort;
  readonly cycle: Cycle;
}

/** Asks once more. */
export const ending = ({ cohort, cycle }: CycleEndFacts): Card => ({
  title: `End cycle ${cycle.number}?`,
  text: `The schedule of **${literal(cohort.name)}** would end with it, and its meetings that are still planned would be left out. The group is thanked in its room. Its rooms stay open to those who are in them, people can be enrolled again, and no session can be opened before the next cycle begins. To go on with it, simply leave this.`,
  actions: [
    [
      {
        label: 'Yes, end it',
        command: 'cycle end',
        given: { cohort: cohort.id, sure: 'yes' },
        style: 'danger',
      },
    ],
  ],
});

/** A cycle has ended. */
export const ended = ({ cohort, cycle }: CycleEndFacts): Card => ({
  title: `Cycle ${cycle.number} has ended`,
  text: `What was kept of **${literal(cohort.name)}** stays kept. Discharge those who leave with \`/cohort discharge\`, enrol those who come, and begin the next one with \`/cycle begin\`.`,
});

/** Characters of a list on a card. */
const MOST = 3_500;

/** All cycles of a cohort. */
export const shown = (cohort: Cohort, cycles: readonly Cycle[], today: string): Card => ({
  title: literal(cohort.name),
  text:
    cycles.length > 0
      ? [
          'What each signed, in which version and when, is kept for every cycle.',
          // The latest first: of many, the earliest are left out.
          fitLines(
            cycles.map((cycle) => cycleLine(cycle, today)).toReversed(),
            MOST,
            (left) => `And ${left} before.`,
          ),
        ].join('\n\n')
      : 'No cycle was begun yet. The roster is closed from the first session on; `/cycle begin` begins a cycle with its own signatures.',
});
