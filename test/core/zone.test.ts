/** Which time zones are taken, which was probably meant, and what day it is there. */
import { describe, expect, it } from 'vitest';
import { checkZone, localDate } from '../../src/core/zone.ts';
import { answer } from './given.ts';

const ZONES = ['America/New_York', 'America/Sao_Paulo', 'Europe/Berlin', 'Europe/Paris', 'Asia/Calcutta'];

const checked = (written: string) => {
  const outcome = checkZone(written, ZONES);
  return outcome.ok ? outcome.value : outcome.refusal;
};
const suggested = (written: string) => {
  const outcome = checkZone(written, ZONES);
  return outcome.ok || outcome.refusal.code !== 'no-such-zone' ? [] : outcome.refusal.suggestions;
};

describe('a time zone that an admin types', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['etc/utc', 'Etc/UTC'],
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
  ])('is taken as %j', (written, zone) => {
    expect(checked(written)).toBe(zone);
  });

  it.each(['+02:00', 'GMT+2', 'EST', 'CET', 'Europe/Atlantis', 'Berlin', '', '🌍', 'Europe/../Berlin'])(
    'is refused as %j',
    (written) => {
      expect(answer(checkZone(written, ZONES))).toBe('no-such-zone');
    },
  );

  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['America/NewYork', 'America/New_York'],
    ['São Paulo', 'America/Sao_Paulo'],
  ])('is guessed from %j', (written, zone) => {
    expect(suggested(written)[0]).toBe(zone);
  });

  it('is not guessed from what is like nothing', () => {
    expect(suggested('xyzzy')).toEqual([]);
  });

  it('is not guessed more than three times', () => {
    const alike = ['Europe/Berla', 'Europe/Berlb', 'Europe/Berlc', 'Europe/Berld'];
    const outcome = checkZone('Europe/Berl', alike);
    expect(outcome).toMatchObject({ refusal: { suggestions: alike.slice(0, 3) } });
  });
});

describe('the day', () => {
  const moment = new Date('2026-11-23T23:30:00Z');

  it('is the day of the place', () => {
    expect(localDate(moment, 'UTC')).toBe('2026-11-23');
    expect(localDate(moment, 'Europe/Berlin')).toBe('2026-11-24');
    expect(localDate(moment, 'America/New_York')).toBe('2026-11-23');
  });

  it('turns at midnight of summer time where there is one', () => {
    expect(localDate(new Date('2026-07-01T21:59:00Z'), 'Europe/Berlin')).toBe('2026-07-01');
    expect(localDate(new Date('2026-07-01T22:00:00Z'), 'Europe/Berlin')).toBe('2026-07-02');
  });
});

describe('an abbreviation', () => {
  it.each([
    ['EST', 'America/New_York'],
    ['edt', 'America/New_York'],
    ['ET', 'America/New_York'],
    ['CEST', 'Europe/Madrid'],
    ['AEDT', 'Australia/Sydney'],
    ['IST', 'Asia/Kolkata'],
    ['BST', 'Europe/London'],
  ])('%s is met with the places that say it', (written, zone) => {
    const checked = checkZone(written, Intl.supportedValuesOf('timeZone'));
    expect(checked).toMatchObject({ ok: false, refusal: { suggestions: expect.arrayContaining([zone]) } });
  });
});
