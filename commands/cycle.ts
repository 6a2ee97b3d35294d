/** `/cycle`: an admin begins and ends the cycles of a group. */
import { z } from 'zod';
import { beginCycle, beginnable } from '../src/app/begin-cycle.ts';
import { endableCycle, endCycle } from '../src/app/end-cycle.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { dateOf } from '../src/core/wall-time.ts';
import { carried, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const MOST_WEEKS = 52;
const LONGEST_DAY = 20;

const whichCohort = text('Name of the group', 1, 40, 'cohort');

/** Carried by the button that asks once more. */
const sure = carried(z.literal('yes')).optional();

const begin = cohortCommand({
  name: 'begin',
  description: 'Begin a cycle of a group: everybody signs the agreement again, and the roster is closed',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    weeks: whole('How many weeks (8 if neither is given)', 1, MOST_WEEKS).optional(),
    last: text('Or the last day, like 2026-07-31', 1, LONGEST_DAY).optional(),
    sure,
  }),
  run: async ({ world, words, request, cohort, input: { weeks, last, sure: certain } }) => {
    const wish = { cohortId: cohort.id, weeks, last };
    if (certain === undefined) {
      const plan = await beginnable(world, world.store.records, wish);
      return plan.ok ? tell(words.cycle.beginning(plan.value)) : plan;
    }
    const begun = await beginCycle(world, wish, request.account);
    return begun.ok ? tell(words.cycle.begun(begun.value)) : begun;
  },
});

const end = cohortCommand({
  name: 'end',
  description: 'End the cycle of a group: its schedule ends, what was kept stays kept',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, sure }),
  run: async ({ world, words, request, cohort, input }) => {
    if (input.sure === undefined) {
      const found = await endableCycle(world.store.records, cohort.id);
      return found.ok ? tell(words.cycle.ending(found.value)) : found;
    }
    const ended = await endCycle(world, { cohortId: cohort.id, by: request.account });
    return ended.ok ? tell(words.cycle.ended(ended.value)) : ended;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See the cycles of a group',
  who: ['admin', ...STAFF],
  input: z.object({ cohort: whichCohort.optional() }),
  run: async ({ world, words, cohort }) => {
    const today = dateOf(world.zones.wall(world.clock.now(), cohort.zone));
    return tell(words.cycle.shown(cohort, await world.store.records.cycles.ofCohort(cohort.id), today));
  },
});

export const cycle: CommandGroup = {
  name: 'cycle',
  description: 'Cycles of a group: begin and end them, each with its own signatures',
  commands: [begin, end, show],
};
