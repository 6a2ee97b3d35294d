/** Who somebody is to a cohort, and what that lets them do. */
import { describe, expect, it } from 'vitest';
import { GROUP, HELPERS, INSIDE, mayAct, STAFF, type Standing, standingsIn } from '../../src/core/access.ts';
import { aCohort, answer, person } from './given.ts';

const standings = (
  name: string,
  roster: Parameters<typeof standingsIn>[2] = 'absent',
  admin = false,
): readonly Standing[] => [...standingsIn({ account: `account-${name}`, admin }, aCohort(), roster)];

describe('who somebody is to a cohort', () => {
  it('is told by its staff, its roster and their signature', () => {
    expect(standings('lea')).toEqual(['lead']);
    expect(standings('cem')).toEqual(['co-facilitator']);
    expect(standings('ana', 'enrolled')).toEqual(['enrolled']);
    expect(standings('ana', 'signed')).toEqual(['participant']);
    expect(standings('zoe')).toEqual(['outsider']);
  });

  it('is told by whom they look after', () => {
    const cohort = aCohort({ supervisor: person('sam') });
    expect([...standingsIn({ account: 'account-sam', admin: false }, cohort, 'absent')]).toEqual([
      'supervisor',
    ]);
    const treating = standingsIn({ account: 'account-tia', admin: false }, cohort, 'absent', true);
    expect([...treating]).toEqual(['therapist']);
  });

  it('may be several things at once', () => {
    expect(standings('lea', 'absent', true)).toEqual(['admin', 'lead']);
  });

  it('is not an outsider as an admin, but no part of the group either', () => {
    expect(standings('adam', 'absent', true)).toEqual(['admin']);
    expect(answer(mayAct(GROUP, new Set(['admin'])))).toBe('not-for-you');
  });
});

describe('what somebody may do', () => {
  it.each<[Standing, readonly Standing[], string]>([
    ['participant', ['participant'], 'allowed'],
    ['lead', STAFF, 'allowed'],
    ['enrolled', ['participant'], 'sign-first'],
    ['enrolled', GROUP, 'sign-first'],
    ['enrolled', STAFF, 'staff-only'],
    ['participant', STAFF, 'staff-only'],
    ['participant', ['admin', ...STAFF], 'staff-only'],
    ['lead', ['admin'], 'admins-only'],
    ['lead', ['participant'], 'not-for-you'],
    ['participant', ['enrolled'], 'not-for-you'],
    ['therapist', HELPERS, 'allowed'],
    ['participant', [...STAFF, ...HELPERS], 'staff-only'],
    ['therapist', STAFF, 'staff-only'],
    ['supervisor', GROUP, 'not-for-you'],
    ['therapist', INSIDE, 'not-for-you'],
  ])('as %s, when it is for %j: %s', (is, allowed, expected) => {
    expect(answer(mayAct(allowed, new Set([is])))).toBe(expected);
  });

  it('tells an outsider nothing, not even that there is a group', () => {
    for (const allowed of [GROUP, STAFF, ['admin'], ['participant']] as const) {
      expect(answer(mayAct(allowed, new Set(['outsider'])))).toBe('no-group-here');
    }
  });

  it('tells anybody that what concerns the server is for its admins', () => {
    expect(answer(mayAct(['admin'], new Set()))).toBe('admins-only');
  });
});
