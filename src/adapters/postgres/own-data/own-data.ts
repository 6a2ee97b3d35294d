/** Looks up, gives out and takes away what is kept of a person, wherever it stands. */
import { randomInt } from 'node:crypto';
import { confidential } from '../../../core/confidential.ts';
import type { DataClass, Due, Gone, OwnFact, OwnRecord } from '../../../core/own-data.ts';
import { NOBODYS_DIGITS } from '../../../core/person.ts';
import type { OwnData, Whose } from '../../../ports/store.ts';
import { Prisma } from '../generated/client.ts';
import { type Opener, ofPerson, type Sealing } from '../sealing.ts';
import type { Transaction } from '../transaction.ts';
import { SOURCES, type Source } from './sources.ts';
import { actedIn, endTies, tiesOf } from './ties.ts';

const SEALED = 'sealed_';

/** What is of no server is a person's in all of them. */
const theirs = ({ person, server, where }: Source, { personId, guildId }: Whose): Prisma.Sql =>
  Prisma.sql`${person} = ${personId}::uuid AND ${where} AND ${
    guildId === undefined ? Prisma.sql`true` : Prisma.sql`coalesce(${server}, ${guildId}) = ${guildId}`
  }`;

const from = ({ table, joins }: Source): Prisma.Sql => Prisma.sql`FROM ${Prisma.raw(table)} t ${joins}`;

