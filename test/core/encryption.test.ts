/** Whether a session may be opened, given what is known of its call. */
import { describe, expect, it } from 'vitest';
import { type CallEncryption, mayOpen, sameEncryption } from '../../src/core/encryption.ts';
import { answer } from './given.ts';

const on = (...outside: readonly string[]): CallEncryption => ({
  state: 'on',
  privacyCode: '123450678901234506789012345067',
  outside,
});
const REFUSING = { joinsCalls: true, encryption: 'refuse' } as const;
const asked = (encryption: CallEncryption, present: readonly string[] = ['ana', 'ben'], settings = {}) =>
  answer(mayOpen({ ...REFUSING, ...settings }, encryption, present));

describe('a session of a group that asks for encryption', () => {
  it.each([
    ['encrypted with everybody', on(), 'allowed'],
    ['encrypted without somebody who is there', on('ben'), 'outside-encryption'],
    ['encrypted without somebody who has left', on('cleo'), 'allowed'],
    ['not encrypted', { state: 'off' }, 'call-not-encrypted'],
    ['not known', { state: 'unknown' }, 'encryption-unknown'],
    ['one from which Hearth was sent away', { state: 'sent-away' }, 'encryption-unknown'],
    ['just agreeing on it', { state: 'agreeing' }, 'encryption-not-agreed'],
    ['encrypted for Hearth alone', { state: 'alone' }, 'outside-encryption'],
  ] as const)('with a call that is %s', (_how, encryption, expected) => {
    expect(asked(encryption)).toBe(expected);
  });

  it('counts those who are outside', () => {
    expect(mayOpen(REFUSING, on('ana', 'ben', 'cleo'), ['ana', 'ben'])).toEqual({
      ok: false,
      refusal: { code: 'outside-encryption', people: 2 },
    });
  });

  it('opens while nobody is in the room: there is nothing to encrypt', () => {
    for (const state of ['off', 'unknown', 'sent-away', 'agreeing', 'alone'] as const)
      expect(asked({ state }, [])).toBe('allowed');
  });

  it('opens always where the group is only warned, or Hearth does not come into its calls', () => {
    expect(asked({ state: 'off' }, ['ana'], { encryption: 'warn' })).toBe('allowed');
    expect(asked({ state: 'unknown' }, ['ana'], { joinsCalls: false })).toBe('allowed');
  });
});

describe('what is known of a call', () => {
  it('is the same whatever the order of those outside, and another with another code', () => {
    expect(sameEncryption(on('ana', 'ben'), on('ben', 'ana'))).toBe(true);
    expect(sameEncryption(on(), on('ana'))).toBe(false);
    expect(sameEncryption(on(), { state: 'on', privacyCode: '0'.repeat(30), outside: [] })).toBe(false);
    expect(sameEncryption({ state: 'off' }, { state: 'off' })).toBe(true);
    expect(sameEncryption({ state: 'off' }, on())).toBe(false);
  });
});
