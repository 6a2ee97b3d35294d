/** `/waitlist`: who waits for a place in a group that is full or has begun; a place is offered in order. */
import { z } from 'zod';
import { enrollable } from '../src/app/enrol-member.ts';
import { addToWaitlist, enrolNext, removeFromWaitlist } from '../src/app/tend-waitlist.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { allow, type Outcome, refuse } from '../src/core/outcome.ts';
import { account, carried, text } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const whichCohort = text('Name of the group', 1, 40, 'cohort');

const add = cohortCommand({
  name: 'add',
  description: 'Put a person on the list of those who wait for a place',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, person: account('Who waits for a place') }),
  run: async ({ world, words, request, cohort, input: { person } }) => {
    const newcomer = { account: person, bot: request.accounts[person]?.bot ?? false };
    const added = await addToWaitlist(world, { cohortId: cohort.id, newcomer, by: request.account });
    return added.ok ? tell(words.waitlist.added(added.value, person)) : added;
  },
});

const remove = cohortCommand({
  name: 'remove',
  description: 'Take a person off the list of those who wait for a place',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, person: account('Who waits no longer') }),
  run: async ({ world, words, request, cohort, input: { person } }) => {
    const removed = await removeFromWaitlist(world, {
      cohortId: cohort.id,
      account: person,
      by: request.account,
    });
    return removed.ok ? tell(words.waitlist.removed(removed.value, person)) : removed;
  },
});

const list = cohortCommand({
  name: 'list',
  description: 'See who waits for a place in a group',
  who: ['admin', ...STAFF],
  input: z.object({ cohort: whichCohort.optional() }),
  run: async ({ world, words, cohort }) =>
    tell(words.waitlist.shown({ cohort, waiting: await world.store.records.waitlists.waiting(cohort.id) })),
});

const next = cohortCommand({
  name: 'next',
  description: 'Enrol whoever waits longest for a place',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort.optional(),
    // Of whom the card told that they are next.
    who: carried(z.string()).optional(),
  }),
  run: async ({ world, words, request: { account: by }, cohort: { id: cohortId }, input }) => {
    if (input.who !== undefined) {
      const enrolled = await enrolNext(world, { cohortId, shown: String(input.who), by });
      return enrolled.ok
        ? tell(words.cohort.enrolled({ ...enrolled.value, account: String(input.who) }))
        : enrolled;
    }
    const { records } = world.store;
    const [first] = await records.waitlists.waiting(cohortId);
    if (!first) return refuse({ code: 'nobody-on-waitlist' });
    const newcomer = { account: first.person.account, bot: false };
    const found = await enrollable(records, { cohortId, newcomer, reopenConsent: true, by });
    return found.ok ? tell(words.waitlist.next({ ...found.value, account: newcomer.account })) : found;
  },
});

export const waitlist: CommandGroup = {
  name: 'waitlist',
  description: 'Who waits for a place in a group',
  commands: [add, remove, list, next],
};
