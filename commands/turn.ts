/** `/turn`: participants ask to speak, pass and finish; facilitators call the next. */
import { z } from 'zod';
import { notYetHeard } from '../src/app/not-yet-heard.ts';
import { callNext, takeTurn } from '../src/app/take-turn.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { allow } from '../src/core/outcome.ts';
import { carried } from '../src/option.ts';

const queueing = (name: 'raise' | 'later', description: string, told: 'queued' | 'later') =>
  cohortCommand({
    name,
    description,
    who: ['participant'],
    input: z.object({}),
    run: async ({ world, words, cohort, person, request }) => {
      const demand = { cohortId: cohort.id, personId: person.id, by: request.account, kind: name };
      const taken = await takeTurn(world, demand);
      return taken.ok ? allow({ kind: 'done', card: words.turn[told](taken.value.turns, person.id) }) : taken;
    },
  });

const pass = cohortCommand({
  name: 'pass',
  description: 'Pass; nobody asks why',
  who: ['participant'],
  input: z.object({}),
  run: async ({ world, words, cohort, person, request }) => {
    const demand = { cohortId: cohort.id, personId: person.id, by: request.account, kind: 'pass' } as const;
    const taken = await takeTurn(world, demand);
    // Told, also after a press: a pass is not seen on any card, and somebody who passes wants to know it counted.
    return taken.ok ? allow({ kind: 'tell', card: words.turn.passed() }) : taken;
  },
});

const done = cohortCommand({
  name: 'done',
  description: 'End your turn',
  who: ['participant'],
  input: z.object({}),
  run: async ({ world, words, cohort, person, request }) => {
    const demand = { cohortId: cohort.id, personId: person.id, by: request.account, kind: 'done' } as const;
    const taken = await takeTurn(world, demand);
    return taken.ok ? allow({ kind: 'done', card: words.turn.done() }) : taken;
  },
});

const next = cohortCommand({
  name: 'next',
  description: 'Call the next person who raised a hand',
  who: STAFF,
  input: z.object({ after: carried(z.string()).optional() }),
  run: async ({ world, words, cohort, request, input }) => {
    const called = await callNext(world, {
      cohortId: cohort.id,
      by: request.account,
      after: input.after?.toString(),
    });
    return called.ok ? allow({ kind: 'done', card: words.turn.called(called.value.turns) }) : called;
  },
});

const unheard = cohortCommand({
  name: 'unheard',
  description: 'See who in the voice room has had no turn yet',
  who: STAFF,
  input: z.object({}),
  run: async ({ world, words, cohort }) => {
    const accounts = await notYetHeard(world, cohort);
    return accounts.ok ? allow({ kind: 'tell', card: words.turn.notYetHeard(accounts.value) }) : accounts;
  },
});

export const turn: CommandGroup = {
  name: 'turn',
  description: 'Take turns in speaking',
  commands: [
    queueing('raise', 'Ask for a turn', 'queued'),
    pass,
    queueing('later', 'Come back to me: go to the end of the queue', 'later'),
    done,
    next,
    unheard,
  ],
};
