/** What a lock file must not hold. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Locked, wrongIn } from '../../scripts/locked.ts';

const GOOD: Locked = { integrity: 'sha512-x', license: 'MIT' };

it('finds nothing wrong with the lock file of the project', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(wrongIn(packages, true)).toEqual([]);
});

it.each<[string, Locked, string]>([
  ['may change unseen', { license: 'MIT' }, 'x is not locked by a hash.'],
  ['is locked by a weak hash', { ...GOOD, integrity: 'sha1-x' }, 'x is not locked by a hash.'],
  ['comes by another way', { ...GOOD, resolved: 'git+ssh://x' }, 'x comes from elsewhere than the registry.'],
  [
    'has a licence that binds',
    { ...GOOD, license: 'GPL-3.0' },
    'x has the licence GPL-3.0, to which nobody agreed.',
  ],
  ['has no licence', { integrity: 'sha512-x' }, 'x has the licence (none), to which nobody agreed.'],
])('names a package that %s', (_what, each, sentence) => {
  expect(wrongIn({ '': {}, 'node_modules/y/node_modules/x': each }, true)).toEqual([sentence]);
});

it('names a package that runs something when it is installed, unless that is off', () => {
  const packages = { 'node_modules/x': { ...GOOD, hasInstallScript: true } };
  expect(wrongIn(packages, true)).toEqual([]);
  expect(wrongIn(packages, false)).toEqual(['x runs something when it is installed.']);
});
