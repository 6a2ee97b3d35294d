/**
 * Restores a backup into an empty database, all of it or nothing: its tables as they were, brought up to date, and what was
 * erased since then erased again, in one transaction, before which nobody sees anything of it.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { type Actor, OPERATOR } from '../../../core/audit.ts';
import { type Checkpoint, isGenuine } from '../../../core/audit-proof.ts';
import {
  type Erasure,
  isGenuineErasure,
  isGenuineTally,
  isTally,
  type RecordLine,
  TALLY_SLACK,
  type Tally,
} from '../../../core/erasure.ts';
import { after, DAY, latest, MINUTE } from '../../../core/time.ts';
import { enter } from '../audit/enter.ts';
import { allAuditKeys, auditKeysOf } from '../audit/keys.ts';
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
 * - `lost-erasures`: erasures of which the backup knows, or which the record has counted, are missing in it
 * - `old-erasures`: the record ends earlier than the backup, or than a checkpoint that Hearth sealed, was made; or nobody can
 *   tell where it ends, for no count in it can be verified
 */
export type RestoreFault =
  | 'not-empty'
  | 'newer'
  | 'keys'
  | 'strange-erasures'
  | 'lost-erasures'
  | 'old-erasures';

/** A restoring that left the database as it was. */
export class NotRestored extends Error {
  override readonly name = 'NotRestored';
  readonly fault: RestoreFault;
  /** Names of keys, the number of a line, or when Hearth ran and when the record ends (ISO 8601), where it is about them. */
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
  readonly erasures: readonly (RecordLine | undefined)[] | undefined;
  /** Checkpoints of the audit, a line each, which tell when Hearth ran. */
  readonly checkpoints: readonly (Checkpoint | undefined)[];
  /** Whether the record is to be taken for whole, wherever it ends. */
  readonly isWhole: boolean;
  readonly now: Date;
}