const countIn = async (tx: Transaction, source: Source, whose: Whose): Promise<number> => {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count ${from(source)} WHERE ${theirs(source, whose)}`;
  return rows[0]?.count ?? 0;
};

const counts = async (tx: Transaction, whose: Whose): Promise<ReadonlyMap<DataClass, number>> => {
  const found = new Map<DataClass, number>();
  for (const source of SOURCES.filter(({ isPart }) => !isPart)) {
    found.set(source.is, (found.get(source.is) ?? 0) + (await countIn(tx, source, whose)));
  }
  return found;
};

type Plain = Exclude<OwnFact, object> | readonly string[];

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly facts: Readonly<Record<string, Plain>>;
}

const rowsIn = (tx: Transaction, source: Source, whose: Whose): Promise<Row[]> => {
  const { columns, cohort } = source;
  const picked = columns.map((column) => `'${column}', t.${column}`).join(', ');
  return tx.$queryRaw<Row[]>`
    SELECT coalesce(to_jsonb(t) ->> 'id', '') AS id, jsonb_build_object(${Prisma.raw(picked)}) AS facts,
      (SELECT name FROM cohort WHERE cohort.id = ${cohort}) AS name
    ${from(source)} WHERE ${theirs(source, whose)} ORDER BY 1`;
};

/** How somebody arrived is kept as one JSON; everything else as it was written. */
const opened = (column: string, text: string): OwnFact =>
  confidential<unknown>(column === 'sealed_arrival' ? JSON.parse(text) : text);

const factOf = (
  { table }: Source,
  rowId: string,
  [column, value]: readonly [string, Plain],
  opener: Opener | undefined,
): readonly [string, OwnFact] => {
  if (!column.startsWith(SEALED) || typeof value !== 'string') return [column.replace(SEALED, ''), value];
  const name = column.slice(SEALED.length);
  return [name, opener ? opened(column, opener.unseal(value, { table, column, rowId })) : null];
};

/** A level that stands plainly, from before they were sealed, is not told twice. */
const isTold = ({ table }: Source, [column, value]: readonly [string, Plain]): boolean =>
  table !== 'goal_update' || value !== null || !['level', 'sealed_level'].includes(column);

const recordOf = (source: Source, { id, name, facts }: Row, opener: Opener | undefined): OwnRecord => {
  const told = Object.entries(facts).filter((fact) => isTold(source, fact));
  return {
    is: source.is,
    ...(name !== null && { group: name }),
    facts: Object.fromEntries(told.map((fact) => factOf(source, id, fact, opener))),
  };
};

const all = async (tx: Transaction, sealing: Sealing, whose: Whose): Promise<readonly OwnRecord[]> => {
  const records: OwnRecord[] = [];
  for (const source of SOURCES.filter(({ columns }) => columns.length > 0)) {
    const rows = await rowsIn(tx, source, whose);
    const owner = ofPerson(whose.personId);
    records.push(
      ...(await sealing.openEach(
        rows,
        () => owner,
        (row, opener) => recordOf(source, row, opener),
      )),
    );
  }
  return records;
};

/** Takes the rows away, or what is in them. */
const takeAway = ({ table, emptied }: Source, due: Prisma.Sql): Prisma.Sql => {
  const name = Prisma.raw(table);
  return emptied
    ? Prisma.sql`UPDATE ${name} SET ${emptied} WHERE ctid IN (${due})`
    : Prisma.sql`DELETE FROM ${name} WHERE ctid IN (${due})`;
};

const erase = async (tx: Transaction, whose: Whose, is: DataClass): Promise<number> => {
  let count = 0;
  for (const source of SOURCES.filter((each) => each.is === is)) {
    const due = Prisma.sql`SELECT t.ctid ${from(source)} WHERE ${theirs(source, whose)} FOR UPDATE OF t`;
    count += await tx.$executeRaw(takeAway(source, due));
  }
  return count;
};

interface GoneRow {
  readonly server: string | null;
  readonly cohort: string | null;
  readonly count: number;
}

const goneOf = ({ server, cohort, count }: GoneRow): Gone => ({
  ...(server !== null && { guildId: server }),
  ...(cohort !== null && { cohortId: cohort }),
  count,
});

/** Of nobody and no cohort that is held; what is of no cohort is held with its person. */
const notHeld = ({ cohort, person }: Source): Prisma.Sql => Prisma.sql`NOT EXISTS (
  SELECT FROM legal_hold h WHERE h.lifted_at IS NULL
    AND (h.person_id IS NULL OR h.person_id = ${person}) AND (h.cohort_id = ${cohort} OR ${cohort} IS NULL AND h.person_id IS NOT NULL)
)`;

/** How long something is kept: so many days, where its cohort has no others. */
interface Kept {
  readonly days: number;
  readonly now: Date;
}

const isDue = (source: Source, { days, now }: Kept): Prisma.Sql => {
  const { is, since, where, person, cohort } = source;
  const own = Prisma.sql`(SELECT r.days FROM cohort_retention r WHERE r.cohort_id = ${cohort} AND r.class = ${is})`;
  return Prisma.sql`
    ${since} < ${now}::timestamptz - make_interval(days => coalesce(${own}, ${days}::int))
    AND ${person} IS NOT NULL AND ${where}`;
};

const dispose = async (tx: Transaction, is: DataClass, kept: Kept): Promise<readonly Gone[]> => {
  const gone: Gone[] = [];
  for (const source of SOURCES.filter((each) => each.is === is)) {
    const { server, cohort } = source;
    const rows = await tx.$queryRaw<GoneRow[]>`
      WITH due AS (
        SELECT t.ctid AS row, ${server} AS server, ${cohort} AS cohort
        ${from(source)} WHERE ${isDue(source, kept)} AND ${notHeld(source)} FOR UPDATE OF t
      ), gone AS (${takeAway(source, Prisma.sql`SELECT row FROM due`)})
      SELECT server, cohort, count(*)::int AS count FROM due GROUP BY server, cohort ORDER BY server, cohort`;
    gone.push(...rows.map(goneOf));
  }
  return gone;
};

const dueIn = async (tx: Transaction, guildId: string, is: DataClass, kept: Kept): Promise<Due> => {
  let [count, held] = [0, 0];
  for (const source of SOURCES.filter((each) => each.is === is)) {
    const rows = await tx.$queryRaw<Due[]>`
      SELECT count(*) FILTER (WHERE goes)::int AS count, count(*) FILTER (WHERE NOT goes)::int AS held
      FROM (SELECT ${notHeld(source)} AS goes ${from(source)}
            WHERE ${isDue(source, kept)} AND ${source.server} = ${guildId}) AS due`;
    count += rows[0]?.count ?? 0;
    held += rows[0]?.held ?? 0;
  }
  return { count, held };
};

const nobodysAccount = (): string =>
  ['0', ...Array.from({ length: NOBODYS_DIGITS - 1 }, () => String(randomInt(10)))].join('');

const unname = async (tx: Transaction, personId: string): Promise<void> => {
  const { account } = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  const nobody = nobodysAccount();
  await tx.sessionEvent.updateMany({ where: { by: account }, data: { by: null } });
  await tx.$executeRaw`
    UPDATE announcement SET announcement = announcement - 'account'
    WHERE announcement ->> 'kind' = 'farewell' AND announcement ->> 'account' = ${account}`;
  // What a whole room was told of them is a line of nobody's, and goes with nobody.
  await tx.$executeRaw`
    UPDATE notice SET facts = facts - 'account' WHERE person_id IS NULL AND facts ->> 'account' = ${account}`;
  // What others were told that they had done stays theirs, as done by nobody.
  await tx.$executeRaw`
    UPDATE notice SET facts = jsonb_set(facts, '{by}', to_jsonb(${nobody}::text)) WHERE facts ->> 'by' = ${account}`;
  await tx.$executeRaw`
    UPDATE moderation SET accounts = array_remove(accounts, ${account}) WHERE act = 'lock' AND ${account} = ANY(accounts)`;
  await tx.person.update({ where: { id: personId }, data: { account: nobody } });
};

/** What is kept of people, in a transaction. */
export const ownDataIn = (tx: Transaction, sealing: Sealing): OwnData => ({
  counts: (whose) => counts(tx, whose),
  all: (whose) => all(tx, sealing, whose),
  erase: (whose, is) => erase(tx, whose, is),
  tiesOf: (personId, guildId) => tiesOf(tx, personId, guildId),
  actedIn: (personId) => actedIn(tx, personId),
  endTies: (personId, at) => endTies(tx, personId, at),
  unname: (personId) => unname(tx, personId),
  due: (guildId, is, days, now) => dueIn(tx, guildId, is, { days, now }),
  dispose: (is, days, now) => dispose(tx, is, { days, now }),
});
