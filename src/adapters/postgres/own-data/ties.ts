/**
 * What ties a person to programmes, and ends that. A server that somebody is named in ties them only there: elsewhere counts
 * what they took up themselves, by signing, or by doing something as its staff; and for what is held, by writing to its staff,
 * too. Anybody may name anybody in a server of theirs.
 */
import { LOOKING_AFTER } from '../../../core/access.ts';
import type { EndedTies, Ties } from '../../../core/own-data.ts';
import { Prisma } from '../generated/client.ts';
import type { Transaction } from '../transaction.ts';

/** What people ask for about themselves makes them nobody's staff. */
const actedSql = (personId: string): Prisma.Sql => Prisma.sql`
  SELECT e.chain FROM audit_entry e JOIN audit_code k ON k.code = e.actor
  WHERE k.person_id = ${personId}::uuid AND e.outcome = 'done' AND e.role = ANY(${LOOKING_AFTER}::text[])
    AND e.command NOT LIKE 'my-data%' AND e.chain <> ''`;

/** Servers in which somebody has done something as one of those who look after groups there. */
export const actedIn = async (tx: Transaction, personId: string): Promise<ReadonlySet<string>> => {
  const rows = await tx.$queryRaw<{ chain: string }[]>`SELECT DISTINCT chain FROM (${actedSql(personId)}) a`;
  return new Set(rows.map(({ chain }) => chain));
};

/** As they are seen from a server. */
export const tiesOf = async (tx: Transaction, personId: string, guildId: string): Promise<Ties> => {
  const id = Prisma.sql`${personId}::uuid`;
  const here = Prisma.sql`c.server_id = ${guildId}`;
  // In whichever group of the server: whoever was moved to another one has not signed there yet.
  const signed = Prisma.sql`EXISTS (
    SELECT FROM membership n JOIN signature s ON s.membership_id = n.id JOIN cohort d ON d.id = n.cohort_id
    WHERE d.server_id = c.server_id AND n.person_id = ${id})`;
  const wrote = Prisma.sql`EXISTS (
    SELECT FROM alert a JOIN cohort d ON d.id = a.cohort_id
    WHERE d.server_id = c.server_id AND a.person_id = ${id})`;
  const looksAfter = Prisma.sql`(${here} OR c.server_id IN (SELECT chain FROM acted))`;
  const rows = await tx.$queryRaw<Ties[]>`
    WITH acted AS (${actedSql(personId)})
    SELECT
      EXISTS (
        SELECT FROM membership m JOIN cohort c ON c.id = m.cohort_id
        WHERE m.person_id = ${id} AND m.discharged_at IS NULL AND c.state = 'active' AND (${here} OR ${signed})
      ) OR EXISTS (
        SELECT FROM waitlist_entry w JOIN cohort c ON c.id = w.cohort_id
        WHERE w.person_id = ${id} AND w.outcome IS NULL AND ${here}
      ) AS "takesPart",
      EXISTS (
        SELECT FROM cohort c
        WHERE ${looksAfter} AND (
          c.state = 'active' AND (
            ${id} IN (c.lead_id, c.co_facilitator_id, c.supervisor_id) OR EXISTS (
              SELECT FROM membership m
              WHERE m.cohort_id = c.id AND m.therapist_id = ${id} AND m.discharged_at IS NULL))
          OR EXISTS (SELECT FROM on_call o WHERE o.cohort_id = c.id AND o.first_id = ${id})
          OR EXISTS (SELECT FROM task t WHERE t.cohort_id = c.id AND t.assignee_id = ${id} AND t.settled_at IS NULL))
      ) AS "isStaff",
      EXISTS (
        SELECT FROM legal_hold h JOIN cohort c ON c.id = h.cohort_id
        WHERE h.lifted_at IS NULL AND (${looksAfter} OR ${signed} OR ${wrote}) AND (
          h.person_id = ${id} OR h.person_id IS NULL AND EXISTS (
            SELECT FROM membership m WHERE m.cohort_id = c.id AND m.person_id = ${id}))
      ) AS "isHeld"`;
  return rows[0] ?? { takesPart: false, isStaff: false, isHeld: false };
};

/**
 * Each gives the ids of the cohorts in which something was ended. All are given the same two values, and Postgres takes none
 * that a statement does not name: hence the conditions that hold in any case.
 */
const ENDING: readonly string[] = [
  `UPDATE membership SET discharged_at = greatest($2::timestamptz, enrolled_at)
   WHERE person_id = $1::uuid AND discharged_at IS NULL RETURNING cohort_id::text AS id`,
  `UPDATE membership SET therapist_id = NULL
   WHERE therapist_id = $1::uuid AND $2::timestamptz IS NOT NULL RETURNING cohort_id::text AS id`,
  `UPDATE waitlist_entry SET outcome = 'removed', settled_by = '0', settled_at = greatest($2::timestamptz, added_at)
   WHERE person_id = $1::uuid AND settled_at IS NULL RETURNING cohort_id::text AS id`,
  `DELETE FROM on_call WHERE first_id = $1::uuid AND $2::timestamptz IS NOT NULL RETURNING cohort_id::text AS id`,
  `UPDATE cohort SET supervisor_id = NULL
   WHERE supervisor_id = $1::uuid AND $2::timestamptz IS NOT NULL RETURNING id::text AS id`,
  `UPDATE task t SET assignee_id = c.lead_id FROM cohort c
   WHERE c.id = t.cohort_id AND t.assignee_id = $1::uuid AND t.settled_at IS NULL AND $2::timestamptz IS NOT NULL
   RETURNING c.id::text AS id`,
];

const ledBy = async (tx: Transaction, personId: string): Promise<readonly string[]> =>
  (
    await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM cohort WHERE state = 'active' AND ${personId}::uuid IN (lead_id, co_facilitator_id)`
  ).map(({ id }) => id);

/** Ends whatever ties somebody who is erased. */
export const endTies = async (tx: Transaction, personId: string, at: Date): Promise<EndedTies> => {
  const left = new Set<string>();
  for (const sql of ENDING) {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(sql, personId, at);
    for (const { id } of rows) left.add(id);
  }
  return { cohortIds: [...left], led: await ledBy(tx, personId) };
};
