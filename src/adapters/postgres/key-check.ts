/** Whether the keys given are those that have sealed what the database holds: found at the start, not by the first reader. */
import type { PrismaClient } from './generated/client.ts';
import type { MasterSealing, Spot } from './master-sealing.ts';

const spot = (name: string): Spot => ({ table: 'key_check', column: 'sealed', rowId: name });

const opens = (master: MasterSealing, name: string, sealed: string): boolean => {
  try {
    return master.unseal(sealed, spot(name)).toString() === name;
  } catch {
    return false;
  }
};

/** Names of the keys that do not open what they sealed; notes the current key when it seals here for the first time. */
export const strangeKeys = async (
  prisma: PrismaClient,
  master: MasterSealing,
  current: string,
): Promise<readonly string[]> => {
  const sealed = master.seal(Buffer.from(current), spot(current));
  await prisma.keyCheck.createMany({ data: { name: current, sealed }, skipDuplicates: true });
  const checks = await prisma.keyCheck.findMany({ orderBy: { name: 'asc' } });
  return checks.filter((check) => !opens(master, check.name, check.sealed)).map(({ name }) => name);
};
