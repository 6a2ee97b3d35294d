/** `/sign-in`: whoever is signed in on pages ends that everywhere; an admin lets somebody begin anew with another device. */
import { z } from 'zod';
import { forgetDevice } from '../src/app/forget-device.ts';
import { endSignIn } from '../src/app/sign-in.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { HELPERS, STAFF } from '../src/core/access.ts';
import { allow } from '../src/core/outcome.ts';
import { account, text } from '../src/option.ts';

const whichCohort = text('Name of the group, if you are in none of its rooms', 1, 40, 'cohort').optional();

const end = cohortCommand({
  name: 'end',
  description: 'End your sign-in on pages, in every browser',
  who: [...STAFF, ...HELPERS, 'admin'],
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, person }) => {
    const ended = await endSignIn(world, person.id);
    return ended.ok ? allow({ kind: 'tell', card: words.signIn.ended() }) : ended;
  },
});

const reset = cohortCommand({
  name: 'reset',
  description: 'Let somebody of the staff begin anew with another device',
  who: ['admin'],
  input: z.object({ person: account('Whose device is lost'), cohort: whichCohort }),
  run: async ({ world, words, cohort, person: by, input }) => {
    const forgotten = await forgetDevice(world, { cohort, by, account: input.person });
    return forgotten.ok ? allow({ kind: 'tell', card: words.signIn.forgotten(input.person) }) : forgotten;
  },
});

export const signIn: CommandGroup = {
  name: 'sign-in',
  description: 'How you are signed in on pages',
  commands: [end, reset],
};
