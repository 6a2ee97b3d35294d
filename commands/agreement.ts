/** `/agreement`: the confidentiality agreement is read, signed and withdrawn from. */
import { z } from 'zod';
import { hasTested } from '../src/app/microphone-tests.ts';
import { showAgreement } from '../src/app/show-agreement.ts';
import { signAgreement } from '../src/app/sign-agreement.ts';
import { withdrawSignature } from '../src/app/withdraw-signature.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { allow, type Outcome, refuse } from '../src/core/outcome.ts';
import { carried, text } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const show = cohortCommand({
  name: 'show',
  description: 'Read the agreement of your group',
  who: ['enrolled', 'participant', 'lead', 'co-facilitator'],
  input: z.object({ language: carried(z.string()).optional() }),
  run: async ({ world, words, request: { account, locale }, cohort, input: { language = locale } }) =>
    tell(words.agreement.shown(await showAgreement(world, cohort, { account, locale: String(language) }))),
});

const sign = cohortCommand({
  name: 'sign',
  description: 'Sign the agreement, so that the rooms of your group open for you',
  // Those who have signed may ask again, and are told that their signature stands.
  who: ['enrolled', 'participant'],
  input: z.object({
    confirm: text('The words that the agreement asks you to type', 1, 100).optional(),
    sha256: carried(z.string()).optional(),
  }),
  run: async ({ world, words, request, cohort, person, input }) => {
    const { account, locale } = request;
    const { reader, agreement, sha256 } = await showAgreement(world, cohort, { account, locale });
    if (reader === 'signed') return refuse({ code: 'already-signed' });
    const shown = input.sha256?.toString() ?? sha256;
    const text = agreement.texts.find((each) => each.sha256 === shown);
    if (!text) return refuse({ code: 'agreement-changed' });
    if (input.confirm === undefined && request.via !== 'form') {
      return allow({ kind: 'ask', form: words.agreement.form(text) });
    }
    const signed = await signAgreement(world, {
      cohortId: cohort.id,
      account: request.account,
      typed: input.confirm ?? '',
      shown,
      method: request.via === 'form' ? 'form' : 'command',
    });
    if (!signed.ok) return signed;
    const tested = await hasTested(world.store.records, cohort, person.id);
    return tell(words.agreement.signed(signed.value, tested));
  },
});

const withdraw = cohortCommand({
  name: 'withdraw',
  description: 'Withdraw your signature: the rooms close to you until you sign again',
  // A signature of an earlier text may be withdrawn, too, though it no longer opens the rooms.
  who: ['participant', 'enrolled'],
  input: z.object({ sure: carried(z.literal('yes')).optional() }),
  run: async ({ world, words, request, cohort, standings, input }) => {
    if (input.sure === undefined && standings.has('participant')) {
      return tell(words.agreement.withdrawing());
    }
    const withdrawn = await withdrawSignature(world, { cohortId: cohort.id, account: request.account });
    return withdrawn.ok ? tell(words.agreement.withdrawn()) : withdrawn;
  },
});

export const agreement: CommandGroup = {
  name: 'agreement',
  description: 'The confidentiality agreement of your group',
  commands: [show, sign, withdraw],
};
