/**
 * Restores a backup into an empty database, all of it or nothing: its tables as they were, brought up to date, and what was
 * erased since then erased again, in one transaction, before which nobody sees anything of it.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { type Actor, OPERATOR } from '../../../core/audit.ts';
import { type Erasure, isGenuineErasure } from '../../../core/erasure.ts';
import { DAY } from '../../../core/time.ts';
import { enter } from '../audit/enter.ts';
import { auditKeysOf } from '../audit/keys.ts';
import type { Doing } from '../audit/purpose.ts';
import { erasureKeysOf } from '../erasures.ts';
import { PrismaClient } from '../generated/client.ts';
import { strangeKeys } from '../key-check.ts';
import type { KeyRing } from '../key-ring.ts';
import { masterSealing } from '../master-sealing.ts';
import type { Transaction } from '../transaction.ts';
import { type EndLine, type Label, readDocument } from './document.ts';
import { type ErasedAgain, eraseAgain, unknownErasures } from './erase-again.ts';
import { loading } from './load.ts';
import { applyAll, isEmpty, lockSchema, prepare, schemaOf } from './schema.ts';
import { BadBackup, readSealed } from './sealed-file.ts';

/**
 * - `not-empty`: something stands in the database
 * - `newer`: the backup is of a newer Hearth, or of another one
 * - `keys`: keys are missing with which something in it is sealed
 * - `strange-erasures`: the record of erasures was changed, or holds what Hearth did not write
 * - `lost-erasures`: erasures of which the backup knows are missing in the record
 */
export type RestoreFault = 'not-empty' | 'newer' | 'keys' | 'strange-erasures' | 'lost-erasures';

/** A restoring that left the database as it was. */
export class NotRestored extends Error {
  override readonly name = 'NotRestored';
  readonly fault: RestoreFault;
  /** Names of keys, or the number of a line, where it is about them. */
  readonly which: readonly string[];

  constructor(fault: RestoreFault, which: readonly string[] = []) {
    super(fault);
    this.fault = fault;
    this.which = which;
  }
}

export interface Restoring {
  readonly url: string;
  readonly ring: KeyRing;
  readonly path: string;
  /** The record of erasures, a line each; undefined to do without. */
  readonly erasures: readonly (Erasure | undefined)[] | undefined;
  readonly now: Date;
}

export interface Restored extends Omit<ErasedAgain, 'doings'> {
  readonly label: Label;
  readonly end: EndLine;
  /** Tables that are none of Hearth's, which were left out. */
  readonly strangers: readonly string[];
}

const skip = async (): Promise<void> => undefined;

/** Reads all of it, and gives what it is: whatever is wrong is found before anything is written. */
const check = async ({ path, ring }: Restoring): Promise<Label> => {
  let found: Label | undefined;
  const label = async (told: Label): Promise<void> => {
    found = told;
  };
  await readSealed(path, ring, (lines) => readDocument(lines, { label, table: skip, row: skip }));
  if (!found) throw new BadBackup('strange');
  return found;
};

const load = async (
  tx: Transaction,
  { path, ring }: Restoring,
): Promise<Pick<Restored, 'end' | 'strangers'>> => {
  const { end: finish, ...rest } = await loading(tx);
  const end = await readSealed(path, ring, (lines) => readDocument(lines, { label: skip, ...rest }));
  return { end, strangers: await finish() };
};

const checkKeys = async (tx: Transaction, ring: KeyRing): Promise<void> => {
  const strange = await strangeKeys(tx, masterSealing(ring), ring);
  if (strange.length > 0) throw new NotRestored('keys', strange);
};

/** Each once, though several copies of the record were put together; a line that cannot be read is told by its number. */
const readable = (lines: readonly (Erasure | undefined)[]): readonly Erasure[] => {
  const strange = lines.indexOf(undefined);
  if (strange >= 0) throw new NotRestored('strange-erasures', [String(strange + 1)]);
  return [...new Map(lines.flatMap((line) => (line ? [[line.id, line] as const] : []))).values()];
};

/** Erasures that the backup knows must be in the record, or it is another, or a part is lost. */
const again = async (tx: Transaction, { ring, erasures: lines }: Restoring): Promise<ErasedAgain> => {
  if (!lines) return { erasures: 0, doings: [], led: [] };
  const keys = erasureKeysOf(ring);
  const all = readable(lines);
  const [held, unknown] = [await tx.erasure.count(), await unknownErasures(tx, keys, all)];
  if (all.length - unknown.length < held) throw new NotRestored('lost-erasures');
  for (const each of unknown) {
    const isGenuine = isGenuineErasure(each, keys.seal);
    if (isGenuine === undefined) throw new NotRestored('keys', [each.key]);
    if (!isGenuine) throw new NotRestored('strange-erasures', [String(lines.indexOf(each) + 1)]);
  }
  return eraseAgain(tx, masterSealing(ring), keys, unknown);
};

/** Nobody goes on where they were signed in, and no address opens that was made before. */
const CLOSE_PAGES: readonly string[] = [
  'UPDATE staff_session SET ended_at = greatest($1::timestamptz, seen_at) WHERE ended_at IS NULL',
  'UPDATE form_link SET used_at = greatest($1::timestamptz, made_at) WHERE used_at IS NULL',
];

const byOperator: Actor = { ...OPERATOR, command: 'restore' };

/** In every chain: that it goes on behind the backup, whatever a checkpoint saw since. */
const note = async (tx: Transaction, restoring: Restoring, label: Label, doings: readonly Doing[]) => {
  const rows = await tx.$queryRaw<{ chain: string }[]>`SELECT DISTINCT chain FROM audit_entry`;
  const chains = new Set(['', ...rows.map(({ chain }) => chain)]);
  const entries = [...chains].map(
    (guildId): Doing => ({ action: 'restore', kind: 'database', object: label.id, guildId }),
  );
  const office = { keys: auditKeysOf(restoring.ring), now: () => restoring.now };
  await enter(tx, office, byOperator, [...entries, ...doings]);
};

const restoreIn = async (tx: Transaction, restoring: Restoring, label: Label): Promise<Restored> => {
  const schema = schemaOf(label);
  if (!schema) throw new NotRestored('newer');
  await lockSchema(tx);
  if (!(await isEmpty(tx))) throw new NotRestored('not-empty');
  await prepare(tx);
  await applyAll(tx, schema.then);
  const loaded = await load(tx, restoring);
  await applyAll(tx, schema.since);
  await checkKeys(tx, restoring.ring);
  const { doings, ...done } = await again(tx, restoring);
  for (const sql of CLOSE_PAGES) await tx.$executeRawUnsafe(sql, restoring.now);
  await note(tx, restoring, label, doings);
  return { label, ...loaded, ...done };
};

/** Throws a bad backup, or why nothing was restored; then the database is as it was. */
export const restoreBackup = async (restoring: Restoring): Promise<Restored> => {
  const label = await check(restoring);
  const adapter = new PrismaPg({ connectionString: restoring.url, max: 1 });
  const prisma = new PrismaClient({ adapter });
  try {
    return await prisma.$transaction((tx) => restoreIn(tx, restoring, label), { timeout: DAY });
  } finally {
    await prisma.$disconnect();
  }
};
