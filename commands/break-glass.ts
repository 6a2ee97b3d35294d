/** `/break-glass`: in an emergency an admin opens what staff may see of a group, with a reason and for an hour. */
import { z } from 'zod';
import { breakGlass as begin, endEmergencyAccess, listEmergencyAccesses } from '../src/app/break-glass.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { hinted, text } from '../src/option.ts';

const whichCohort = text('Name of the group', 1, 40, 'cohort').optional();

const open = cohortCommand({
  name: 'begin',
  description: 'In an emergency: open the alerts of a group for an hour; its facilitators are told at once',
  who: ['admin'],
  private: true,
  form: 'Open the alerts of this group',
  input: z.object({
    reason: hinted(text('Why nobody else can', 10, 500), 'Kept encrypted; the facilitators can read it'),
    cohort: whichCohort,
  }),
  run: async ({ world, words, cohort, person, input }) => {
    const begun = await begin(world, cohort, { person, reason: confidential(input.reason) });
    return begun.ok ? allow({ kind: 'tell', card: words.breakGlass.opened(begun.value) }) : begun;
  },
});

const end = cohortCommand({
  name: 'end',
  description: 'End your emergency access',
  who: ['admin'],
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort, person }) => {
    const ended = await endEmergencyAccess(world, cohort, person);
    return ended.ok ? allow({ kind: 'tell', card: words.breakGlass.ended() }) : ended;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See who had an emergency access to your group, when and why',
  who: [...STAFF, 'supervisor', 'admin'],
  private: true,
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort, now }) =>
    allow({ kind: 'tell', card: words.breakGlass.listed(await listEmergencyAccesses(world, cohort), now) }),
});

export const breakGlass: CommandGroup = {
  name: 'break-glass',
  description: 'Emergency access of admins to what staff see of a group',
  commands: [open, end, show],
};
