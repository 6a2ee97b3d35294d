/** What a card may say of the encryption of a call. */
import { expect, it } from 'vitest';
import { encryptionOf } from '../../../src/adapters/voice/encryption-of.ts';
import type { Group } from '../../../src/adapters/voice/messages.ts';

const CODE = '012345678901234567890123456789';
const group: Group = { version: 1, ready: true, code: CODE, members: ['bot', 'ana', 'ben'] };

it('nothing is known of a call in which Hearth is not', () => {
  expect(encryptionOf(undefined, ['ana'])).toEqual({ state: 'unknown' });
});

it('where the group is just being made, Hearth is in the call, and says so', () => {
  expect(encryptionOf({ ...group, ready: false }, ['ana'])).toEqual({ state: 'agreeing' });
  expect(encryptionOf({ ...group, code: undefined }, ['ana'])).toEqual({ state: 'agreeing' });
});

it('alone there is nothing to encrypt, whatever the version', () => {
  for (const version of [0, 1]) expect(encryptionOf({ ...group, version }, [])).toEqual({ state: 'alone' });
});

it('no code is told while a downgrade holds, even where one is left over', () => {
  expect(encryptionOf({ ...group, version: 0 }, ['ana'])).toEqual({ state: 'off' });
});

it('who is in the room and not in the group is named', () => {
  expect(encryptionOf(group, ['ana', 'ben'])).toEqual({ state: 'on', privacyCode: CODE, outside: [] });
  expect(encryptionOf(group, ['ana', 'cleo'])).toEqual({ state: 'on', privacyCode: CODE, outside: ['cleo'] });
});
