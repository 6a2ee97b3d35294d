/** `/session`: facilitators open a session, move it from phase to phase, and end it; all see what was shared with them. */
import { z } from 'zod';
import { changeSession } from '../src/app/change-session.ts';
import { liftIn } from '../src/app/lift-moderation.ts';
import { moderateIn } from '../src/app/moderate.ts';
import { openSession } from '../src/app/open-session.ts';
import { sharedAnswers } from '../src/app/shared-answers.ts';
import { type CohortCall, type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { GROUP, STAFF } from '../src/core/access.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import type { SessionRequest } from '../src/core/session.ts';
import { carried, type Input, text, whole } from '../src/option.ts';

/** The step that a button was shown for. */
const step = carried(z.string().regex(/^\d{1,2}$/)).optional();

const fromOf = (given: number | string | undefined): number | undefined =>
  given === undefined ? undefined : Number(given);

type Call = Pick<CohortCall<Input>, 'world' | 'words' | 'cohort' | 'request'>;

/** With what goes with it, in one change: both come to pass, or neither does. */
const change = async (
  call: Call,
  request: SessionRequest,
  beside?: Parameters<typeof changeSession>[2],
): Promise<Outcome<Reply>> => {
  const { world, words, cohort, request: asked } = call;
  const changed = await changeSession(world, { cohortId: cohort.id, request, by: asked.account }, beside);
  return changed.ok ? allow({ kind: 'done', card: words.session.changed(changed.value) }) : changed;
};

const open = cohortCommand({
  name: 'open',
  description: 'Open the next session of your group',
  who: STAFF,
  direct: true,
  input: z.object({
    topic: text('Topic (the next one of the programme if not given)', 1, 100, 'topic').optional(),
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const opened = await openSession(world, {
      cohortId: cohort.id,
      topicId: input.topic,
      by: request.account,
    });
    if (!opened.ok) return opened;
    const { session, topic } = opened.value;
    return allow({ kind: 'done', card: words.session.opened(session, topic.title) });
  },
});

const move = (name: 'next' | 'back' | 'skip', description: string) =>
  cohortCommand({
    name,
    description,
    who: STAFF,
    input: z.object({ step }),
    run: (call) => change(call, { kind: name, from: fromOf(call.input.step) }),
  });

const extend = cohortCommand({
  name: 'extend',
  description: 'Give the current part more time',
  who: STAFF,
  input: z.object({ minutes: whole('How many minutes more', 1, 30), step }),
  run: (call) => change(call, { kind: 'extend', minutes: call.input.minutes, from: fromOf(call.input.step) }),
});

const resume = cohortCommand({
  name: 'resume',
  description: 'Go on after a pause',
  who: STAFF,
  input: z.object({ chat: carried(z.enum(['hold', 'open'])).default('hold') }),
  run: (call) => {
    const { world, cohort, request, input } = call;
    return change(call, { kind: 'resume' }, async (_session, records) => {
      const lifting = { acts: ['hold-chat'], why: 'asked', by: request.account } as const;
      if (input.chat === 'open') await liftIn(records, cohort.id, lifting, world.clock.now());
      return allow(null);
    });
  },
});

/** A pause is one press, in a crisis too: with the chat held, if that is asked for, and without a reason. */
const pause = cohortCommand({
  name: 'pause',
  description: 'Pause the session; the minutes that are left are kept',
  who: STAFF,
  input: z.object({ chat: carried(z.enum(['hold', 'open'])).default('open') }),
  run: (call) => {
    const { world, cohort, request, input } = call;
    return change(call, { kind: 'pause' }, async (_session, records) => {
      if (input.chat === 'open') return allow(null);
      const held = await moderateIn(world, records, cohort, { act: 'hold-chat', by: request.account });
      return held.ok ? allow(null) : held;
    });
  },
});

const end = cohortCommand({
  name: 'end',
  description: 'End the session; attendance is kept',
  who: STAFF,
  // Whoever types the command means it; a slip of the thumb on the panel is asked about.
  input: z.object({ sure: carried(z.enum(['yes', 'no'])).default('yes') }),
  run: async (call) =>
    call.input.sure === 'no'
      ? allow({ kind: 'tell', card: call.words.session.ending() })
      : change(call, { kind: 'end' }),
});

const answers = cohortCommand({
  name: 'answers',
  description: 'See what was shared in the session, as far as it was shared with you',
  who: GROUP,
  private: true,
  input: z.object({}),
  run: async ({ world, words, cohort, standings }) => {
    const shared = await sharedAnswers(world, cohort, standings);
    return shared.ok ? allow({ kind: 'tell', card: words.sharedAnswers.answers(shared.value) }) : shared;
  },
});

export const session: CommandGroup = {
  name: 'session',
  description: 'Lead a session of your group',
  commands: [
    open,
    move('next', 'Go on to the next part'),
    move('back', 'Go back to the part before'),
    move('skip', 'Leave the rest of this part out'),
    extend,
    pause,
    resume,
    end,
    answers,
  ],
};
