/** Enters what was done into its chain, at the end of the transaction that does it. */
import { type Actor, type AuditEntry, chained, type Happened } from '../../../core/audit.ts';
import type { Transaction } from '../transaction.ts';
import type { AuditKeys } from './keys.ts';
import { ownerOf, serverOf } from './places.ts';
import type { Doing } from './purpose.ts';

export interface Office {
  readonly keys: AuditKeys;
  readonly now: () => Date;
}

interface Located {
  readonly chain: string;
  readonly doing: Doing;
}

/** Asks the database only for what neither the call nor whoever made it has told. */
const locate = async (tx: Transaction, actor: Actor, doing: Doing): Promise<Located> => {
  const told = { cohortId: doing.cohortId ?? actor.cohortId, personId: doing.personId };
  const lacking = told.cohortId === undefined || told.personId === undefined;
  const owner = doing.of && lacking ? await ownerOf(tx, doing.of) : {};
  const cohortId = told.cohortId ?? owner.cohortId;
  const personId = told.personId ?? owner.personId;
  const server = doing.guildId ?? actor.guildId ?? (cohortId && (await serverOf(tx, cohortId))) ?? '';
  const found = { ...(cohortId !== undefined && { cohortId }), ...(personId !== undefined && { personId }) };
  return { chain: server, doing: { ...doing, ...found } };
};

type Codes = Readonly<Record<string, string>>;

interface HeadRow {
  readonly number: number;
  readonly hash: string;
  /** Of those who were asked for and are known, by their ids. */
  readonly codes: Codes;
}

const codeOf = (codes: Codes, personId: string | undefined): string | null =>
  (personId !== undefined && codes[personId]) || null;

const happened = (actor: Actor, { action, kind, ...doing }: Doing, codes: Codes, at: Date): Happened => ({
  at,
  actor: codeOf(codes, actor.personId),
  role: actor.role,
  source: actor.source,
  command: actor.command,
  action,
  kind,
  object: doing.object ?? null,
  cohort: doing.cohortId ?? null,
  subject: codeOf(codes, doing.personId),
  outcome: doing.outcome ?? 'done',
});

/** One statement for any number of them, which is planned once: all others who write to the chain wait meanwhile. */
const put = async (tx: Transaction, entries: readonly AuditEntry[]): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO "audit_entry"
    SELECT * FROM jsonb_populate_recordset(NULL::"audit_entry", ${JSON.stringify(entries)}::jsonb)`;
};

const append = async (
  tx: Transaction,
  { keys, now }: Office,
  actor: Actor,
  chain: string,
  doings: readonly Doing[],
): Promise<void> => {
  const people = [actor.personId, ...doings.map(({ personId }) => personId)].flatMap((id) => id ?? []);
  const heads = await tx.$queryRaw<HeadRow[]>`
    SELECT "number", "hash", "codes" FROM audit_head(${chain}, ${people}::uuid[])`;
  for (const head of heads) {
    const at = now();
    const next = doings.map((doing) => happened(actor, doing, head.codes, at));
    await put(tx, chained(chain, head, next, keys.current, keys.seal));
  }
};

/** To be called last: nobody else writes to these chains from here on until the transaction ends. */
export const enter = async (
  tx: Transaction,
  office: Office,
  actor: Actor,
  doings: readonly Doing[],
): Promise<void> => {
  const located: Located[] = [];
  for (const doing of doings) located.push(await locate(tx, actor, doing));
  const chains = Map.groupBy(located, ({ chain }) => chain);
  // In one order for all, so that two who write to the same chains do not wait for each other.
  for (const [chain, of] of [...chains].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    await append(
      tx,
      office,
      actor,
      chain,
      of.map(({ doing }) => doing),
    );
  }
};
