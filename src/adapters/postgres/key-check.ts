/** Whether the keys given are those that have sealed what the database holds: found at the start, not by the first reader. */
import type { KeyRing } from './key-ring.ts';
import type { MasterSealing, Spot } from './master-sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (name: string): Spot => ({ table: 'key_check', column: 'sealed', rowId: name });

const opens = (master: MasterSealing, name: string, sealed: string): boolean => {
  try {
    return master.unseal(sealed, spot(name)).toString() === name;
  } catch {
    return false;
  }
};

/** Names of the keys that wrap data keys. */
const wrapping = async (prisma: Transaction): Promise<readonly string[]> => {
  const rows = await prisma.$queryRaw<{ readonly name: string }[]>`
    SELECT DISTINCT split_part("wrapped", '.', 2) AS name FROM "data_key" WHERE "wrapped" IS NOT NULL`;
  return rows.map(({ name }) => name);
};

/**
 * Names of the keys that do not open what they sealed, or are needed and missing; notes the current key when it seals here
 * for the first time.
 */
export const strangeKeys = async (
  prisma: Transaction,
  master: MasterSealing,
  { current, keys }: KeyRing,
): Promise<readonly string[]> => {
  const sealed = master.seal(Buffer.from(current), spot(current));
  await prisma.keyCheck.createMany({ data: { name: current, sealed }, skipDuplicates: true });
  const checks = await prisma.keyCheck.findMany({ orderBy: { name: 'asc' } });
  const strange = checks.filter((check) => !opens(master, check.name, check.sealed)).map(({ name }) => name);
  // Also those of which no word is kept: a process that had not been told of a rotation may have gone on with one.
  const missing = (await wrapping(prisma)).filter((name) => !keys.has(name));
  return [...new Set([...strange, ...missing])].toSorted();
};
