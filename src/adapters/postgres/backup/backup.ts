/** Makes a backup: all that the database holds, as it stood at one moment, in an encrypted file; Hearth goes on meanwhile. */
import { PrismaPg } from '@prisma/adapter-pg';
import { type Actor, OPERATOR } from '../../../core/audit.ts';
import type { Erasure, Tally } from '../../../core/erasure.ts';
import { DAY, MINUTE } from '../../../core/time.ts';
import { enter } from '../audit/enter.ts';
import { auditKeysOf } from '../audit/keys.ts';
import { erasureKeysOf, erasuresIn } from '../erasures.ts';
import { PrismaClient } from '../generated/client.ts';
import type { KeyRing } from '../key-ring.ts';
import type { Transaction } from '../transaction.ts';
import type { Label } from './document.ts';
import { dumped } from './dump.ts';
import { writeSealed } from './sealed-file.ts';

/** What a backup is asked with. */
export interface Asked {
  readonly url: string;
  readonly ring: KeyRing;
  readonly path: string;
  readonly id: string;
  readonly now: Date;
}

const byOperator: Actor = { ...OPERATOR, command: 'backup' };

/** Before it is made, so that what it holds tells of it, too. */
const note = (prisma: PrismaClient, { ring, id, now }: Asked): Promise<void> =>
  prisma.$transaction((tx) =>
    enter(tx, { keys: auditKeysOf(ring), now: () => now }, byOperator, [
      { action: 'export', kind: 'database', object: id, guildId: '' },
    ]),
  );

const applied = (tx: Transaction): Promise<Label['migrations']> =>
  tx.$queryRaw<{ name: string; checksum: string }[]>`
    SELECT migration_name AS name, checksum FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;

export interface Made {
  readonly label: Label;
  /** Of which the backup knows, for the record outside of it. */
  readonly erasures: readonly Erasure[];
  readonly tally: Tally;
}

/** Writes it to a new file; the database must have been migrated. */
export const makeBackup = async (asked: Asked): Promise<Made> => {
  const { url, ring, path, id, now } = asked;
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
  try {
    await note(prisma, asked);
    return await prisma.$transaction(
      async (tx) => {
        const label = { id, madeAt: now.toISOString(), migrations: await applied(tx) };
        const held = erasuresIn(tx, erasureKeysOf(ring));
        const [erasures, tally] = [await held.since(new Date(0)), await held.tally(now)];
        await writeSealed(path, ring, dumped(tx, label));
        return { label, erasures, tally };
      },
      { isolationLevel: 'RepeatableRead', maxWait: MINUTE, timeout: DAY },
    );
  } finally {
    await prisma.$disconnect();
  }
};
