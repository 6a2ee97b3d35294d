/** Days and times as people write them, and what of them is not understood. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate, readTime, readWhen } from '../../src/core/when.ts';

const said = (written: string): string => {
  const read = readWhen(written);
  if (!read.ok) return 'written' in read.refusal ? `? ${read.refusal.written}` : read.refusal.code;
  return read.value
    .map((slot) =>
      slot.kind === 'weekly' ? `${slot.days.join(' ')} ${slot.times.join(' ')}` : slot.expression,
    )
    .join('; ');
};

describe('days and times', () => {
  it.each([
    ['Mon Wed 18:00; Fri 10:00 14:00', 'mon wed 18:00; fri 10:00 14:00'],
    ['Mon Wed 18:00, Fri 10:00', 'mon wed 18:00; fri 10:00'],
    ['weekdays 9:30', 'mon tue wed thu fri 09:30'],
    ['daily 6pm', 'mon tue wed thu fri sat sun 18:00'],
    ['every day at 6 pm', 'mon tue wed thu fri sat sun 18:00'],
    ['Mondays and Thursdays at noon', 'mon thu 12:00'],
    ['Every Tuesday at 6:30 p.m.', 'tue 18:30'],
    ['Mon-Thu 8:00', 'mon tue wed thu 08:00'],
    ['fri - mon 20:15', 'mon fri sat sun 20:15'],
    ['weekends 12am 12pm', 'sat sun 00:00 12:00'],
    ['Wed Mon Mon 18:00 18:00', 'mon wed 18:00'],
    [' TUES , thurs   18:00 ; ', 'tue thu 18:00'],
  ])('%j', (written, meant) => {
    expect(said(written)).toBe(meant);
  });

  it.each([
    ['', '? '],
    [';', '? ;'],
    ['Mon', '? Mon'],
    ['18:00', '? 18:00'],
    ['Mon 18:00; Fri', '? Fri'],
    ['Mon 24:00', '? 24:00'],
    ['Mon 18:60', '? 18:60'],
    ['Mon 13pm', '? 13pm'],
    ['Mon 0am', '? 0am'],
    ['Mon 18', '? 18'],
    ['Mon 18h', '? 18h'],
    ['Mo 18:00', '? mo'],
    ['Mon-Moon 18:00', '? mon-moon'],
    ['constructor 18:00', '? constructor'],
    ['Lunes 18:00', '? lunes'],
  ])('%j says what was not understood', (written, answer) => {
    expect(said(written)).toBe(answer);
  });

  it('never throw, whatever is written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (written) => void readWhen(written)));
  });
});

describe('a time', () => {
  it.each([
    ['18:00', '18:00'],
    ['7:05', '07:05'],
    ['6pm', '18:00'],
    ['12 am', '00:00'],
    ['6', undefined],
    ['six', undefined],
    ['-1:00', undefined],
  ])('%j', (written, meant) => {
    expect(readTime(written)).toBe(meant);
  });
});

describe('a day of the calendar', () => {
  it('is told from what is none', () => {
    expect(readDate(' 2026-05-31 ')).toEqual({ ok: true, value: '2026-05-31' });
    expect(readDate('2026-02-30')).toMatchObject({ ok: false, refusal: { code: 'date-unreadable' } });
  });
});
