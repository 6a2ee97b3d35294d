/** Which signature holds, and what counts as one. */
import { describe, expect, it } from 'vitest';
import {
  type Agreement,
  type AgreementText,
  agreementBody,
  agreementsNow,
  confirms,
  hashesOf,
  type KeptAgreement,
  type Signature,
  sameAgreement,
  standingSignature,
  textFor,
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
  standingSignature(member('ana'), [signature(but)], { sha256s: ['text-one'], consentRound: 1 }) !==
  undefined;

describe('the text of an agreement', () => {
  it('is its title and its numbered items', () => {
    expect(agreementBody(TEXT)).toBe(
      'Our agreement\n1. What is said here stays here.\n2. I may always pass.',
    );
  });
});

describe('what holds in a group', () => {
  const version = (name: string, ...locales: readonly string[]): Agreement => {
    const [first = '', ...others] = locales.map((locale) => locale || 'en');
    const text = (locale: string) => ({
      text: { ...TEXT, version: name, locale },
      sha256: `${name} ${locale}`,
    });
    return { version: name, texts: [text(first), ...others.map(text)] };
  };
  const kept = (agreement: Agreement, from: KeptAgreement['from']): KeptAgreement => ({
    ...agreement,
    cohortId: 'cohort',
    number: 1,
    from,
    keptAt: at(-10),
  });
  const [programme, changed, own] = [version('1', 'en', 'es'), version('2', 'en'), version('3', 'en')];

  it('is the programme’s agreement as it is now, while the group has none of its own', () => {
    expect(agreementsNow({}, programme)).toEqual({ toSign: programme, holding: [programme] });
    const { toSign, holding } = agreementsNow({ latest: kept(programme, 'programme') }, changed);
    expect([toSign, holding]).toEqual([changed, [changed]]);
  });

  it('is the group’s own, once it has one, whatever the programme changes', () => {
    expect(agreementsNow({ latest: kept(own, 'cohort') }, changed).toSign).toMatchObject(own);
  });

  it('is also what held when the session was opened that is going on', () => {
    const [latest, atOpening] = [kept(own, 'cohort'), kept(programme, 'programme')];
    expect(hashesOf(agreementsNow({ latest, atOpening }, programme).holding)).toEqual([
      '1 en',
      '1 es',
      '3 en',
    ]);
    expect(agreementsNow({ latest, atOpening }, programme).toSign.version).toBe('3');
  });

  it.each([
    ['es-419', 'es'],
    ['ES', 'es'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ])('is read by somebody whose client speaks %j in %s', (locale, read) => {
    expect(textFor(programme, locale).text.locale).toBe(read);
  });

  it('is the same only word for word, in the same languages', () => {
    expect(sameAgreement(programme, version('1', 'es', 'en'))).toBe(true);
    expect(sameAgreement(programme, version('1', 'en'))).toBe(false);
    expect(sameAgreement(programme, changed)).toBe(false);
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
    const required = { sha256s: ['text-one'], consentRound: 1 };
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
