/** `/individual`: a participant’s own times with their therapist are planned, moved, cancelled and ended. */
import { z } from 'zod';
import { cancelIndividual } from '../src/app/cancel-individual.ts';
import { endable, endIndividualNow } from '../src/app/end-individual.ts';
import { findIndividual, individualsFor } from '../src/app/find-individual.ts';
import { carerOf } from '../src/app/individual-time.ts';
import { moveIndividual } from '../src/app/move-individual.ts';
import { scheduleIndividual } from '../src/app/schedule-individual.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { CARING } from '../src/core/access.ts';
import { INDIVIDUAL_MINUTES } from '../src/core/individual.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { account, carried, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const who = account('Who meets their therapist');
const date = text('The day, like 2026-05-31', 1, 20);
const time = text('The time where the group meets, like 18:00', 1, 10);
const which = text('Which one: its day, like 2026-05-31 (the next one if not given)', 1, 40).optional();
const inCohort = text('Name of the group, if you have more than one', 1, 40, 'cohort').optional();

const schedule = cohortCommand({
  name: 'schedule',
  description: 'Plan a time of a participant with their therapist, in a room of their own',
  who: CARING,
  input: z.object({
    person: who,
    date,
    time,
    minutes: whole(
      `How many minutes (${INDIVIDUAL_MINUTES.usual} if not given)`,
      INDIVIDUAL_MINUTES.least,
      INDIVIDUAL_MINUTES.most,
    ).default(INDIVIDUAL_MINUTES.usual),
    cohort: inCohort,
  }),
  run: async (call) => {
    const { world, words, cohort, input } = call;
    const { person, cohort: _cohort, ...when } = input;
    const wish = {
      ...when,
      cohortId: cohort.id,
      account: person,
      carer: carerOf(call.request.account, call.standings),
    };
    const planned = await scheduleIndividual(world, wish);
    return planned.ok ? tell(words.individual.planned(planned.value)) : planned;
  },
});

const move = cohortCommand({
  name: 'move',
  description: 'Move a time of a participant with their therapist to another time',
  who: CARING,
  input: z.object({ person: who, date, time, meeting: which, cohort: inCohort }),
  run: async (call) => {
    const { world, words, cohort, input } = call;
    const moved = await moveIndividual(world, {
      cohortId: cohort.id,
      account: input.person,
      named: input.meeting,
      date: input.date,
      time: input.time,
      carer: carerOf(call.request.account, call.standings),
    });
    return moved.ok ? tell(words.individual.moved(moved.value)) : moved;
  },
});

const cancel = cohortCommand({
  name: 'cancel',
  description: 'Cancel a time of a participant with their therapist',
  who: CARING,
  input: z.object({
    person: who.optional(),
    meeting: which,
    cohort: inCohort,
    sure: carried(z.literal('yes')).optional(),
  }),
  run: async (call) => {
    const { world, words, cohort, input } = call;
    const sought = {
      cohortId: cohort.id,
      account: input.person,
      named: input.meeting,
      carer: carerOf(call.request.account, call.standings),
    };
    if (input.sure === undefined) {
      const found = await findIndividual(world, world.store.records, sought);
      return found.ok ? tell(words.individual.cancelling(found.value.meeting, cohort.id)) : found;
    }
    const cancelled = await cancelIndividual(world, sought);
    return cancelled.ok ? tell(words.individual.cancelled(cancelled.value)) : cancelled;
  },
});

const list = cohortCommand({
  name: 'list',
  description: 'See the times with a therapist that are ahead: your own, or as a facilitator all',
  who: ['participant', ...CARING],
  input: z.object({ cohort: inCohort }),
  run: async (call) => {
    const { world, words, cohort } = call;
    const meetings = await individualsFor(
      world,
      world.store.records,
      cohort.id,
      carerOf(call.request.account, call.standings),
    );
    return tell(words.individual.listed(meetings));
  },
});

const end = cohortCommand({
  name: 'end',
  description: 'End the time together that is going on, as the therapist',
  who: CARING,
  input: z.object({
    meeting: carried(z.string().max(40)).optional(),
    cohort: inCohort,
    // Whoever types the command means it; a slip of the thumb on the card is asked about.
    sure: carried(z.enum(['yes', 'no'])).default('yes'),
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const named = input.meeting?.toString();
    const demand = { cohortId: cohort.id, by: request.account, named };
    if (input.sure === 'no') {
      const found = await endable(world.store.records, demand);
      return found.ok
        ? tell(
            words.individual.endingNow({ cohort: cohort.id, ...(named !== undefined && { meeting: named }) }),
          )
        : found;
    }
    const ended = await endIndividualNow(world, demand);
    return ended.ok ? tell(words.individual.ended(ended.value)) : ended;
  },
});

export const individual: CommandGroup = {
  name: 'individual',
  description: 'Times of a participant with their therapist, in a room of their own',
  commands: [schedule, move, cancel, list, end],
};
