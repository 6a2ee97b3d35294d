/** `/report`: somebody tells the facilitators in private about a member, or the supervisor about a facilitator. */
import { z } from 'zod';
import { reportPerson } from '../src/app/ask-staff.ts';
import { cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { supervisorApart } from '../src/core/alert.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { account, text } from '../src/option.ts';

export const report = cohortCommand({
  name: 'report',
  description: 'Tell your facilitators in private about somebody of the group',
  who: ['enrolled', 'participant', ...STAFF],
  private: true,
  form: 'Tell it in private',
  input: z.object({
    person: account('Whom it is about; of a facilitator, only the supervisor is told'),
    words: text('What they should know', 1, 2_000),
  }),
  run: async ({ world, words, cohort, person, request, input }) => {
    const told = await reportPerson(
      world,
      { cohort, person, requestId: request.id },
      { account: input.person, words: confidential(input.words) },
    );
    if (!told.ok) return told;
    const supervisor = supervisorApart(cohort);
    const facts = {
      ...{ readers: told.value, hasSupervisor: supervisor !== undefined },
      isAboutSupervisor: supervisor?.account === input.person,
    };
    return allow({ kind: 'tell', card: words.alert.reported(facts) });
  },
});
