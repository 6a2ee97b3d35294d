/**
 * Whether a chain is as it was written. The chain itself shows every change, gap, move and insertion; that its end was cut
 * off, or that all of it was written anew by whoever has the key, is shown by checkpoints that are kept elsewhere.
 */
import { type AuditEntry, BEGINNING, canonical, type Head, type Seal } from './audit.ts';
import { between, DAY } from './time.ts';

/** How far a chain had come at some moment, sealed with the key of that name. */
export interface Checkpoint {
  readonly chain: string;
  /** Of the last entry. */
  readonly number: number;
  readonly hash: string;
  /** How many entries there were. */
  readonly count: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly key: string;
  readonly mac: string;
}

/**
 * - `missing`: there is no entry with this number, but there are later ones
 * - `unknown-key`: it bears the name of a key that is not at hand
 * - `changed`: its hash is not that of what it tells
 * - `moved`: it was written after another entry than the one before it
 * - `rewritten`: it is sound by itself, but another entry stood here when the checkpoint was made
 * - `cut`: the chain had come at least this far when the checkpoint was made, and ends before it
 */
export type AuditFault = 'missing' | 'unknown-key' | 'changed' | 'moved' | 'rewritten' | 'cut';

/** The first entry of a chain that is not as it was written. */
export interface BadEntry {
  readonly number: number;
  readonly fault: AuditFault;
}

/** What a checkpoint tells, in one order. */
const told = ({ chain, number, hash, count, at, key }: Omit<Checkpoint, 'mac'>): string =>
  JSON.stringify({ checkpoint: chain, number, hash, count, at, key });

/** Seals a checkpoint; throws without the key. */
export const sealedCheckpoint = (checkpoint: Omit<Checkpoint, 'mac'>, seal: Seal): Checkpoint => {
  const mac = seal(checkpoint.key, told(checkpoint));
  if (mac === undefined)
    throw new Error(`there is no key called "${checkpoint.key}" to seal a checkpoint with`);
  return { ...checkpoint, mac };
};

/** Whether Hearth made it. */
export const isGenuine = (checkpoint: Checkpoint, seal: Seal): boolean =>
  seal(checkpoint.key, told(checkpoint)) === checkpoint.mac;

/** A chain that is walked through from its beginning. */
export interface Walk {
  readonly head: Head;
  readonly bad?: BadEntry;
}

export const SETTING_OUT: Walk = { head: BEGINNING };

/** Hashes by the numbers at which checkpoints saw them. */
export type Seen = ReadonlyMap<number, readonly string[]>;

const faultOf = (head: Head, entry: AuditEntry, seal: Seal, seen: Seen): AuditFault | undefined => {
  const hash = seal(entry.key, canonical(entry));
  if (hash === undefined) return 'unknown-key';
  if (hash !== entry.hash) return 'changed';
  if (entry.previous !== head.hash) return 'moved';
  return seen.get(entry.number)?.some((other) => other !== hash) ? 'rewritten' : undefined;
};

/** One entry further; whatever comes after the first bad one is not looked at. */
export const walkOn = (walk: Walk, entry: AuditEntry, seal: Seal, seen: Seen): Walk => {
  if (walk.bad) return walk;
  const { head } = walk;
  const expected = head.number + 1;
  if (entry.number !== expected) return { head, bad: { number: expected, fault: 'missing' } };
  const fault = faultOf(head, entry, seal, seen);
  if (fault) return { head, bad: { number: expected, fault } };
  return { head: { number: entry.number, hash: entry.hash } };
};

/** At the end of the chain: it must have come as far as every checkpoint saw it. */
export const arrived = (walk: Walk, seen: Seen): Walk => {
  const { head, bad } = walk;
  if (bad || Math.max(0, ...seen.keys()) <= head.number) return walk;
  return { head, bad: { number: head.number + 1, fault: 'cut' } };
};

/** An entry that tells that a backup was restored: what had been noted after it was made is gone, and is no cut. */
export interface Restoration {
  readonly number: number;
  readonly at: Date;
}

const isBefore = ({ at }: Checkpoint, restored: Restoration): boolean => new Date(at) < restored.at;

/**
 * The checkpoints that still hold, after backups were restored: those from before saw entries where others stand since, or
 * none. `elsewhere` are those of the installation, which count where nothing of the chain itself was in the backup.
 */
export const stillHolding = (
  checkpoints: readonly Checkpoint[],
  restorations: readonly Restoration[],
  elsewhere: readonly Restoration[],
): readonly Checkpoint[] =>
  checkpoints.filter(
    (each) =>
      !restorations.some((restored) => restored.number <= each.number && isBefore(each, restored)) &&
      !elsewhere.some((restored) => isBefore(each, restored)),
  );

/** As many new entries are worth a checkpoint at any time. */
export const CHECKPOINT_EVERY = 1_000;

const dayOf = (at: Date): number => Math.floor(between(new Date(0), at) / DAY);

/** Whether a chain that has come so far needs one: after so many entries, and once a day (in UTC) where there is anything new. */
export const needsCheckpoint = (head: Head, last: Checkpoint | undefined, now: Date): boolean => {
  if (head.number === 0) return false;
  if (!last) return true;
  // A backup was restored: what the last one saw is gone.
  if (head.number < last.number) return true;
  if (head.number - last.number >= CHECKPOINT_EVERY) return true;
  return head.number > last.number && dayOf(now) > dayOf(new Date(last.at));
};
