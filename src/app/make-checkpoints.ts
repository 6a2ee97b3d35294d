/** Keeps outside of the database how far each chain of the audit has come. */
import type { Head } from '../core/audit.ts';
import { type Checkpoint, isGenuine, needsCheckpoint, sealedCheckpoint } from '../core/audit-proof.ts';
import type { AuditTrail, Checkpoints } from '../ports/audit-trail.ts';
import type { Log } from '../ports/log.ts';

export interface Checkpointing {
  readonly trail: AuditTrail;
  readonly kept: Checkpoints;
  /** Told of each, too, so that whoever collects logs has them elsewhere. */
  readonly log: Log;
}

/** Makes those that are wanted, and gives them. */
export type MakeCheckpoints = (
  now: Date,
  wanted?: (head: Head, last: Checkpoint | undefined, now: Date) => boolean,
) => Promise<readonly Checkpoint[]>;

/** Wanted for every chain that has grown since the last, or is another since a backup was restored. */
export const whenGrown = (head: Head, last: Checkpoint | undefined): boolean =>
  head.number > 0 && head.hash !== last?.hash;

/** The last of each chain. */
const lastOnes = async ({ trail, kept }: Checkpointing): Promise<Map<string, Checkpoint>> => {
  const genuine = (await kept.all()).filter((line) => line !== undefined && isGenuine(line, trail.seal));
  return new Map(genuine.flatMap((line) => (line ? [[line.chain, line] as const] : [])));
};

/** Reads once what was kept before. */
export const checkpointing = async (parts: Checkpointing): Promise<MakeCheckpoints> => {
  const { trail, kept, log } = parts;
  const last = await lastOnes(parts);
  return async (now, wanted = needsCheckpoint) => {
    const made: Checkpoint[] = [];
    for (const [chain, head] of await trail.heads()) {
      if (!wanted(head, last.get(chain), now)) continue;
      const count = await trail.count(chain, head.number);
      const facts = { chain, ...head, count, at: now.toISOString(), key: trail.key };
      const checkpoint = sealedCheckpoint(facts, trail.seal);
      await kept.add(checkpoint);
      log.info('audit-checkpoint', { ...checkpoint });
      last.set(chain, checkpoint);
      made.push(checkpoint);
    }
    return made;
  };
};
