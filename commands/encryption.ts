/** `/encryption`: what is known of the encryption of the group's call, and how anybody can check it. */
import { z } from 'zod';
import { codeOf, showEncryption } from '../src/app/show-encryption.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { GROUP, INSIDE, STAFF } from '../src/core/access.ts';
import { allow } from '../src/core/outcome.ts';

const show = cohortCommand({
  name: 'show',
  description: 'See whether the call of the group is end-to-end encrypted, and how to check it',
  who: INSIDE,
  input: z.object({}),
  run: async ({ world, words, cohort, standings }) => {
    const reader = STAFF.some((standing) => standings.has(standing)) ? 'staff' : 'group';
    const encryption = await showEncryption(world, cohort);
    const { joinsCalls } = cohort.settings;
    return allow({ kind: 'tell', card: words.encryption.shown(encryption, { reader, joinsCalls }) });
  },
});

const code = cohortCommand({
  name: 'code',
  description: 'See your own code for Hearth in the call, to compare it with what Discord shows you',
  who: GROUP,
  input: z.object({}),
  run: async ({ world, words, cohort, request }) => {
    const digits = await codeOf(world, cohort, request.account);
    return digits.ok ? allow({ kind: 'tell', card: words.encryption.code(digits.value) }) : digits;
  },
});

export const encryption: CommandGroup = {
  name: 'encryption',
  description: 'Whether the call of the group is end-to-end encrypted',
  commands: [show, code],
};
