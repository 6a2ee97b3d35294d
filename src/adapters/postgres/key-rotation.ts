/**
 * Looks after the master keys while Hearth runs: which of them is needed for what, and everything brought under the current
 * one, in small transactions, each of which leaves all that it touched readable for whoever has both keys.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import type { Actor } from '../../core/audit.ts';
import { enter } from './audit/enter.ts';
import { allAuditKeys } from './audit/keys.ts';
import { wrappingSpot } from './data-keys.ts';
import { PrismaClient } from './generated/client.ts';
import type { KeyRing } from './key-ring.ts';
import { type MasterSealing, masterSealing } from './master-sealing.ts';
import { countOld, OLD_COLUMNS, sealSomeAnew } from './old-values.ts';
import type { Transaction } from './transaction.ts';

/** What a master key is needed for. */
export interface KeyUse {
  readonly name: string;
  /** How many data keys it wraps. */
  readonly dataKeys: number;
  /** How many values it has sealed itself, before there were data keys. */
  readonly values: number;
}

export interface KeyUses {
  /** Of every key that is needed for anything. */
  readonly keys: readonly KeyUse[];
  /** Values from before they were sealed at all. */
  readonly plain: number;
}

export interface Rotated {
  readonly dataKeys: number;
  readonly values: number;
}

export interface KeyKeeping {
  uses(): Promise<KeyUses>;
  /** Whether a Hearth was started that seals with the current key: only then does every process have it. */
  isInUse(): Promise<boolean>;
  /** Brings everything under the current key. */
  rotate(): Promise<Rotated>;
  /** Notes in the audit that a key of that name was made. */
  noteNew(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Data keys in one transaction. */
const AT_ONCE = 100;

const KEY_NAME = `split_part("wrapped", '.', 2)`;

interface Wrapped {
  readonly id: string;
  readonly kind: 'person' | 'cohort';
  readonly wrapped: string;
}

const wrapAnew = (master: MasterSealing, owner: Wrapped): string => {
  const key = master.unseal(owner.wrapped, wrappingSpot(owner));
  const wrapped = master.seal(key, wrappingSpot(owner));
  key.fill(0);
  return wrapped;
};

/** Those that another has in hand are waited for: they may be destroyed, and are then left alone. */
const wrapSomeAnew = async (tx: Transaction, master: MasterSealing, current: string): Promise<number> => {
  const owners = await tx.$queryRawUnsafe<Wrapped[]>(
    `SELECT "owner_id"::text AS id, "owner_kind" AS kind, "wrapped" FROM "data_key"
     WHERE "wrapped" IS NOT NULL AND ${KEY_NAME} <> $1 ORDER BY "owner_id" LIMIT ${AT_ONCE} FOR UPDATE`,
    current,
  );
  const anew = owners.map((owner) => wrapAnew(master, owner));
  await tx.$executeRawUnsafe(
    `UPDATE "data_key" k SET "wrapped" = n."wrapped"
     FROM unnest($1::uuid[], $2::text[]) AS n("owner_id", "wrapped") WHERE k."owner_id" = n."owner_id"`,
    owners.map(({ id }) => id),
    anew,
  );
  return owners.length;
};

/** Does some in a transaction at a time until there is no more. */
const untilDone = async (
  prisma: PrismaClient,
  some: (tx: Transaction) => Promise<number>,
): Promise<number> => {
  let done = 0;
  for (let count = 1; count > 0; done += count) {
    count = await prisma.$transaction(some, { maxWait: 10_000, timeout: 60_000 });
  }
  return done;
};

/** Seals everything anew that older versions left as it was, and tells how much that was. */
export const sealAllAnew = async (prisma: PrismaClient, master: MasterSealing): Promise<number> => {
  let values = 0;
  for (const old of OLD_COLUMNS) values += await untilDone(prisma, (tx) => sealSomeAnew(tx, master, old));
  return values;
};

const wrapping = async (prisma: PrismaClient): Promise<ReadonlyMap<string, number>> => {
  const rows = await prisma.$queryRawUnsafe<{ readonly name: string; readonly count: number }[]>(
    `SELECT ${KEY_NAME} AS name, count(*)::int AS count FROM "data_key" WHERE "wrapped" IS NOT NULL GROUP BY 1`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
};

const oldValues = async (prisma: PrismaClient): Promise<ReadonlyMap<string, number>> => {
  const all = new Map<string, number>();
  for (const old of OLD_COLUMNS) {
    for (const [name, count] of await countOld(prisma, old)) all.set(name, (all.get(name) ?? 0) + count);
  }
  return all;
};

const usesIn = async (prisma: PrismaClient): Promise<KeyUses> => {
  const [dataKeys, values] = [await wrapping(prisma), await oldValues(prisma)];
  const names = new Set([...dataKeys.keys(), ...values.keys()].filter((name) => name !== ''));
  return {
    keys: [...names].toSorted().map((name) => ({
      name,
      dataKeys: dataKeys.get(name) ?? 0,
      values: values.get(name) ?? 0,
    })),
    plain: values.get('') ?? 0,
  };
};

/** Whoever runs Hearth, on its machine. */
const operating = (command: string): Actor => ({ role: 'operator', source: 'command-line', command });

/** Notes, within a change, which key was made or is sealed with from now on. */
const noteKeys = async (
  prisma: PrismaClient,
  ring: KeyRing,
  master: MasterSealing,
  { command, name }: { readonly command: string; readonly name: string },
  change: (tx: Transaction) => Promise<unknown>,
): Promise<void> => {
  const keys = await allAuditKeys(prisma, ring, master);
  await prisma.$transaction(async (tx) => {
    await change(tx);
    const doing = { action: 'rotate-keys', kind: 'keys', object: name } as const;
    await enter(tx, { keys, now: () => new Date() }, operating(command), [doing]);
  });
};

const rotate = async (prisma: PrismaClient, ring: KeyRing, master: MasterSealing): Promise<Rotated> => {
  const { current } = ring;
  const dataKeys = await untilDone(prisma, (tx) => wrapSomeAnew(tx, master, current));
  const values = await sealAllAnew(prisma, master);
  const needed = (await usesIn(prisma)).keys.map(({ name }) => name);
  // Whoever starts without a key that is needed for nothing has all that they need.
  await noteKeys(prisma, ring, master, { command: 'keys rotate', name: current }, (tx) =>
    tx.keyCheck.deleteMany({ where: { name: { notIn: [current, ...needed] } } }),
  );
  return { dataKeys, values };
};

/** Opens what looks after the keys, beside Hearth itself; the database must have been migrated. */
export const openKeyKeeping = (url: string, ring: KeyRing): KeyKeeping => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
  const master = masterSealing(ring);
  return {
    uses: () => usesIn(prisma),
    isInUse: async () => (await prisma.keyCheck.findUnique({ where: { name: ring.current } })) !== null,
    rotate: () => rotate(prisma, ring, master),
    noteNew: (name) => noteKeys(prisma, ring, master, { command: 'keys new', name }, async () => undefined),
    close: () => prisma.$disconnect(),
  };
};
