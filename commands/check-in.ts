/** `/check-in`: how somebody arrives, and with whom it is shared; a pass needs nothing and costs nothing. */
import { z } from 'zod';
import { type ArrivalTold, checkIn as checkInTo, mayCheckIn } from '../src/app/check-in.ts';
import { cohortCommand } from '../src/command.ts';
import { GOAL_STATUSES, MOOD_WORDS, MOST_WORDS, SCALE, SHARES } from '../src/core/check-in.ts';
import { allow } from '../src/core/outcome.ts';
import { choice, choices, hinted, whole } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const UNLESS_PASSING = 'Not needed when you pass';

// First who will see it, then what they see.
const options = z.object({
  share: choice('With whom it is shared', SHARES, en.checkIn.SHARES),
  mood: hinted(whole('Your mood, 0 (low) to 10 (high)', SCALE.least, SCALE.most), UNLESS_PASSING).optional(),
  energy: hinted(
    whole('Your energy, 0 (low) to 10 (high)', SCALE.least, SCALE.most),
    UNLESS_PASSING,
  ).optional(),
  words: choices(
    'Up to three words for how you are',
    MOOD_WORDS,
    en.checkIn.MOOD_WORDS,
    MOST_WORDS,
  ).optional(),
  goal: hinted(
    choice('Your goal since last time', GOAL_STATUSES, en.checkIn.GOAL_STATUSES),
    UNLESS_PASSING,
  ).optional(),
});

/** What was told, once it is complete. */
const told = (input: z.infer<typeof options>): ArrivalTold | undefined => {
  const { share, mood, energy, words = [], goal } = input;
  if (share === 'pass') return { share };
  if (mood === undefined || energy === undefined || goal === undefined) return undefined;
  return { share, arrival: { mood, energy, words, goalStatus: goal } };
};

/** Whoever does not pass says how they are. */
const input = options.superRefine((given, context) => {
  if (told(given)) return;
  for (const path of ['mood', 'energy', 'goal'] as const) {
    if (given[path] === undefined) context.addIssue({ code: 'custom', path: [path] });
  }
});

export const checkIn = cohortCommand({
  name: 'check-in',
  description: 'Say how you arrive, or pass',
  who: ['participant'],
  form: 'Check-in',
  // A pass tells nothing: it is never more trouble than to answer.
  private: ({ share }) => share !== 'pass',
  input,
  ready: ({ world, cohort }) => mayCheckIn(world, cohort.id),
  run: async ({ world, words, cohort, person, input: given }) => {
    const arrival = told(given);
    if (!arrival) throw new TypeError('a check-in that is not complete was let through');
    const done = await checkInTo(world, { cohortId: cohort.id, personId: person.id }, arrival);
    if (!done.ok) return done;
    const place = cohort.settings.privateAnswers;
    return allow({ kind: 'tell', card: words.checkIn.taken({ ...done.value, place }) });
  },
});
