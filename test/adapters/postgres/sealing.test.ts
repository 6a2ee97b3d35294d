/** Sealed values open for their owner, where they belong, and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaleWrite } from '../../../src/adapters/postgres/conflict.ts';
import { dataKeysIn } from '../../../src/adapters/postgres/data-keys.ts';
import { parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { masterSealing } from '../../../src/adapters/postgres/master-sealing.ts';
import {
  type Opener,
  type Owner,
  ofCohort,
  ofPerson,
  type Sealing,
  sealingIn,
} from '../../../src/adapters/postgres/sealing.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import type { Transaction } from '../../../src/adapters/postgres/transaction.ts';
import { allow, refuse } from '../../../src/core/outcome.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { at, id, keyPair, noJobs, openClient } from './kept.ts';

const spot = { table: 'goal', column: 'sealed_text', rowId: '1' };
const master = masterSealing(parseKeys(keyPair('one', 1)));

let url: string;
let tx: Transaction;
let close: () => Promise<void>;
let sealing: Sealing;
beforeAll(async () => {
  url = await freshDatabase();
  ({ tx, close } = openClient(url));
  sealing = sealingIn(tx, master);
});
afterAll(() => close());

const [ana, ben] = [ofPerson(id()), ofPerson(id())];
const sealed = (text: string, owner: Owner = ana): Promise<string> =>
  sealing.sealFor(owner, ({ seal }) => seal(text, spot));
const opened = async (text: string, owner: Owner = ana, where = spot): Promise<string | undefined> => {
  const [value] = await sealing.openAll(
    [text],
    () => owner,
    (row, { unseal }) => unseal(row, where),
  );
  return value;
};

describe('a sealed text', () => {
  it.each(['walk', '', '🐤'.repeat(300), 'a.b.c', '\u0000', 'x\u0080', '\u0080\u0000'])(
    'opens as it was: %j',
    async (text) => {
      expect(await opened(await sealed(text))).toBe(text);
    },
  );

  it('never looks the same twice, does not show its words, and is as long as another short one', async () => {
    const [one, other, longer] = [await sealed('walk'), await sealed('walk'), await sealed('not alone')];
    expect(one).not.toBe(other);
    expect([one, other].join()).not.toContain('walk');
    expect(one).toHaveLength(longer.length);
  });

  it.each([
    ['another table', { ...spot, table: 'reflection' }],
    ['another column', { ...spot, column: 'sealed_note' }],
    ['another row', { ...spot, rowId: '2' }],
  ])('does not open in %s', async (_where, elsewhere) => {
    await expect(opened(await sealed('walk'), ana, elsewhere)).rejects.toThrow();
  });

  it('does not open for somebody else', async () => {
    await sealed('run', ben);
    await expect(opened(await sealed('walk'), ben)).rejects.toThrow();
  });

  it('does not open when any part of it was changed or is missing', async () => {
    const body = Buffer.from((await sealed('walk')).slice('v2.'.length), 'base64url');
    const open = (bytes: Buffer, opener: Opener) => opener.unseal(`v2.${bytes.toString('base64url')}`, spot);
    await sealing.openAll(
      [body],
      () => ana,
      (bytes, opener) => {
        expect(open(bytes, opener)).toBe('walk');
        for (const index of bytes.keys()) {
          const changed = Buffer.from(bytes);
          changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
          expect(() => open(changed, opener)).toThrow();
          expect(() => open(bytes.subarray(0, index), opener)).toThrow();
        }
      },
    );
  });

  it('does not open when it is plain', async () => {
    await expect(opened('walk')).rejects.toThrow('should be sealed');
  });

  it('does not open under a key whose owner was exchanged for another in the database', async () => {
    const [one, other] = [ofPerson(id()), ofPerson(id())];
    const text = await sealed('walk', one);
    await sealed('run', other);
    await runSql(
      url,
      'UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE owner_id = $1) WHERE owner_id = $2',
      [one.id, other.id],
    );
    await expect(opened(text, other)).rejects.toThrow();
  });

  it('that a master key had sealed itself, before there were data keys, still opens', async () => {
    const older = master.seal(Buffer.from('walk'), spot);
    expect(await opened(older)).toBe('walk');
    expect(await opened(older, ofPerson(id()))).toBe('walk');
    await expect(opened(older, ana, { ...spot, rowId: '2' })).rejects.toThrow();
  });

  it('opens with any master key of the ring, and not with another of the same name', async () => {
    const text = await sealed('walk');
    const openedWith = (keys: string) =>
      sealingIn(tx, masterSealing(parseKeys(keys))).openAll(
        [text],
        () => ana,
        (row, { unseal }) => unseal(row, spot),
      );
    expect(await openedWith([keyPair('two', 2), keyPair('one', 1)].join(','))).toEqual(['walk']);
    await expect(openedWith(keyPair('two', 2))).rejects.toThrow('not among the keys');
    await expect(openedWith(keyPair('one', 9))).rejects.toThrow();
  });
});

describe('sealed bytes', () => {
  it('open as they were, for their owner, and not when they are plain', async () => {
    const cohort = ofCohort(id());
    const audio = Buffer.from('OggS of a recording');
    const kept = await sealing.sealFor(cohort, ({ sealBytes }) => sealBytes(audio, spot));
    const openedFor = (owner: Owner, bytes: Uint8Array) =>
      sealing.openAll(
        [bytes],
        () => owner,
        (row, { unsealBytes }) => unsealBytes(row, spot),
      );
    expect(await openedFor(cohort, kept)).toEqual([audio]);
    await expect(openedFor(ana, kept)).rejects.toThrow();
    await expect(openedFor(cohort, audio)).rejects.toThrow('should be sealed');
  });
});

describe('a data key', () => {
  const keysOf = async (owner: Owner) =>
    (await runSql(url, 'SELECT owner_kind, wrapped FROM data_key WHERE owner_id = $1', [owner.id])).rows;

  it('is made once, for many who are first at the same time', async () => {
    const owner = ofPerson(id());
    const texts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const own = openClient(url);
        return sealingIn(own.tx, master)
          .sealFor(owner, ({ seal }) => seal(`text ${n}`, spot))
          .finally(own.close);
      }),
    );
    const read = await sealing.openAll(
      texts,
      () => owner,
      (row, { unseal }) => unseal(row, spot),
    );
    expect(read).toEqual(texts.map((_, n) => `text ${n}`));
    expect(await keysOf(owner)).toHaveLength(1);
  });

  it('is kept wrapped with the current master key, as whose it is', async () => {
    const owner = ofCohort(id());
    await sealed('walk', owner);
    expect(await keysOf(owner)).toEqual([
      { owner_kind: 'cohort', wrapped: expect.stringMatching(/^v1\.one\.[\w-]{80}$/) },
    ]);
  });

  it('that is lost is no reason to read anything else, but a fault', async () => {
    const text = await sealed('walk');
    await expect(opened(text, ofPerson(id()))).rejects.toThrow('not at hand');
  });

  it('seals and opens nothing after its work is done', async () => {
    const sealer = await sealing.sealFor(ana, (each) => each);
    expect(() => sealer.seal('walk', spot)).toThrow('not at hand');
    const text = await sealed('walk');
    const [opener] = await sealing.openAll(
      [text],
      () => ana,
      (_row, each) => each,
    );
    expect(() => opener?.unseal(text, spot)).toThrow('not at hand');
  });
});

describe('whoever is erased', () => {
  const erased = async (): Promise<{ readonly gone: Owner; readonly text: string }> => {
    const gone = ofPerson(id());
    const text = await sealed('walk', gone);
    await dataKeysIn(tx).destroy(gone.id, at(1));
    return { gone, text };
  };

  it('is left out where rows are opened, or stands there without what was sealed, and others stay', async () => {
    const { gone, text } = await erased();
    const rows = [
      { owner: gone, text },
      { owner: ben, text: await sealed('run', ben) },
    ];
    const read = (row: (typeof rows)[number], opener: Opener) => opener.unseal(row.text, spot);
    expect(await sealing.openAll(rows, ({ owner }) => owner, read)).toEqual(['run']);
    const each = await sealing.openEach(
      rows,
      ({ owner }) => owner,
      (row, opener) => (opener ? read(row, opener) : 'nothing'),
    );
    expect(each).toEqual(['nothing', 'run']);
  });

  it('is left out, too, where a master key had sealed what they wrote', async () => {
    const { gone } = await erased();
    expect(await opened(master.seal(Buffer.from('walk'), spot), gone)).toBeUndefined();
  });

  it('opens for no process from that moment on, whoever had opened it before', async () => {
    const gone = ofPerson(id());
    const other = openClient(url);
    const elsewhere = sealingIn(other.tx, master);
    const text = await sealed('walk', gone);
    const read = () =>
      elsewhere.openAll(
        [text],
        () => gone,
        (row, { unseal }) => unseal(row, spot),
      );
    expect(await read()).toEqual(['walk']);
    await dataKeysIn(tx).destroy(gone.id, at(1));
    expect(await read()).toEqual([]);
    await other.close();
  });

  it('leaves nothing of the key behind, and never has another', async () => {
    const { gone } = await erased();
    const kept = () =>
      runSql(url, 'SELECT wrapped, destroyed_at FROM data_key WHERE owner_id = $1', [gone.id]);
    const destroyed = [{ wrapped: null, destroyed_at: at(1) }];
    expect((await kept()).rows).toEqual(destroyed);
    await dataKeysIn(tx).destroy(gone.id, at(2));
    expect((await kept()).rows).toEqual(destroyed);
    await expect(sealed('again', gone)).rejects.toThrow(StaleWrite);
  });

  it('has none either when there was none yet', async () => {
    const gone = ofPerson(id());
    await dataKeysIn(tx).destroy(gone.id, at(1));
    await expect(sealed('first', gone)).rejects.toThrow(StaleWrite);
  });

  it('is erased by a change that is allowed, and not by one that is refused', async () => {
    const gone = ofPerson(id());
    const text = await sealed('walk', gone);
    const store = openStore({ url, keys: parseKeys(keyPair('one', 1)), jobs: noJobs });
    const erase = (ok: boolean) =>
      store.change(async ({ dataKeys }) => {
        await dataKeys.destroy(gone.id, at(1));
        return ok ? allow(null) : refuse({ code: 'somebody-was-first' });
      });
    await erase(false);
    expect(await opened(text, gone)).toBe('walk');
    await erase(true);
    expect(await opened(text, gone)).toBeUndefined();
    await store.close();
  });
});
