/** Looks up what people ask to see of the audit. */
import type { AuditQuery, AuditRecord } from '../../../core/audit.ts';
import type { AuditEntry as EntryRow, Prisma } from '../generated/client.ts';
import type { Transaction } from '../transaction.ts';

const codeOfAccount = async (tx: Transaction, account: string): Promise<string | undefined> =>
  (await tx.auditCode.findFirst({ where: { person: { account } } }))?.code;

const wanted = (query: AuditQuery, code: string | undefined): Prisma.AuditEntryWhereInput => ({
  chain: query.guildId,
  ...(query.cohortId !== undefined && { cohort: query.cohortId }),
  ...(query.action !== undefined && { action: query.action }),
  ...(query.since && { at: { gte: query.since } }),
  ...(query.before !== undefined && { number: { lt: query.before } }),
  ...(code !== undefined && { OR: [{ actor: code }, { subject: code }] }),
});

const accountsOf = async (
  tx: Transaction,
  rows: readonly EntryRow[],
): Promise<ReadonlyMap<string, string>> => {
  const codes = [...new Set(rows.flatMap(({ actor, subject }) => [actor, subject]))].filter(
    (code) => code !== null,
  );
  const found = await tx.auditCode.findMany({ where: { code: { in: codes } }, include: { person: true } });
  return new Map(found.flatMap(({ code, person }) => (person ? [[code, person.account] as const] : [])));
};

/** The latest that are asked for; at most `take`. */
export const auditPage = async (
  tx: Transaction,
  query: AuditQuery,
  take: number,
): Promise<readonly AuditRecord[]> => {
  const code = query.account === undefined ? undefined : await codeOfAccount(tx, query.account);
  // Nothing is known of somebody whom Hearth does not know.
  if (query.account !== undefined && code === undefined) return [];
  const rows = await tx.auditEntry.findMany({
    where: wanted(query, code),
    orderBy: { number: 'desc' },
    take,
  });
  const accounts = await accountsOf(tx, rows);
  const accountOf = (each: string | null): string | undefined => accounts.get(each ?? '');
  return rows.map((row) => {
    const [actorAccount, subjectAccount] = [accountOf(row.actor), accountOf(row.subject)];
    return { ...row, ...(actorAccount && { actorAccount }), ...(subjectAccount && { subjectAccount }) };
  });
};

/** How often somebody was refused what is not theirs, in a server. */
export const deniedSince = async (
  tx: Transaction,
  personId: string,
  chain: string,
  since: Date,
): Promise<number> => {
  const code = await tx.auditCode.findUnique({ where: { personId } });
  return code
    ? tx.auditEntry.count({ where: { actor: code.code, chain, outcome: 'denied', at: { gte: since } } })
    : 0;
};
