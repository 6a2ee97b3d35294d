/** `/rsvp`: a participant says whether they come to a meeting; they may change their mind until it begins. */
import { z } from 'zod';
import { answerMeeting } from '../src/app/answer-meeting.ts';
import { cohortCommand } from '../src/command.ts';
import { allow } from '../src/core/outcome.ts';
import { RSVP_ANSWERS } from '../src/core/rsvp.ts';
import { choice, text } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

/** Characters: an id, or a day. */
const LONGEST_NAME = 36;

export const rsvp = cohortCommand({
  name: 'rsvp',
  description: 'Say whether you come to a meeting of your group',
  who: ['participant'],
  direct: true,
  // Whether somebody comes is told in Discord; a reason that they gave before is not shown there.
  private: () => false,
  form: 'Will you be there?',
  input: z.object({
    meeting: text('Which meeting, or its day, like 2026-05-31', 1, LONGEST_NAME, 'meeting'),
    answer: choice('Whether you come', RSVP_ANSWERS, en.rsvp.ANSWERS),
  }),
  run: async ({ world, words, cohort, person, input }) => {
    const answered = await answerMeeting(world, { cohortId: cohort.id, person, ...input });
    return answered.ok ? allow({ kind: 'tell', card: words.rsvp.taken(answered.value) }) : answered;
  },
});
