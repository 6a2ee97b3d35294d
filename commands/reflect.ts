/** `/reflect`: what somebody takes away, and what they intend until next time. */
import { z } from 'zod';
import { mayReflect, type ReflectionTold, reflect as reflectOn } from '../src/app/reflect.ts';
import { cohortCommand } from '../src/command.ts';
import { SHARES } from '../src/core/check-in.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { INTENTION_LENGTH, INTENTION_READERS, TAKE_AWAYS } from '../src/core/reflection.ts';
import { choice, hinted, text } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

// First who will see it, then what they see.
const options = z.object({
  share: choice('With whom your take-away is shared', SHARES, en.checkIn.SHARES),
  'take-away': hinted(
    choice('What you take away', TAKE_AWAYS, en.reflect.TAKE_AWAYS),
    'Not needed when you pass',
  ).optional(),
  intention: hinted(
    text('Your intention until next time', 1, INTENTION_LENGTH),
    'If you like: it comes back to you at your next check-in',
  ).optional(),
  'intention-readers': hinted(
    choice('Who sees your intention', INTENTION_READERS, en.reflect.INTENTION_READERS),
    'Only you, when you choose nothing',
  ).optional(),
});

/** What was told, once it is complete. */
const told = (input: z.infer<typeof options>): ReflectionTold | undefined => {
  const { share, 'take-away': takeAway, intention } = input;
  if (share === 'pass') return { share };
  if (takeAway === undefined) return undefined;
  if (intention === undefined) return { share, takeAway };
  const intentionReaders = input['intention-readers'] ?? 'only-me';
  return { share, takeAway, intention: confidential(intention), intentionReaders };
};

/** Whoever does not pass names a take-away. */
const input = options.superRefine((given, context) => {
  if (!told(given)) context.addIssue({ code: 'custom', path: ['take-away'] });
});

export const reflect = cohortCommand({
  name: 'reflect',
  description: 'Close the session for yourself: a take-away and an intention, or pass',
  who: ['participant'],
  form: 'Closing reflection',
  // A pass tells nothing, unless something was written with it.
  private: ({ share, intention }) => share !== 'pass' || intention !== undefined,
  input,
  ready: ({ world, cohort }) => mayReflect(world, cohort.id),
  run: async ({ world, words, cohort, person, input: given }) => {
    const reflection = told(given);
    if (!reflection) throw new TypeError('a reflection that is not complete was let through');
    const done = await reflectOn(world, { cohortId: cohort.id, personId: person.id }, reflection);
    if (!done.ok) return done;
    const card = words.reflect.taken(done.value, cohort.settings.privateAnswers);
    // Whoever passes is kept nothing of: what they wrote all the same is theirs again.
    const lost = reflection.share === 'pass' && given.intention !== undefined ? [given.intention] : [];
    return allow({ kind: 'tell', card: lost.length > 0 ? words.givenBack(card, lost) : card });
  },
});
