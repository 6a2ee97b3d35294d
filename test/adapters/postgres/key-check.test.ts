/** A start with other keys than those that sealed what is kept is noticed at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { freshDatabase } from '../../postgres.ts';
import { keyPair, noJobs } from './kept.ts';

let url: string;
beforeAll(async () => {
  url = await freshDatabase();
});
const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((store) => store.close())));

const strangeAmong = (keys: string): Promise<readonly string[]> => {
  const store = openStore({ url, keys: parseKeys(keys), jobs: noJobs });
  opened.push(store);
  return store.strangeKeys();
};

describe('the keys given at the start', () => {
  it('are noted at the first start, and fit at the second', async () => {
    expect(await strangeAmong(keyPair('first', 1))).toEqual([]);
    expect(await strangeAmong(keyPair('first', 1))).toEqual([]);
  });

  it('fit when a new one is put before them', async () => {
    expect(await strangeAmong([keyPair('second', 2), keyPair('first', 1)].join(','))).toEqual([]);
  });

  it('do not fit when one is missing, or is another one under the same name', async () => {
    expect(await strangeAmong(keyPair('second', 2))).toEqual(['first']);
    expect(await strangeAmong([keyPair('second', 2), keyPair('first', 9)].join(','))).toEqual(['first']);
  });
});
