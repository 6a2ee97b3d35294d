/** Master keys, as they are given: refused without being told, made in a file for its owner alone. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysInFile, parseKeys } from '../../../src/adapters/postgres/key-ring.ts';

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

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
