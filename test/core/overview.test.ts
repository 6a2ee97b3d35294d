/** What staff are told of a cohort's members. */
import { describe, expect, it } from 'vitest';
import { memberFacts } from '../../src/core/overview.ts';

const NOW = new Date('2026-05-04T16:00:00Z');

describe('the overview of a cohort', () => {
  const member = (id: string) => ({
    id,
    cohortId: 'cohort',
    person: { id: `person ${id}`, account: id },
    enrolledAt: NOW,
  });
  const signature = {
    id: 'signature',
    membershipId: 'ana',
    consentRound: 1,
    version: '1',
    sha256: 'aa',
    locale: 'en',
    signedAt: NOW,
    method: 'form',
  } as const;

  it('counts a signature only for the text and the round that are required now', () => {
    const facts = (sha256: string, consentRound: number) =>
      memberFacts([member('ana'), member('ben')], [signature], { sha256s: [sha256], consentRound }).map(
        ({ signedAt }) => signedAt,
      );
    expect(facts('aa', 1)).toEqual([NOW, undefined]);
    expect(facts('aa', 2)).toEqual([undefined, undefined]);
    expect(facts('bb', 1)).toEqual([undefined, undefined]);
  });
});
