/** `/voice-check`: somebody tests their microphone with Hearth, in a room of their own, or is told how to do it alone. */
import { z } from 'zod';
import { askForCheck, leadCheckOn } from '../src/app/ask-check.ts';
import { hasTested, testedAlone } from '../src/app/microphone-tests.ts';
import { type CohortCall, cohortCommand, type Reply } from '../src/command.ts';
import { GROUP } from '../src/core/access.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { carried } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const STEPS = ['start', 'again', 'alone', 'checked', 'done'] as const;
const input = z.object({ step: carried(z.enum(STEPS)).optional() });
type Call = CohortCall<typeof input>;

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const intro = async ({ world, words, cohort, person }: Call): Promise<Outcome<Reply>> =>
  tell(words.voiceCheck.intro(await hasTested(world.store.records, cohort, person.id)));

const start = async ({ world, words, cohort, person }: Call): Promise<Outcome<Reply>> => {
  const asked = await askForCheck(world, { cohort, person });
  if (!asked.ok) return asked;
  if (asked.value.did !== 'asked') return tell(words.voiceCheck.notNow(asked.value.did));
  const { before, channelId, check } = asked.value;
  return tell(words.voiceCheck.asked({ before, channelId, number: check.number }));
};

const checked = async ({ world, words, cohort, person }: Call): Promise<Outcome<Reply>> => {
  const noted = await testedAlone(world, { cohort, person });
  return noted.ok ? tell(words.voiceCheck.checked()) : noted;
};

const done = async ({ world, words, cohort, person }: Call): Promise<Outcome<Reply>> => {
  const ended = await leadCheckOn(world, { cohort, person }, { kind: 'finish' });
  return ended.ok ? tell(words.voiceCheck.done()) : ended;
};

const STEP: Readonly<Record<(typeof STEPS)[number], (call: Call) => Promise<Outcome<Reply>>>> = {
  start,
  again: start,
  alone: async ({ words }) => tell(words.voiceCheck.alone()),
  checked,
  done,
};

export const voiceCheck = cohortCommand({
  name: 'voice-check',
  description: 'Test your microphone before a session, with Hearth or on your own',
  // Whoever has not signed yet may find out first whether their equipment works.
  who: [...GROUP, 'enrolled'],
  input,
  run: (call) => {
    // `carried` holds a string or a number for its button; the schema above lets nothing but a step through.
    const step = STEPS.find((each) => each === call.input.step);
    return step === undefined ? intro(call) : STEP[step](call);
  },
});