export interface Restored extends Omit<ErasedAgain, 'doings'> {
  readonly label: Label;
  readonly end: EndLine;
  /** Tables that are none of Hearth's, which were left out. */
  readonly strangers: readonly string[];
  /** Until when the record of erasures is whole, in ISO 8601; missing where nobody can tell. */
  readonly reaches?: string;
  /** Numbers of the lines with checkpoints that were not believed. */
  readonly strangeCheckpoints: readonly number[];
  /** How many codes for lost devices are void now. */
  readonly voidCodes: number;
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

/** A line that cannot be read is told by its number. */
const readable = (lines: readonly (RecordLine | undefined)[]): readonly RecordLine[] => {
  const strange = lines.indexOf(undefined);
  if (strange >= 0) throw new NotRestored('strange-erasures', [String(strange + 1)]);
  return lines.flatMap((line) => line ?? []);
};

/** Each once, though several copies of the record were put together. */
const eachOnce = (lines: readonly RecordLine[]): readonly Erasure[] => [
  ...new Map(lines.flatMap((line) => (isTally(line) ? [] : [[line.id, line] as const]))).values(),
];

/** Those of keys that are gone tell nothing any more. */
const talliesIn = (lines: readonly RecordLine[], ring: KeyRing): readonly Tally[] => {
  const { seal } = erasureKeysOf(ring);
  return lines.flatMap((line, at) => {
    const isGenuine = isTally(line) ? isGenuineTally(line, seal) : undefined;
    if (isGenuine === false) throw new NotRestored('strange-erasures', [String(at + 1)]);
    return isTally(line) && isGenuine ? [line] : [];
  });
};

/** Until when the record is whole: nothing that it has counted is missing, and it ends no earlier than Hearth ran. */
const checkWhole = (
  tallies: readonly Tally[],
  erasures: number,
  ranAt: Date | undefined,
): string | undefined => {
  if (tallies.some((tally) => tally.erasures > erasures)) throw new NotRestored('lost-erasures');
  const last = tallies
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  // A record without any count may have been cut off before its first.
  if (ranAt && new Date(last ?? 0) < after(ranAt, -TALLY_SLACK)) {
    throw new NotRestored('old-erasures', [ranAt.toISOString(), ...(last === undefined ? [] : [last])]);
  }
  return last;
};

/** Erasures that the backup knows must be in the record, or it is another, or a part is lost. */
const again = async (
  tx: Transaction,
  { ring, erasures: given }: Restoring,
  ranAt: Date | undefined,
): Promise<ErasedAgain & Pick<Restored, 'reaches'>> => {
  if (!given) return { erasures: 0, doings: [], led: [] };
  const keys = erasureKeysOf(ring);
  const lines = readable(given);
  const all = eachOnce(lines);
  const [held, unknown] = [await tx.erasure.count(), await unknownErasures(tx, keys, all)];
  if (all.length - unknown.length < held) throw new NotRestored('lost-erasures');
  const reaches = checkWhole(talliesIn(lines, ring), all.length, ranAt);
  for (const each of unknown) {
    const isGenuine = isGenuineErasure(each, keys.seal);
    if (isGenuine === undefined) throw new NotRestored('keys', [each.key]);
    if (!isGenuine) throw new NotRestored('strange-erasures', [String(lines.indexOf(each) + 1)]);
  }
  const done = await eraseAgain(tx, masterSealing(ring), keys, unknown);
  return { ...done, ...(reaches !== undefined && { reaches }) };
};

/** Nobody goes on where they were signed in, and no address opens that was made before. */
const CLOSE_PAGES: readonly string[] = [
  'UPDATE staff_session SET ended_at = greatest($1::timestamptz, seen_at) WHERE ended_at IS NULL',
  'UPDATE form_link SET used_at = greatest($1::timestamptz, made_at) WHERE used_at IS NULL',
];

/** Which of them were used since then is not known. */
const voidCodes = async (tx: Transaction): Promise<number> => (await tx.recoveryCode.deleteMany()).count;

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

interface Seen {
  readonly ranAt: Date;
  readonly strangeCheckpoints: readonly number[];
}

/**
 * When Hearth is known to have run last: whoever made the backup was there, and so was whoever sealed a checkpoint. The
 * backup keeps the keys of checkpoints that are gone from the ring; a line that none of them has sealed tells nothing.
 */
const whenSeen = async (
  tx: Transaction,
  { ring, checkpoints }: Restoring,
  { madeAt }: Label,
): Promise<Seen> => {
  const { seal } = await allAuditKeys(tx, ring, masterSealing(ring));
  const lines = checkpoints.map((line) => (line && isGenuine(line, seal) ? new Date(line.at) : undefined));
  return {
    ranAt: lines.flatMap((at) => at ?? []).reduce(latest, new Date(madeAt)),
    strangeCheckpoints: lines.flatMap((at, index) => (at ? [] : [index + 1])),
  };
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
  const { ranAt, strangeCheckpoints } = await whenSeen(tx, restoring, label);
  const { doings, ...done } = await again(tx, restoring, restoring.isWhole ? undefined : ranAt);
  for (const sql of CLOSE_PAGES) await tx.$executeRawUnsafe(sql, restoring.now);
  const voided = await voidCodes(tx);
  await note(tx, restoring, label, doings);
  return { label, ...loaded, ...done, strangeCheckpoints, voidCodes: voided };
};

/** Throws a bad backup, or why nothing was restored; then the database is as it was. */
export const restoreBackup = async (restoring: Restoring): Promise<Restored> => {
  const label = await check(restoring);
  const adapter = new PrismaPg({ connectionString: restoring.url, max: 1 });
  const prisma = new PrismaClient({ adapter });
  try {
    return await prisma.$transaction((tx) => restoreIn(tx, restoring, label), {
      maxWait: MINUTE,
      timeout: DAY,
    });
  } finally {
    await prisma.$disconnect();
  }
};
