/** Measures what the audit adds to a change: check-ins with their entries, in rounds that alternate with the same without any. */
import { v7 } from 'uuid';
import { checkInsIn } from '../src/adapters/postgres/check-ins.ts';
import { openClient } from '../src/adapters/postgres/client.ts';
import type { PrismaClient } from '../src/adapters/postgres/generated/client.ts';
import { type KeyRing, parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { masterSealing } from '../src/adapters/postgres/master-sealing.ts';
import { sealingIn } from '../src/adapters/postgres/sealing.ts';
import { CONNECTIONS, openStore, type PostgresStore } from '../src/adapters/postgres/store.ts';
import type { CheckIn } from '../src/core/check-in.ts';
import { allow } from '../src/core/outcome.ts';
import type { CheckIns } from '../src/ports/store.ts';
import { keepGroup } from './crowd.ts';
import { type Database, openDatabase } from './database.ts';
import { percentile, tableOf } from './table.ts';

const ROUNDS = 20;
const IN_A_ROUND = 50;
/** Check-ins at once: one alone, and as many as a crowd on one server. */
const AT_ONCE = [1, 10] as const;
const MEMBERS = 8;

type Put = (checkIn: CheckIn) => Promise<unknown>;

const noJobs = () => ({ enqueue: async () => {}, enqueueAll: async () => {}, finish: async () => {} });

/** The same transaction, by the same code, without anything around it. */
const unnoted =
  (prisma: PrismaClient, keys: KeyRing): Put =>
  (checkIn) =>
    prisma.$transaction((tx) => checkInsIn(tx, sealingIn(tx, masterSealing(keys))).put(checkIn));

interface Group {
  readonly cohortId: string;
  readonly sessionId: string;
  readonly people: readonly string[];
}

/** In the hands of a participant, as the gate gives it to the command. */
const noted =
  (store: PostgresStore, guildId: string, { cohortId }: Group): Put =>
  ({ personId, ...checkIn }) =>
    store
      .by({ personId, cohortId, guildId, role: 'participant', source: 'form', command: 'check-in' })
      .change(async ({ checkIns }: { readonly checkIns: CheckIns }) =>
        allow(await checkIns.put({ personId, ...checkIn })),
      );

const aGroup = async (store: PostgresStore, { pool }: Database, guildId: string): Promise<Group> => {
  const members = Array.from({ length: MEMBERS }, (_none, index) => ({ id: `member ${index}` }));
  const company = { guildId, lead: { id: 'lead' }, coFacilitator: { id: 'co' }, members };
  const { id } = await keepGroup(store, 'Group', company);
  const sessionId = v7();
  await pool.query(
    `INSERT INTO session (id, cohort_id, number, agenda, topic_id, started_at, state, ended_at, version)
     VALUES ($1, $2, 1, '[]', 'none', now(), 'ended', now(), 0)`,
    [sessionId, id],
  );
  const people = await Promise.all(members.map((member) => store.records.people.known(member.id)));
  return { cohortId: id, sessionId, people: people.map((person) => person.id) };
};

const checkInOf = ({ sessionId, people }: Group, index: number): CheckIn => ({
  id: v7(),
  sessionId,
  personId: people[index % people.length] ?? '',
  at: new Date(),
  share: 'pass',
});

/** Milliseconds of each, so many at once. */
const timed = async (put: Put, group: Group, atOnce: number): Promise<readonly number[]> => {
  const each = async (index: number): Promise<readonly number[]> => {
    const took: number[] = [];
    for (let done = index; done < IN_A_ROUND; done += atOnce) {
      const checkIn = checkInOf(group, done);
      const from = performance.now();
      await put(checkIn);
      took.push(performance.now() - from);
    }
    return took;
  };
  const all = await Promise.all(Array.from({ length: atOnce }, (_none, index) => each(index)));
  return all.flat();
};

const compare = async (puts: readonly Put[], group: Group, atOnce: number): Promise<readonly number[][]> => {
  const took: number[][] = puts.map(() => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, put] of puts.entries()) {
      const times = await timed(put, group, atOnce);
      // The first round warms up.
      if (round > 0) took[index]?.push(...times);
    }
  }
  return took;
};

const sorted = (times: readonly number[]): readonly number[] => times.toSorted((one, other) => one - other);

const row = (atOnce: number, [without = [], withEntries = []]: readonly (readonly number[])[]) => {
  const [bare, noting] = [sorted(without), sorted(withEntries)];
  const ms = (times: readonly number[], part: number): string => percentile(times, part).toFixed(2);
  const ratio = percentile(noting, 0.5) / percentile(bare, 0.5);
  return [
    `${atOnce} at once`,
    ...[ms(bare, 0.5), ms(noting, 0.5), ratio.toFixed(2), ms(bare, 0.95), ms(noting, 0.95)],
  ];
};

/** Tells how long a check-in takes with and without its entry, alone and in a crowd of one server. */
export const measureAudit = async (tell: (text: string) => void): Promise<void> => {
  const database = await openDatabase();
  const keys = parseKeys(`bench:${Buffer.alloc(32, 1).toString('base64')}`);
  const store = openStore({ url: database.url, keys, jobs: noJobs });
  const prisma = openClient(database.url, CONNECTIONS);
  const group = await aGroup(store, database, 'guild');
  const puts = [unnoted(prisma, keys), noted(store, 'guild', group)];
  const rows: (readonly string[])[] = [];
  for (const atOnce of AT_ONCE) rows.push(row(atOnce, await compare(puts, group, atOnce)));
  const head = ['check-ins', 'bare ms', 'noted ms', 'ratio', 'bare p95', 'noted p95'];
  tell(tableOf(`${ROUNDS * IN_A_ROUND} check-ins of each, on one server`, head, rows));
  await prisma.$disconnect();
  await store.close();
  await database.close();
};
