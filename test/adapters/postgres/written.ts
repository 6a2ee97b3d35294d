/** What many people wrote, each under a data key of their own, put into a database at once. */
import { randomBytes } from 'node:crypto';
import { wrappingSpot } from '../../../src/adapters/postgres/data-keys.ts';
import type { KeyRing } from '../../../src/adapters/postgres/key-ring.ts';
import { masterSealing } from '../../../src/adapters/postgres/master-sealing.ts';
import { type Owner, ofPerson, sealingIn, withKey } from '../../../src/adapters/postgres/sealing.ts';
import { runSql } from '../../postgres.ts';
import { id, openClient } from './kept.ts';

export interface Written {
  readonly owner: Owner;
  readonly sealed: string;
  readonly plain: string;
}

const spot = { table: 'goal', column: 'sealed_text', rowId: '1' };

/** Makes data keys for so many people, wrapped with the current key, and gives what they wrote. */
export const writtenByMany = async (
  url: string,
  ring: KeyRing,
  count: number,
): Promise<readonly Written[]> => {
  const all = Array.from({ length: count }, (_, n) => {
    const [owner, key, plain] = [ofPerson(id()), randomBytes(32), `text ${n}`];
    const wrapped = masterSealing(ring).seal(key, wrappingSpot(owner));
    return { owner, wrapped, plain, sealed: withKey(owner, key, ({ seal }) => seal(plain, spot)) };
  });
  await runSql(
    url,
    `INSERT INTO data_key (owner_id, owner_kind, wrapped)
     SELECT owner_id, 'person', wrapped FROM unnest($1::uuid[], $2::text[]) AS made(owner_id, wrapped)`,
    [all.map(({ owner }) => owner.id), all.map(({ wrapped }) => wrapped)],
  );
  return all;
};

/** What a process with these keys reads of it. */
export const read = async (
  url: string,
  ring: KeyRing,
  written: readonly Written[],
): Promise<readonly string[]> => {
  const { tx, close } = openClient(url);
  const sealing = sealingIn(tx, masterSealing(ring));
  try {
    return await sealing.openAll(
      written,
      ({ owner }) => owner,
      ({ sealed }, { unseal }) => unseal(sealed, spot),
    );
  } finally {
    await close();
  }
};
