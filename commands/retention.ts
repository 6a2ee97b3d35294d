/** `/retention`: admins set how long a group keeps what is kept of people, and hold it where the law asks for that. */
import { z } from 'zod';
import { cohortDays, liftHold, listHolds, placeHold, setCohortDays } from '../src/app/keep-longer.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { OF_GROUPS, RETENTION_DAYS } from '../src/core/own-data.ts';
import { account, choice, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { en } from '../src/words/en/index.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const whichCohort = text('Name of the group', 1, 40, 'cohort');
const MOST_REASON = 500;

const show = cohortCommand({
  name: 'show',
  description: 'See for how long a group keeps what is kept of people',
  who: ['admin'],
  input: z.object({ cohort: whichCohort.optional() }),
  run: async ({ world, words, cohort }) =>
    tell(words.retention.shown(cohort.name, world.retention, await cohortDays(world, cohort))),
});

const set = cohortCommand({
  name: 'set',
  description: 'Set for how many days a group keeps something; without days it is as usual again',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    what: choice('What', OF_GROUPS, en.myData.WHAT),
    days: whole(
      'For how many days (as usual if not given)',
      RETENTION_DAYS.fewest,
      RETENTION_DAYS.most,
    ).optional(),
  }),
  run: async ({ world, words, cohort, input: { what, days } }) => {
    const done = await setCohortDays(world, cohort, { is: what, days });
    if (!done.ok) return done;
    return tell(words.retention.shown(cohort.name, world.retention, await cohortDays(world, cohort)));
  },
});

const whom = account('Whom it is about (everybody in the group if not given)').optional();

const hold = cohortCommand({
  name: 'hold',
  description: 'Legal hold: nothing goes any more of what is kept of a group, or of one person in it',
  form: 'Hold what is kept',
  who: ['admin'],
  private: true,
  input: z.object({ cohort: whichCohort, reason: text('Why', 1, MOST_REASON), person: whom }),
  run: async ({ world, words, request: { account: by }, cohort, input }) => {
    const placed = await placeHold(world, { cohort, account: input.person, by }, confidential(input.reason));
    return placed.ok ? tell(words.retention.held(cohort.name, input.person)) : placed;
  },
});

const lift = cohortCommand({
  name: 'lift',
  description: 'Lift a legal hold: what was kept long enough goes in the next night',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, person: whom }),
  run: async ({ world, words, request: { account: by }, cohort, input }) => {
    const lifted = await liftHold(world, { cohort, account: input.person, by });
    return lifted.ok ? tell(words.retention.lifted(cohort.name, input.person)) : lifted;
  },
});

const holds = cohortCommand({
  name: 'holds',
  description: 'See the legal holds of a group, with their reasons',
  form: 'Legal holds',
  who: ['admin'],
  private: true,
  input: z.object({ cohort: whichCohort.optional() }),
  run: async ({ world, words, cohort }) =>
    tell(words.retention.holds(cohort.name, await listHolds(world, cohort))),
});

export const retention: CommandGroup = {
  name: 'retention',
  description: 'For how long a group keeps what is kept of people',
  commands: [show, set, hold, lift, holds],
};
