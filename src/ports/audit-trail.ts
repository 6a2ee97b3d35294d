/** The audit as it stands, to be walked through from its beginning, and the checkpoints that are kept elsewhere. */
import type { AuditEntry, Head, Seal } from '../core/audit.ts';
import type { Checkpoint, Restoration } from '../core/audit-proof.ts';

export interface AuditTrail {
  /** With every key that is at hand. */
  readonly seal: Seal;
  /** Name of the key that is used now. */
  readonly key: string;
  /** The last entry of every chain, by the names of the chains. */
  heads(): Promise<ReadonlyMap<string, Head>>;
  /** How many entries a chain has up to that number. */
  count(chain: string, upTo: number): Promise<number>;
  /** When backups were restored, as the chain tells it. */
  restorations(chain: string): Promise<readonly Restoration[]>;
  /** Entries of a chain behind that number, in order; at most `most`. */
  after(chain: string, number: number, most: number): Promise<readonly AuditEntry[]>;
}

export interface Checkpoints {
  /** A line each, in order; nothing for one that cannot be read. */
  all(): Promise<readonly (Checkpoint | undefined)[]>;
  add(checkpoint: Checkpoint): Promise<void>;
}
