/** Keeps every version of an agreement that came to hold in a cohort, and what is being written of the next. */
import type {
  AgreementDraft,
  AgreementText,
  KeptAgreement,
  KeptNow,
  SignedText,
} from '../../core/agreement.ts';
import { LANGUAGES } from '../../core/agreement-edit.ts';
import type { Agreements } from '../../ports/store.ts';
import { oneOf, toJson } from './columns.ts';
import { expectWritten, StaleWrite } from './conflict.ts';
import type { AgreementDraft as DraftRow, Prisma, AgreementText as TextRow } from './generated/client.ts';
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

/** No version has more texts than there are languages. */
const LATEST = {
  orderBy: [{ number: 'desc' }, { place: 'asc' }],
  take: LANGUAGES.length,
} as const satisfies Prisma.AgreementTextFindManyArgs;

const firstOf = (rows: readonly TextRow[]): KeptAgreement | undefined =>
  keptOf(rows.filter(({ number }) => number === rows[0]?.number));

const heldAt = async (tx: Transaction, cohortId: string, at: Date): Promise<KeptAgreement | undefined> =>
  firstOf(await tx.agreementText.findMany({ where: { cohortId, keptAt: { lte: at } }, ...LATEST }));

/** The group's session that is not over. */
const open = { where: { personId: null, state: { not: 'ended' } } } as const;

/** By one statement: every request asks for it, and every change once more. */
const now = async (tx: Transaction, cohortId: string): Promise<KeptNow> => {
  const rows = await tx.agreementText.findMany({
    where: { cohortId },
    include: { cohort: { select: { sessions: { ...open, select: { startedAt: true } } } } },
    ...LATEST,
  });
  const latest = firstOf(rows);
  const opened = rows[0]?.cohort.sessions[0]?.startedAt;
  if (!latest || !opened) return latest ? { latest } : {};
  // What was kept since then does not hold before the session is over.
  const atOpening = latest.keptAt > opened ? await heldAt(tx, cohortId, opened) : latest;
  return { latest, ...(atOpening && { atOpening }) };
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
  now: (cohortId) => now(tx, cohortId),
  heldAt: (cohortId, at) => heldAt(tx, cohortId, at),
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
