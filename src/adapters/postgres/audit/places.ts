/** Finds to which server, cohort and person something belongs, for entries about what only bears an id. */
import type { Transaction } from '../transaction.ts';

/** Each gives `cohort_id` and `person_id` of the row with the id $1. */
const OWNERS = {
  attendance: `SELECT s."cohort_id", a."person_id" FROM "attendance" a JOIN "session" s ON s."id" = a."session_id" WHERE a."id" = $1::uuid`,
  cycle: `SELECT "cohort_id", NULL::uuid AS "person_id" FROM "cycle" WHERE "id" = $1::uuid`,
  goal: `SELECT "cohort_id", "person_id" FROM "goal" WHERE "id" = $1::uuid`,
  legal_hold: `SELECT "cohort_id", "person_id" FROM "legal_hold" WHERE "id" = $1::uuid`,
  media: `SELECT "cohort_id", NULL::uuid AS "person_id" FROM "media" WHERE "id" = $1::uuid`,
  membership: `SELECT "cohort_id", "person_id" FROM "membership" WHERE "id" = $1::uuid`,
  occurrence: `SELECT "cohort_id", "person_id" FROM "occurrence" WHERE "id" = $1::uuid`,
  session: `SELECT "cohort_id", "person_id" FROM "session" WHERE "id" = $1::uuid`,
  waitlist: `SELECT "cohort_id", "person_id" FROM "waitlist_entry" WHERE "id" = $1::uuid`,
  task: `SELECT "cohort_id", "person_id" FROM "task" WHERE "id" = $1::uuid`,
} as const;

export interface Place {
  readonly table: keyof typeof OWNERS;
  readonly id: string;
}

export interface Owner {
  readonly cohortId?: string;
  readonly personId?: string;
}

interface OwnerRow {
  readonly cohort_id: string;
  readonly person_id: string | null;
}

/** To whom something belongs; nobody, when it is no more. */
export const ownerOf = async (tx: Transaction, { table, id }: Place): Promise<Owner> => {
  const [row] = await tx.$queryRawUnsafe<OwnerRow[]>(OWNERS[table], id);
  if (!row) return {};
  return { cohortId: row.cohort_id, ...(row.person_id !== null && { personId: row.person_id }) };
};

/** The server of a cohort. */
export const serverOf = async (tx: Transaction, cohortId: string): Promise<string | undefined> => {
  const cohort = await tx.cohort.findUnique({ where: { id: cohortId }, select: { serverId: true } });
  return cohort?.serverId;
};
