/** `/absence`: a participant tells that they cannot come to a meeting, with a reason or without, and may take it back. */
import { z } from 'zod';
import { answerable, answerMeeting, withdrawAbsence } from '../src/app/answer-meeting.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { ABSENCE_REASON_LENGTH } from '../src/core/rsvp.ts';
import { formFor } from '../src/form.ts';
import { hinted, optionsOf, text } from '../src/option.ts';

/** Characters: an id, or a day. */
const LONGEST_NAME = 36;
const FORM = 'I cannot come';

const whichMeeting = text('Which meeting, or its day, like 2026-05-31', 1, LONGEST_NAME, 'meeting');

const telling = z.object({
  meeting: whichMeeting,
  reason: hinted(
    text('Why, if you like', 1, ABSENCE_REASON_LENGTH),
    'Only your therapist and you read it. Prefer not to say? Leave this empty.',
  ).optional(),
});

const tell = cohortCommand({
  name: 'tell',
  description: 'Tell that you cannot come to a meeting; nobody has to say why',
  who: ['participant'],
  direct: true,
  private: true,
  form: FORM,
  input: telling,
  run: async ({ world, words, cohort, person, request, input }) => {
    const { meeting, reason } = input;
    const asked = { cohortId: cohort.id, person, meeting };
    if (request.via === 'press') {
      const found = await answerable(world, world.store.records, asked);
      if (!found.ok) return found;
      const form = { title: FORM, command: request.path, ...formFor(optionsOf(telling), { meeting }) };
      return allow({ kind: 'ask', form: { ...form, given: { ...form.given, cohort: cohort.id } } });
    }
    const told = { ...asked, ...(reason !== undefined && { reason: confidential(reason) }) };
    const answered = await answerMeeting(world, { ...told, answer: 'not-coming' });
    return answered.ok ? allow({ kind: 'tell', card: words.absence.told(answered.value) }) : answered;
  },
});

const withdraw = cohortCommand({
  name: 'withdraw',
  description: 'Take back that you cannot come: you come after all',
  who: ['participant'],
  direct: true,
  form: 'I come after all',
  input: z.object({ meeting: whichMeeting }),
  run: async ({ world, words, cohort, person, input }) => {
    const withdrawn = await withdrawAbsence(world, { cohortId: cohort.id, person, ...input });
    return withdrawn.ok ? allow({ kind: 'tell', card: words.rsvp.taken(withdrawn.value) }) : withdrawn;
  },
});

export const absence: CommandGroup = {
  name: 'absence',
  description: 'Tell that you cannot come to a meeting of your group',
  commands: [tell, withdraw],
};
