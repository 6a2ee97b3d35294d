/** What older versions left as it was: sealed with a master key itself, or not sealed at all; to be sealed under data keys. */
import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from './cipher.ts';
import { findKeys, type Owner } from './data-keys.ts';
import { BY_MASTER, type MasterSealing, type Spot } from './master-sealing.ts';
import { type Sealer, sealingIn, withKey } from './sealing.ts';
import type { Transaction } from './transaction.ts';

/** A column in which old values may stand. */
export interface OldColumn {
  readonly table: string;
  readonly column: string;
  readonly kind: Owner['kind'];
  /** Id of the owner, as SQL on a row `r`. */
  readonly owner: string;
  /** What stands there as it is now, as SQL on a row `r`. */
  readonly value: string;
  /** Which rows are old, as SQL on a row `r`. */
  readonly isOld: string;
  /** What else is set when it is sealed anew. */
  readonly besides?: string;
  /** Rows in one transaction. */
  readonly atOnce: number;
}

const AT_ONCE = 50;

const sealed = (table: string, column: string, kind: Owner['kind'], owner: string): OldColumn => ({
  ...{ table, column, kind, owner, atOnce: AT_ONCE },
  value: `r."${column}"`,
  isOld: `r."${column}" LIKE '${BY_MASTER}%'`,
});

const OF_GOAL = '(SELECT g."person_id" FROM "goal" g WHERE g."id" = r."goal_id")';
const OF_ATTENDANCE = '(SELECT a."person_id" FROM "attendance" a WHERE a."id" = r."attendance_id")';

/** Every column that was sealed before there were data keys; what is new is sealed under them from its first day. */
export const OLD_COLUMNS: readonly OldColumn[] = [
  sealed('check_in', 'sealed_arrival', 'person', 'r."person_id"'),
  sealed('reflection', 'sealed_take_away', 'person', 'r."person_id"'),
  sealed('reflection', 'sealed_intention', 'person', 'r."person_id"'),
  sealed('goal', 'sealed_text', 'person', 'r."person_id"'),
  sealed('goal_update', 'sealed_note', 'person', OF_GOAL),
  {
    ...sealed('goal_update', 'sealed_level', 'person', OF_GOAL),
    value: 'r."level"::text',
    isOld: 'r."level" IS NOT NULL',
    besides: '"level" = NULL',
  },
  sealed('attendance_amendment', 'sealed_reason', 'person', OF_ATTENDANCE),
  sealed('rsvp', 'sealed_reason', 'person', 'r."person_id"'),
  sealed('media', 'sealed_title', 'cohort', 'r."cohort_id"'),
  sealed('media', 'sealed_alternative', 'cohort', 'r."cohort_id"'),
  {
    ...sealed('media', 'sealed_audio', 'cohort', 'r."cohort_id"'),
    isOld: `substring(r."sealed_audio" FOR ${BY_MASTER.length}) = '${BY_MASTER}'::bytea`,
    atOnce: 1,
  },
  sealed('shared_link', 'sealed_address', 'cohort', 'r."cohort_id"'),
  sealed('shared_link', 'sealed_title', 'cohort', 'r."cohort_id"'),
  sealed('shared_link', 'sealed_alternative', 'cohort', 'r."cohort_id"'),
  sealed('shared_link', 'sealed_invitation', 'cohort', 'r."cohort_id"'),
];

interface OldRow {
  readonly id: string;
  readonly owner: string;
  readonly value: string | Uint8Array;
}

const sealAnew = (
  sealer: Sealer,
  master: MasterSealing,
  value: OldRow['value'],
  spot: Spot,
): string | Uint8Array => {
  if (typeof value !== 'string') return sealer.sealBytes(master.unsealBytes(value, spot), spot);
  const isSealed = value.startsWith(BY_MASTER);
  return sealer.seal(isSealed ? master.unseal(value, spot).toString('utf8') : value, spot);
};

/** Of somebody who was erased, nothing may open: it is sealed with a key that nobody keeps. */
const withKeyOf = async <Value>(
  tx: Transaction,
  master: MasterSealing,
  owner: Owner,
  make: (sealer: Sealer) => Value,
): Promise<Value> => {
  const found = await findKeys(tx, master, [owner]);
  if (found.get(owner.id) !== 'destroyed') return sealingIn(tx, master).sealFor(owner, make);
  return withKey(owner, randomBytes(KEY_BYTES), make);
};

/** Seals some of a column anew, in a transaction, and tells how many; 0 when none was left that nobody else has in hand. */
export const sealSomeAnew = async (
  tx: Transaction,
  master: MasterSealing,
  old: OldColumn,
): Promise<number> => {
  const { table, column, kind } = old;
  const rows = await tx.$queryRawUnsafe<OldRow[]>(
    `SELECT r."id"::text, ${old.owner}::text AS owner, ${old.value} AS value FROM "${table}" r
     WHERE ${old.isOld} ORDER BY r."id" LIMIT ${old.atOnce} FOR NO KEY UPDATE OF r SKIP LOCKED`,
  );
  for (const { id, owner, value } of rows) {
    const spot = { table, column, rowId: id };
    const anew = await withKeyOf(tx, master, { kind, id: owner }, (sealer) =>
      sealAnew(sealer, master, value, spot),
    );
    const set = [`"${column}" = $2`, ...(old.besides === undefined ? [] : [old.besides])].join(', ');
    await tx.$executeRawUnsafe(`UPDATE "${table}" SET ${set} WHERE "id" = $1::uuid`, id, anew);
  }
  return rows.length;
};

/** How many values of a column are old, by the name of the key that sealed them; '' for those that are not sealed. */
export const countOld = async (
  tx: Transaction,
  { table, column, value, isOld }: OldColumn,
): Promise<ReadonlyMap<string, number>> => {
  const text = column === 'sealed_audio' ? `encode(substring(${value} FOR 99), 'escape')` : value;
  const rows = await tx.$queryRawUnsafe<{ readonly name: string; readonly count: number }[]>(
    `SELECT split_part(${text}, '.', 2) AS name, count(*)::int AS count FROM "${table}" r
     WHERE ${isOld} GROUP BY 1`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
};
