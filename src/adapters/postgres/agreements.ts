/** Keeps every version of an agreement that came to hold in a cohort, and what is being written of the next. */
import type { AgreementDraft, AgreementText, KeptAgreement, SignedText } from '../../core/agreement.ts';
import { LANGUAGES } from '../../core/agreement-edit.ts';
import type { Agreements } from '../../ports/store.ts';
import { oneOf, toJson } from './columns.ts';
import { expectWritten, StaleWrite } from './conflict.ts';
import type { AgreementDraft as DraftRow, AgreementText as TextRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type Words = Pick<TextRow, 'locale' | 'title' | 'items' | 'confirmation' | 'allows'>;

const wordsOf = ({ locale, title, items, confirmation, allows }: Words): Omit<AgreementText, 'version'> => ({
  locale,
  title,
  // Only `columnsOf` writes these columns, of a text.
  items: items as string[],
  confirmation,
  allows: allows as NonNullable<AgreementText['allows']>,
});

const columnsOf = ({ locale, title, items, confirmation, allows }: Omit<AgreementText, 'version'>) => ({
  locale,
  title,
  items: [...items],
  confirmation,
  allows: toJson(allows ?? {}),
});

const signedOf = (row: TextRow): SignedText => ({
  text: { ...wordsOf(row), version: row.version },
  sha256: row.sha256,
});

const keptOf = ([first, ...others]: readonly TextRow[]): KeptAgreement | undefined =>
  first && {
    cohortId: first.cohortId,
    number: first.number,
    version: first.version,
    from: oneOf(['programme', 'cohort'], first.source),
    keptAt: first.keptAt,
    ...(first.publishedBy !== null && { publishedBy: first.publishedBy }),
    texts: [signedOf(first), ...others.map(signedOf)],
  };

const rowsOf = (kept: KeptAgreement) =>
  kept.texts.map(({ text, sha256 }, index) => ({
    ...columnsOf(text),
    cohortId: kept.cohortId,
    number: kept.number,
    place: index + 1,
    version: kept.version,
    source: kept.from,
    sha256,
    keptAt: kept.keptAt,
    publishedBy: kept.publishedBy ?? null,
  }));

const draftOf = (row: DraftRow): AgreementDraft => ({
  cohortId: row.cohortId,
  text: wordsOf(row),
  basedOn: row.basedOn,
  changedBy: row.changedBy,
  changedAt: row.changedAt,
  version: row.version,
});

const last = async (tx: Transaction, cohortId: string, by?: Date): Promise<KeptAgreement | undefined> => {
  const rows = await tx.agreementText.findMany({
    where: { cohortId, ...(by && { keptAt: { lte: by } }) },
    orderBy: [{ number: 'desc' }, { place: 'asc' }],
    // No version has more texts than there are languages.
    take: LANGUAGES.length,
  });
  return keptOf(rows.filter(({ number }) => number === rows[0]?.number));
};

/** When the group's session was opened that is not over. */
const openedAt = async (tx: Transaction, cohortId: string): Promise<Date | undefined> => {
  const session = await tx.session.findFirst({
    where: { cohortId, personId: null, state: { not: 'ended' } },
    select: { startedAt: true },
  });
  return session?.startedAt;
};

const saveDraft = async (tx: Transaction, draft: AgreementDraft): Promise<void> => {
  const { cohortId, text, version, ...columns } = draft;
  const data = { ...columns, ...columnsOf(text), cohortId, version: version + 1 };
  const written =
    version === 0
      ? await tx.agreementDraft.createMany({ data, skipDuplicates: true })
      : await tx.agreementDraft.updateMany({ where: { cohortId, locale: text.locale, version }, data });
  expectWritten(written);
};

/** Agreements, in a transaction. */
export const agreementsIn = (tx: Transaction): Agreements => ({
  now: async (cohortId) => {
    const [latest, opened] = await Promise.all([last(tx, cohortId), openedAt(tx, cohortId)]);
    const atOpening =
      latest && opened && latest.keptAt > opened ? await last(tx, cohortId, opened) : opened && latest;
    return { ...(latest && { latest }), ...(atOpening && { atOpening }) };
  },
  heldAt: (cohortId, at) => last(tx, cohortId, at),
  history: async (cohortId) => {
    const rows = await tx.agreementText.findMany({
      where: { cohortId },
      orderBy: [{ number: 'asc' }, { place: 'asc' }],
    });
    const versions = Map.groupBy(rows, ({ number }) => number).values();
    return [...versions].flatMap((texts) => keptOf(texts) ?? []);
  },
  keep: async (agreement) => {
    const data = rowsOf(agreement);
    const { count } = await tx.agreementText.createMany({ data, skipDuplicates: true });
    if (count !== data.length) throw new StaleWrite();
  },
  drafts: async (cohortId) => {
    const rows = await tx.agreementDraft.findMany({ where: { cohortId }, orderBy: { locale: 'asc' } });
    return rows.map(draftOf);
  },
  saveDraft: (draft) => saveDraft(tx, draft),
  discardDrafts: async (cohortId) => {
    await tx.agreementDraft.deleteMany({ where: { cohortId } });
  },
});
