/** `/make-up`: what somebody missed is made up for, at a time that is offered to them and that they may take or leave. */
import { z } from 'zod';
import { answerMakeUp } from '../src/app/answer-make-up.ts';
import { carerOf } from '../src/app/individual-time.ts';
import { listMakeUps } from '../src/app/list-make-ups.ts';
import { offerMakeUp } from '../src/app/offer-make-up.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { CARING } from '../src/core/access.ts';
import { INDIVIDUAL_MINUTES } from '../src/core/individual.ts';
import { MAKE_UP_KINDS } from '../src/core/make-up.ts';
import { allow } from '../src/core/outcome.ts';
import { account, carried, choice, text, whole } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const MOST_SESSIONS = 1_000;

const inCohort = text('Name of the group, if you have more than one', 1, 40, 'cohort').optional();

const list = cohortCommand({
  name: 'list',
  description: 'See which sessions may be made up for: your own, or as a facilitator everybody’s',
  who: ['participant', ...CARING],
  input: z.object({ cohort: inCohort }),
  run: async (call) => {
    const makeUps = await listMakeUps(call.world, call.cohort, carerOf(call.request.account, call.standings));
    return allow({ kind: 'tell', card: call.words.makeUp.listed(makeUps) });
  },
});

const offer = cohortCommand({
  name: 'offer',
  description: 'Offer somebody a time at which they may make up for a session',
  who: CARING,
  input: z.object({
    person: account('Who missed a session'),
    kind: choice('How it is made up for', MAKE_UP_KINDS, en.makeUp.KINDS),
    date: text('The day, like 2026-05-31', 1, 20),
    time: text('The time where the group meets, like 18:00', 1, 10),
    session: whole(
      'Number of the session that was missed (the first that may be made up for if not given)',
      1,
      MOST_SESSIONS,
    ).optional(),
    minutes: whole(
      `How many minutes, with their therapist (${INDIVIDUAL_MINUTES.usual} if not given)`,
      INDIVIDUAL_MINUTES.least,
      INDIVIDUAL_MINUTES.most,
    ).default(INDIVIDUAL_MINUTES.usual),
    cohort: inCohort,
  }),
  run: async (call) => {
    const { world, words, cohort, input } = call;
    const { person, cohort: _cohort, ...wish } = input;
    const offered = await offerMakeUp(world, {
      ...wish,
      cohortId: cohort.id,
      account: person,
      carer: carerOf(call.request.account, call.standings),
    });
    return offered.ok ? allow({ kind: 'tell', card: words.makeUp.offered(offered.value) }) : offered;
  },
});

const answer = cohortCommand({
  name: 'answer',
  description: 'Take or leave the time that you are offered to make up for a session',
  who: ['participant'],
  direct: true,
  input: z.object({
    answer: choice('Your answer; either is fine', ['accept', 'decline'], en.makeUp.ANSWERS),
    offer: carried(z.string().max(40)).optional(),
    at: carried(z.string().regex(/^\d{1,15}$/)).optional(),
    cohort: inCohort,
  }),
  run: async ({ world, words, cohort, person, input }) => {
    const answered = await answerMakeUp(world, {
      cohortId: cohort.id,
      personId: person.id,
      answer: input.answer,
      makeUpId: input.offer?.toString(),
      offeredAt: input.at === undefined ? undefined : new Date(Number(input.at)),
    });
    return answered.ok ? allow({ kind: 'tell', card: words.makeUp.answered(answered.value) }) : answered;
  },
});

export const makeUp: CommandGroup = {
  name: 'make-up',
  description: 'Make up for a session that was missed',
  commands: [list, offer, answer],
};
