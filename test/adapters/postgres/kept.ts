/** Something to keep: a store on a fresh database, and a cohort with people and a session in it. */
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../src/adapters/postgres/generated/client.ts';
import { parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { openStore, type PostgresStore, type RawTransaction } from '../../../src/adapters/postgres/store.ts';
import type { Transaction } from '../../../src/adapters/postgres/transaction.ts';
import { type Cohort, type Membership, USUAL_POLICY, USUAL_SETTINGS } from '../../../src/core/cohort.ts';
import { allow, type Outcome } from '../../../src/core/outcome.ts';
import type { Person } from '../../../src/core/person.ts';
import { openSession, type Running } from '../../../src/core/session.ts';
import { after, MINUTE } from '../../../src/core/time.ts';
import type { Jobs } from '../../../src/ports/jobs.ts';
import type { Records } from '../../../src/ports/store.ts';
import { freshDatabase } from '../../postgres.ts';

export const START = new Date('2026-05-04T16:00:00.000Z');

/** The moment so many minutes after the start. */
export const at = (minutes: number): Date => after(START, minutes * MINUTE);

export const id = (): string => randomUUID();

/** A master key made of one byte only, as it is given. */
export const keyPair = (name: string, byte: number): string =>
  `${name}:${Buffer.alloc(32, byte).toString('base64')}`;

export const KEYS = parseKeys(keyPair('test', 7));

export const noJobs = (): Jobs => ({
  enqueue: async () => {},
  enqueueAll: async () => {},
  finish: async () => {},
});

export interface Kept {
  readonly url: string;
  readonly store: PostgresStore;
}

/** A client of a database, as a process of its own has one. */
export const openClient = (url: string): { readonly tx: Transaction; close(): Promise<void> } => {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
  return { tx: client, close: () => client.$disconnect() };
};

/** A store on a database of its own. */
export const aStore = async (jobs: (tx: RawTransaction) => Jobs = noJobs): Promise<Kept> => {
  const url = await freshDatabase();
  return { url, store: openStore({ url, keys: KEYS, jobs }) };
};

/** The value of an outcome that must be allowed. */
export const allowed = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
  return outcome.value;
};

/** Writes in a change that is allowed. */
export const write = async <Value>(
  store: PostgresStore,
  work: (records: Records) => Promise<Value>,
): Promise<Value> => allowed(await store.change(async (records) => allow(await work(records))));

let accounts = 0;

/** Somebody new. */
export const somebody = (store: PostgresStore): Promise<Person> =>
  store.records.people.known(`account-${++accounts}`);

/** A cohort that is not kept yet. */
export const newCohort = async (store: PostgresStore, but: Partial<Cohort> = {}): Promise<Cohort> => ({
  id: id(),
  guildId: 'guild',
  name: `birch ${id()}`,
  groupType: 'skills',
  capacity: 8,
  sessionMinutes: 90,
  zone: 'Europe/Berlin',
  lead: await somebody(store),
  coFacilitator: await somebody(store),
  policy: USUAL_POLICY,
  settings: USUAL_SETTINGS,
  consentRound: 1,
  state: 'active',
  createdAt: START,
  version: 0,
  ...but,
});

/** A cohort that is kept. */
export const aCohort = async (store: PostgresStore, but: Partial<Cohort> = {}): Promise<Cohort> => {
  const cohort = await newCohort(store, but);
  await write(store, async ({ cohorts }) => allowed(await cohorts.add(cohort)));
  return cohort;
};

/** A member of a cohort, kept. */
export const aMember = async (store: PostgresStore, cohort: Cohort, person?: Person): Promise<Membership> => {
  const membership: Membership = {
    id: id(),
    cohortId: cohort.id,
    person: person ?? (await somebody(store)),
    enrolledAt: START,
  };
  await write(store, ({ memberships }) => memberships.add(membership));
  return membership;
};

/** A session that has begun and is not kept yet, with its two first events. */
export const newSession = (cohort: Cohort, number = 1) =>
  openSession(
    {
      id: id(),
      cohortId: cohort.id,
      number,
      topicId: 'topic',
      agenda: [
        { phase: 'welcome', minutes: 5 },
        { phase: 'topic', minutes: 20 },
        { phase: 'reflection', minutes: 10 },
      ],
    },
    START,
  );

/** A session that has begun, kept. */
export const aSession = async (store: PostgresStore, cohort: Cohort, number = 1): Promise<Running> => {
  const { next, events } = newSession(cohort, number);
  await write(store, async ({ sessions }) => allowed(await sessions.add(next, { events, at: START })));
  return next;
};
