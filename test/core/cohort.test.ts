/** Who may join a cohort, and who may lead it. */
import { describe, expect, it } from 'vitest';
import { admit, sizeNote, staffable } from '../../src/core/cohort.ts';
import { aCohort, answer, at, member } from './given.ts';

const BEGUN = { begunAt: at(-100) };
const newcomer = { account: 'account-ana', bot: false };
const enrolment = (but: Partial<Parameters<typeof admit>[0]> = {}): Parameters<typeof admit>[0] => ({
  cohort: aCohort(),
  roster: [member('ben')],
  newcomer,
  reopenConsent: false,
  ...but,
});

describe('somebody who is enrolled', () => {
  it('joins a cohort that has a free seat', () => {
    expect(admit(enrolment())).toEqual({ ok: true, value: { consentReopened: false } });
  });

  it('takes the last seat, and nobody after', () => {
    const seats = (capacity: number) => admit(enrolment({ cohort: aCohort({ capacity }) }));
    expect(answer(seats(2))).toBe('allowed');
    expect(seats(1)).toEqual({ ok: false, refusal: { code: 'cohort-full', capacity: 1 } });
  });

  it('does not slip in after the cohort has begun', () => {
    expect(answer(admit(enrolment({ cohort: aCohort(BEGUN) })))).toBe('roster-closed');
  });

  it('joins a cohort that has begun when the whole group is asked to sign again', () => {
    const reopened = admit(enrolment({ cohort: aCohort(BEGUN), reopenConsent: true }));
    expect(reopened).toEqual({ ok: true, value: { consentReopened: true } });
  });

  it('does not make a group sign again that has not begun', () => {
    expect(admit(enrolment({ reopenConsent: true }))).toEqual({
      ok: true,
      value: { consentReopened: false },
    });
  });

  it.each([
    ['a bot', 'is-bot', { newcomer: { account: 'account-x', bot: true } }],
    ['the lead', 'is-staff', { newcomer: { account: 'account-lea', bot: false } }],
    ['the co-facilitator', 'is-staff', { newcomer: { account: 'account-cem', bot: false } }],
    ['a member already', 'already-enrolled', { newcomer: { account: 'account-ben', bot: false } }],
    ['joining an archived cohort', 'cohort-archived', { cohort: aCohort({ state: 'archived' }) }],
  ] as const)('is not %s', (_who, code, but) => {
    expect(answer(admit(enrolment(but)))).toBe(code);
  });

  it('is told that they are a member before they are told that the cohort is full', () => {
    const full = { cohort: aCohort({ capacity: 1 }), newcomer: { account: 'account-ben', bot: false } };
    expect(answer(admit(enrolment(full)))).toBe('already-enrolled');
  });
});

describe('a cohort’s size', () => {
  it('is usual from five to ten people', () => {
    expect([4, 5, 10, 11].map(sizeNote)).toEqual(['small', 'usual', 'usual', 'large']);
  });
});

describe('a cohort’s staff', () => {
  const [lea, cem] = [
    { account: 'account-lea', bot: false },
    { account: 'account-cem', bot: false },
  ];

  it('are two people', () => {
    expect(answer(staffable(lea, cem))).toBe('allowed');
    expect(answer(staffable(lea, lea))).toBe('same-facilitator');
  });

  it('are never bots', () => {
    expect(answer(staffable({ ...lea, bot: true }, cem))).toBe('is-bot');
    expect(answer(staffable(lea, { ...cem, bot: true }))).toBe('is-bot');
  });
});
