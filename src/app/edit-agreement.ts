/** Writes the next version of a cohort's agreement: nobody is asked to sign any of it before it is published. */
import { type Agreement, type AgreementDraft, type AgreementText, textFor } from '../core/agreement.ts';
import { editItem, type ItemEdit, type Language } from '../core/agreement-edit.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { agreementNow } from './agreement-now.ts';

type Words = Omit<AgreementText, 'version'>;

/** The text in one language as it is being written, or as it stands while nobody has begun. */
export interface Written {
  readonly text: Words;
  readonly draft?: AgreementDraft;
  /** What holds meanwhile. */
  readonly standing: Agreement;
}

/** What a language begins with that is not one of the version's: the programme's own text in it, where there is one. */
const beginning = (
  { catalogue }: Pick<World, 'catalogue'>,
  standing: Agreement,
  language: Language,
): Words => {
  const own = textFor(standing, language).text;
  const text = own.locale === language ? own : textFor(catalogue.agreement(), language).text;
  const { version: _version, ...words } = text;
  return { ...words, locale: language };
};

/** The text of a language as an admin sees it. */
export const writtenNow = async (
  world: Pick<World, 'catalogue'>,
  records: Pick<Records, 'agreements'>,
  cohortId: string,
  language: Language,
): Promise<Written> => {
  const { toSign: standing } = await agreementNow(world, records, cohortId);
  const drafts = await records.agreements.drafts(cohortId);
  const draft = drafts.find(({ text }) => text.locale === language);
  return { text: draft?.text ?? beginning(world, standing, language), standing, ...(draft && { draft }) };
};

export interface ItemDemand {
  readonly cohortId: string;
  readonly language: Language;
  readonly edit: ItemEdit;
  /** Account of the admin who writes. */
  readonly by: string;
}

/** Adds, changes, moves or takes out one item of the draft; the first change begins it. */
export const editAgreement = (
  world: World,
  { cohortId, language, edit, by }: ItemDemand,
): Promise<Outcome<Written>> =>
  world.store.change<Written>(async (records) => {
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const written = await writtenNow(world, records, cohortId, language);
    const text = editItem(written.text, edit);
    if (!text.ok) return text;
    const draft: AgreementDraft = {
      cohortId,
      text: text.value,
      basedOn: written.draft?.basedOn ?? written.standing.texts[0].sha256,
      changedBy: by,
      changedAt: world.clock.now(),
      version: written.draft?.version ?? 0,
    };
    await records.agreements.saveDraft(draft);
    return allow({ ...written, text: text.value, draft });
  });

/** Throws away what was written and not published. */
export const discardAgreement = (world: World, cohortId: string): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    await records.agreements.discardDrafts(cohortId);
    return allow(null);
  });
