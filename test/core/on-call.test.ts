/** Who is on call, and in which hours, as people write them. */
import { describe, expect, it } from 'vitest';
import { isOnCall, ladderOf, mayBeOnCall, readHours } from '../../src/core/on-call.ts';

const hours = (written: string) => {
  const read = readHours(written);
  if (!read.ok) throw new Error(`${written} was refused: ${read.refusal.code}`);
  return read.value;
};
const [lead, coFacilitator, supervisor] = ['1', '2', '3'].map((id) => ({ id, account: id }));
if (!lead || !coFacilitator || !supervisor) throw new Error('nobody leads');
const staff = { lead, coFacilitator, supervisor };

describe('hours on call', () => {
  it.each([
    ['Mon-Fri 9:00-17:00', '2026-05-04T09:00', true],
    ['Mon-Fri 9:00-17:00', '2026-05-04T08:59', false],
    ['Mon-Fri 9:00-17:00', '2026-05-04T17:00', false],
    ['Mon-Fri 9:00-17:00', '2026-05-09T12:00', false],
    ['weekdays 9am - 5 pm; Sat 10:00-12:00', '2026-05-09T11:59', true],
    ['Mon, Wed 18:00-20:00', '2026-05-06T19:30', true],
    // Over midnight, it belongs to the day on which it began.
    ['Fri 22:00-06:00', '2026-05-09T05:59', true],
    ['Fri 22:00-06:00', '2026-05-08T05:59', false],
    ['always', '2026-05-10T03:00', true],
  ])('%s at %s: %s', (written, wall, is) => {
    expect(isOnCall(hours(written), wall)).toBe(is);
  });

  it.each(['', 'soon', 'Mon', '9:00-17:00', 'Mon 9:00', 'Mon 9:00-17:00-18:00', 'Mon 25:00-26:00'])(
    '“%s” is not guessed at',
    (written) => {
      expect(readHours(written)).toMatchObject({ ok: false, refusal: { code: 'hours-unreadable' } });
    },
  );
});

describe('the ladder', () => {
  it('begins with whoever is on call, and ends with the supervisor', () => {
    const ids = (first: typeof lead) => ladderOf(staff, { first }).map(({ id }) => id);
    expect(ids(lead)).toEqual(['1', '2', '3']);
    expect(ids(coFacilitator)).toEqual(['2', '1', '3']);
  });

  it('never calls the one who asks, and nobody twice', () => {
    expect(ladderOf(staff, { first: lead }, lead).map(({ id }) => id)).toEqual(['2', '3']);
    const both = { lead, coFacilitator, supervisor: lead };
    expect(ladderOf(both, undefined).map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('is not switched on with anybody but a facilitator, nor without a supervisor', () => {
    expect(mayBeOnCall(staff, '2')).toMatchObject({ ok: true });
    expect(mayBeOnCall(staff, '9')).toMatchObject({ ok: false, refusal: { code: 'on-call-is-staff' } });
    expect(mayBeOnCall({ lead, coFacilitator }, '1')).toMatchObject({
      ok: false,
      refusal: { code: 'no-supervisor' },
    });
  });
});
