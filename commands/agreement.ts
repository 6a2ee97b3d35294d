/** `/agreement`: the confidentiality agreement is read, signed and withdrawn from. */
import { z } from 'zod';
import { discardAgreement, editAgreement, writtenNow } from '../src/app/edit-agreement.ts';
import { hasTested } from '../src/app/microphone-tests.ts';
import { publishAgreement, publishable } from '../src/app/publish-agreement.ts';
import { reportSignatures, signatureTable } from '../src/app/report-signatures.ts';
import { showAgreement } from '../src/app/show-agreement.ts';
import { signAgreement } from '../src/app/sign-agreement.ts';
import { withdrawSignature } from '../src/app/withdraw-signature.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { LANGUAGES, type Language, MOST_ITEM, MOST_ITEMS } from '../src/core/agreement-edit.ts';
import { allow, type Outcome, refuse } from '../src/core/outcome.ts';
import { dateOf } from '../src/core/wall-time.ts';
import { carried, choice, choices, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { LANGUAGE_NAMES } from '../src/words/en/agreement-edit.ts';

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
    return tell(words.agreement.signed({ ...signed.value, tested }));
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

const whichCohort = text('Name of the group', 1, 40, 'cohort');
const language = choice('Language of the text (English if not given)', LANGUAGES, LANGUAGE_NAMES);
const USUAL: Language = 'en';

const edit = cohortCommand({
  name: 'edit',
  description: 'Write the agreement of a group: nobody signs any of it before you publish it',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, language: language.default(USUAL) }),
  run: async ({ world, words, cohort, input }) =>
    tell(
      words.agreementEdit.writing({
        cohort,
        ...(await writtenNow(world, world.store.records, cohort.id, input.language)),
      }),
    ),
});

const item = cohortCommand({
  name: 'item',
  description: 'Add, change, move or take out one item of the agreement that you write',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    language: language.default(USUAL),
    number: whole('Number of the item (a new one if not given)', 1, MOST_ITEMS).optional(),
    words: text('What it says', 1, MOST_ITEM).optional(),
    place: whole('Its place in the list', 1, MOST_ITEMS).optional(),
  }),
  run: async ({ world, words, request, cohort, input }) => {
    const { language: written, number, words: said, place } = input;
    if (said === undefined && (request.via !== 'form' || number === undefined)) {
      const { text: now } = await writtenNow(world, world.store.records, cohort.id, written);
      if (number !== undefined && number > now.items.length) return refuse({ code: 'no-such-item' });
      return allow({ kind: 'ask', form: words.agreementEdit.itemForm({ cohort, text: now, number }) });
    }
    const edited = await editAgreement(world, {
      cohortId: cohort.id,
      language: written,
      edit: { number, words: said, place },
      by: request.account,
    });
    return edited.ok ? tell(words.agreementEdit.writing({ cohort, ...edited.value })) : edited;
  },
});

const publish = cohortCommand({
  name: 'publish',
  description: 'Publish what you wrote as the next version of the agreement: everybody signs again',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    languages: choices(
      'Languages in which it can be read (all if not given)',
      LANGUAGES,
      LANGUAGE_NAMES,
      LANGUAGES.length,
    ).optional(),
    mark: carried(z.string()).optional(),
  }),
  run: async ({ world, words, request, cohort, input: { languages, mark } }) => {
    const wish = { cohortId: cohort.id, languages };
    if (mark === undefined) {
      const found = await publishable(world, world.store.records, wish);
      return found.ok ? tell(words.agreementEdit.publishing({ cohort, ...found.value })) : found;
    }
    const published = await publishAgreement(world, { ...wish, mark: String(mark), by: request.account });
    return published.ok ? tell(words.agreementEdit.published({ cohort, ...published.value })) : published;
  },
});

const MOST_CYCLES = 1_000;

const report = cohortCommand({
  name: 'report',
  description: 'See who has signed which version of the agreement, when and how, also as a file',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    cycle: whole('Of this cycle alone (of all if not given)', 1, MOST_CYCLES).optional(),
  }),
  run: async ({ world, words, cohort, input: { cycle } }) => {
    const lines = await reportSignatures(world, cohort, cycle);
    if (!lines.ok) return lines;
    const today = dateOf(world.zones.wall(world.clock.now(), cohort.zone));
    const file = words.signatureReport.file(today, signatureTable(world, lines.value));
    return allow({ kind: 'tell', card: words.signatureReport.shown(cohort.name, lines.value), file });
  },
});

const discard = cohortCommand({
  name: 'discard',
  description: 'Throw away what was written of the agreement and not published',
  who: ['admin'],
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort }) => {
    const discarded = await discardAgreement(world, cohort.id);
    return discarded.ok ? tell(words.agreementEdit.discarded(cohort)) : discarded;
  },
});

export const agreement: CommandGroup = {
  name: 'agreement',
  description: 'The confidentiality agreement of your group',
  commands: [show, sign, withdraw, report, edit, item, publish, discard],
};
