/** `/contact-me`: somebody would like staff to contact them; nothing is read into anything that they wrote. */
import { z } from 'zod';
import { askForContact } from '../src/app/ask-staff.ts';
import { cohortCommand } from '../src/command.ts';
import { allow } from '../src/core/outcome.ts';
import { text } from '../src/option.ts';

export const contactMe = cohortCommand({
  name: 'contact-me',
  description: 'Ask your facilitators to contact you; for help now there is /help-now',
  who: ['enrolled', 'participant'],
  direct: true,
  input: z.object({ cohort: text('Name of the group, if you have several', 1, 40, 'cohort').optional() }),
  run: async ({ world, words, cohort, person, request }) => {
    const asked = await askForContact(world, { cohort, person, requestId: request.id });
    return asked.ok ? allow({ kind: 'tell', card: words.alert.contactAsked() }) : asked;
  },
});
