/** Which signature holds, and what counts as one. */
import { describe, expect, it } from 'vitest';
import {
  type AgreementText,
  agreementBody,
  confirms,
  type Signature,
  standingSignature,
} from '../../src/core/agreement.ts';
import { at, member } from './given.ts';

const TEXT: AgreementText = {
  version: '1',
  locale: 'en',
  title: 'Our agreement',
  items: ['What is said here stays here.', 'I may always pass.'],
  confirmation: 'I agree',
};

const signature = (but: Partial<Signature> = {}): Signature => ({
  id: 'signature',
  membershipId: 'membership-ana',
  consentRound: 1,
  version: '1',
  sha256: 'text-one',
  locale: 'en',
  signedAt: at(-10),
  method: 'form',
  ...but,
});

const holds = (but: Partial<Signature> = {}) =>
  standingSignature(member('ana'), [signature(but)], { sha256: 'text-one', consentRound: 1 }) !== undefined;

describe('the text of an agreement', () => {
  it('is its title and its numbered items', () => {
    expect(agreementBody(TEXT)).toBe(
      'Our agreement\n1. What is said here stays here.\n2. I may always pass.',
    );
  });
});

describe('a signature', () => {
  it('holds for the person, the text and the round of consent it was given for', () => {
    expect(holds()).toBe(true);
  });

  it.each([
    ['when it was withdrawn', { withdrawnAt: at(-5) }],
    ['for a text whose words have changed', { sha256: 'text-two' }],
    ['when the group is asked to sign again', { consentRound: 2 }],
    ['for anybody else', { membershipId: 'membership-ben' }],
  ])('does not hold %s', (_when, but) => {
    expect(holds(but)).toBe(false);
  });

  it('holds when it was given again after it had been withdrawn', () => {
    const both = [signature({ withdrawnAt: at(-5) }), signature({ id: 'again', signedAt: at(-1) })];
    const required = { sha256: 'text-one', consentRound: 1 };
    expect(standingSignature(member('ana'), both, required)?.id).toBe('again');
  });
});

describe('what a person types to sign', () => {
  it.each(['I agree', 'i agree', '  I   AGREE ', 'I agree.', '"I agree"', '“I agree.”', 'Ｉ ａｇｒｅｅ'])(
    'counts as %j',
    (typed) => {
      expect(confirms(typed, TEXT)).toBe(true);
    },
  );

  it.each(['', 'yes', 'I do not agree', 'I agree to nothing', 'agree'])('does not count as %j', (typed) => {
    expect(confirms(typed, TEXT)).toBe(false);
  });
});
