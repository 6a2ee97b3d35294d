/**
 * What entries are sealed with: derived from the keys of the ring, one for each. What was derived is kept, too, encrypted
 * with the key of the ring that is used now, so that entries can be verified when the key before it has long gone.
 */
import type { Seal } from '../../../core/audit.ts';
import { derivedIn, sealWith } from '../derived-key.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { KeyRing } from '../key-ring.ts';
import type { MasterSealing, Spot } from '../master-sealing.ts';
import type { Transaction } from '../transaction.ts';

/** Name of the key that entries are sealed with now, and all that are known. */
export interface AuditKeys {
  readonly current: string;
  readonly seal: Seal;
}

const PURPOSE = 'hearth audit';
/** The keys of a ring alone. */
export const auditKeysOf = (ring: KeyRing): AuditKeys => ({
  current: ring.current,
  seal: sealWith(derivedIn(ring, PURPOSE)),
});

const spot = (name: string): Spot => ({ table: 'audit_key', column: 'sealed', rowId: name });

const opened = (master: MasterSealing, name: string, sealed: string): Buffer | undefined => {
  try {
    return master.unseal(sealed, spot(name));
  } catch {
    return undefined;
  }
};

/** Every key that is kept and can be opened, and those of the ring. */
export const allAuditKeys = async (
  tx: Transaction,
  ring: KeyRing,
  master: MasterSealing,
): Promise<AuditKeys> => {
  const kept = (await tx.auditKey.findMany()).flatMap(({ name, sealed }) => {
    const key = opened(master, name, sealed);
    return key ? [[name, key] as const] : [];
  });
  return { current: ring.current, seal: sealWith(new Map([...kept, ...derivedIn(ring, PURPOSE)])) };
};

/** Keeps the keys of the ring, and encrypts with the current one what an earlier one had encrypted. */
export const keepAuditKeys = async (
  prisma: PrismaClient,
  ring: KeyRing,
  master: MasterSealing,
): Promise<void> => {
  const kept = new Map(
    (await prisma.auditKey.findMany()).map(({ name, sealed }) => [name, opened(master, name, sealed)]),
  );
  for (const [name, key] of new Map([...kept, ...derivedIn(ring, PURPOSE)])) {
    if (key === undefined) continue;
    const sealed = master.seal(key, spot(name));
    await prisma.auditKey.upsert({ where: { name }, create: { name, sealed }, update: { sealed } });
  }
};
