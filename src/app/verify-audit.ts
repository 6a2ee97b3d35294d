/** Walks through every chain of the audit, a part at a time, and finds the first entry of each that is not as it was written. */
import {
  arrived,
  type BadEntry,
  type Checkpoint,
  isGenuine,
  type Restoration,
  SETTING_OUT,
  type Seen,
  stillHolding,
  type Walk,
  walkOn,
} from '../core/audit-proof.ts';
import type { AuditTrail, Checkpoints } from '../ports/audit-trail.ts';

export interface ChainVerdict {
  readonly chain: string;
  /** Sound from the first on. */
  readonly entries: number;
  /** That hold. */
  readonly checkpoints: number;
  readonly bad?: BadEntry;
  /** When backups were restored, where any was. */
  readonly restorations?: readonly Restoration[];
  /** How far the chain had come when it was seen before that; missing when nobody saw it go on. */
  readonly seenBefore?: number;
}

export interface AuditVerdict {
  readonly chains: readonly ChainVerdict[];
  /** Numbers of the lines with checkpoints that Hearth did not make, or that cannot be read. */
  readonly strangeLines: readonly number[];
}

/** Entries at a time. */
const PART = 1_000;

const walkThrough = async (trail: AuditTrail, chain: string, seen: Seen): Promise<Walk> => {
  let walk: Walk = SETTING_OUT;
  for (;;) {
    const part = await trail.after(chain, walk.head.number, PART);
    for (const entry of part) walk = walkOn(walk, entry, trail.seal, seen);
    if (walk.bad || part.length < PART) return arrived(walk, seen);
  }
};

const seenIn = (checkpoints: readonly Checkpoint[]): Seen =>
  new Map(
    [...Map.groupBy(checkpoints, ({ number }) => number)].map(([number, of]) => [
      number,
      of.map(({ hash }) => hash),
    ]),
  );

/** A chain of which nothing was in the backup that was restored is explained by the chain of the installation. */
const INSTALLATION = '';

const verifyChain = async (
  trail: AuditTrail,
  chain: string,
  checkpoints: readonly Checkpoint[],
  isThere: boolean,
): Promise<ChainVerdict> => {
  const restorations = await trail.restorations(chain);
  const elsewhere = isThere ? [] : await trail.restorations(INSTALLATION);
  const holding = stillHolding(checkpoints, restorations, elsewhere);
  const { head, bad } = await walkThrough(trail, chain, seenIn(holding));
  const left = checkpoints.filter((each) => !holding.includes(each)).map(({ number }) => number);
  const restored = isThere ? restorations : elsewhere;
  return {
    ...{ chain, entries: head.number, checkpoints: holding.length },
    ...(bad && { bad }),
    ...(restored.length > 0 && { restorations: restored }),
    ...(left.length > 0 && { seenBefore: Math.max(...left) }),
  };
};

/** Whether the audit is as it was written, so far as the keys and checkpoints at hand can tell. */
export const verifyAudit = async (trail: AuditTrail, kept: Checkpoints): Promise<AuditVerdict> => {
  const lines = await kept.all();
  const genuine: Checkpoint[] = [];
  const strangeLines: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line && isGenuine(line, trail.seal)) genuine.push(line);
    else strangeLines.push(index + 1);
  }
  const byChain = Map.groupBy(genuine, ({ chain }) => chain);
  const heads = await trail.heads();
  const chains: ChainVerdict[] = [];
  for (const chain of new Set([...heads.keys(), ...byChain.keys()])) {
    chains.push(await verifyChain(trail, chain, byChain.get(chain) ?? [], heads.has(chain)));
  }
  return { chains, strangeLines };
};
