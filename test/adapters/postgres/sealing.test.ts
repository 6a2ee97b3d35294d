/** Sealed texts open where they belong, with their key, and nowhere else. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysInFile, parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { sealingWith } from '../../../src/adapters/postgres/sealing.ts';

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const spot = { table: 'goal', column: 'sealed_text', rowId: '1' };
const { seal, unseal } = sealingWith(parseKeys(`one:${keyOf(1)}`));

describe('a sealed text', () => {
  it.each(['walk', '', '🐤'.repeat(300), 'a.b.c', '\u0000'])('opens as it was: %j', (text) => {
    expect(unseal(seal(text, spot), spot)).toBe(text);
  });

  it('never looks the same twice and does not show its words', () => {
    const sealed = [seal('walk', spot), seal('walk', spot)];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain('walk');
  });

  it.each([
    ['another table', { ...spot, table: 'reflection' }],
    ['another column', { ...spot, column: 'sealed_note' }],
    ['another row', { ...spot, rowId: '2' }],
  ])('does not open in %s', (_where, elsewhere) => {
    expect(() => unseal(seal('walk', spot), elsewhere)).toThrow();
  });

  it('does not open when any part of it was changed or is missing', () => {
    const [version, name, body = ''] = seal('walk', spot).split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => unseal([version, name, changed.toString('base64url')].join('.'), spot)).toThrow();
      const cut = bytes.subarray(0, index).toString('base64url');
      expect(() => unseal([version, name, cut].join('.'), spot)).toThrow();
    }
  });

  it('does not open when it is plain', () => {
    expect(() => unseal('walk', spot)).toThrow('should be sealed');
  });

  it('opens with any key of the ring, and is sealed with the first', () => {
    const older = seal('walk', spot);
    const ring = sealingWith(parseKeys(`two:${keyOf(2)},one:${keyOf(1)}`));
    expect(ring.unseal(older, spot)).toBe('walk');
    expect(ring.seal('walk', spot)).toMatch(/^v1\.two\./);
    expect(() => unseal(ring.seal('walk', spot), spot)).toThrow('not among the keys');
  });

  it('does not open with a key that merely bears the name of the right one', () => {
    const other = sealingWith(parseKeys(`one:${keyOf(9)}`));
    expect(() => other.unseal(seal('walk', spot), spot)).toThrow();
  });
});

describe('keys', () => {
  it.each([
    ['no colon', keyOf(1)],
    ['no name', `:${keyOf(1)}`],
    ['a name with a dot', `a.b:${keyOf(1)}`],
    ['too short a key', 'one:c2hvcnQ='],
    ['a name twice', `one:${keyOf(1)},one:${keyOf(2)}`],
    ['nothing', ''],
  ])('with %s are refused without being told', (_what, text) => {
    const told = () => parseKeys(text);
    expect(told).toThrow();
    expect(told).not.toThrow(keyOf(1));
  });

  it('are made in a file for its owner alone when there is none, and are the same ever after', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-keys-'));
    const path = join(folder, 'data', 'hearth.key');
    const first = keysInFile(path);
    expect(first.made).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = keysInFile(path);
    expect(second).toEqual({ keys: first.keys, made: false });
    writeFileSync(path, `new:${keyOf(3)},${readFileSync(path, 'utf8')}`);
    expect(keysInFile(path).keys.current).toBe('new');
    expect(keysInFile(path).keys.keys.size).toBe(2);
    rmSync(folder, { recursive: true });
  });
});
