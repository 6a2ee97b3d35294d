/** Sessions as a calendar reads them: the same moments in every zone, whatever its clocks do. */
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarText } from '../../../src/adapters/icalendar/calendar-text.ts';
import { zones } from '../../../src/adapters/temporal/zones.ts';
import type { FeedEvent } from '../../../src/core/feed.ts';
import { after, HOUR, MINUTE } from '../../../src/core/time.ts';

const NAMES = { calendar: 'Group times', event: 'Group' };
const UPDATED = new Date('2026-01-02T03:04:05Z');

/** By twelve kinds of clock: with and without summer, by half an hour and three quarters, backwards, and newly ruled. */
const ZONES = [
  'America/New_York',
  'Europe/Madrid',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Vancouver',
  'America/Santiago',
  'Pacific/Chatham',
  'Asia/Gaza',
  'UTC',
];

const event = (but: Partial<FeedEvent> & Pick<FeedEvent, 'uid' | 'startsAt'>): FeedEvent => ({
  endsAt: after(but.startsAt, 90 * MINUTE),
  zone: 'Europe/Madrid',
  sequence: 0,
  status: 'confirmed',
  updatedAt: UPDATED,
  ...but,
});

/** What an independent reader of calendars makes of the text, with no other knowledge of zones than the text's own. */
const readBack = (text: string): readonly ICAL.Event[] => {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
};

const momentOf = (time: ICAL.Time): string => new Date(time.toUnixTime() * 1_000).toISOString();

/** What the clocks of a zone are ahead of UTC, in milliseconds. */
const offsetAt = (moment: Date, zone: string): number =>
  Date.parse(`${zones.wall(moment, zone)}:00Z`) - moment.getTime();

/** Times that a schedule could name, at every hour of the day over two years; every hour where the clocks change. */
const momentsIn = (zone: string): readonly Date[] => {
  const moments: Date[] = [];
  const end = new Date('2028-01-01T00:00:00Z');
  const step = 95 * HOUR;
  for (let moment = new Date('2026-01-01T00:00:00Z'); moment < end; moment = after(moment, step)) {
    moments.push(moment);
    if (offsetAt(moment, zone) === offsetAt(after(moment, step), zone)) continue;
    for (let ms = HOUR; ms < step; ms += HOUR) moments.push(after(moment, ms));
  }
  return moments;
};

describe('a calendar', () => {
  it.each(ZONES)('shows every time of two years in %s at the moment that was meant', (zone) => {
    const moments = momentsIn(zone);
    const events = moments.map((startsAt, index) => event({ uid: `${index}@hearth`, startsAt, zone }));
    const read = readBack(calendarText(NAMES, events));
    expect(read).toHaveLength(events.length);
    const wrong = read.filter(
      ({ startDate }, index) => momentOf(startDate) !== moments[index]?.toISOString(),
    );
    expect(wrong.map(({ startDate }) => startDate.toString())).toEqual([]);
  });

  it('keeps the hour on the wall through a change of the clocks', () => {
    const text = calendarText(NAMES, [
      event({ uid: 'before', startsAt: new Date('2026-03-25T17:00:00Z') }),
      event({ uid: 'after', startsAt: new Date('2026-04-01T16:00:00Z') }),
    ]);
    expect(text).toContain('DTSTART;TZID=Europe/Madrid:20260325T180000\r\n');
    expect(text).toContain('DTSTART;TZID=Europe/Madrid:20260401T180000\r\n');
  });

  it('tells a time that the clocks show twice so that nobody can take it for the other', () => {
    const twice = event({ uid: 'twice', startsAt: new Date('2026-10-25T00:30:00Z') });
    expect(calendarText(NAMES, [twice])).toContain('DTSTART:20261025T003000Z\r\n');
  });

  it('tells what was left out as cancelled, and what was changed by a higher number', () => {
    const startsAt = new Date('2026-05-04T16:00:00Z');
    const skipped = event({ uid: 'one@hearth', startsAt, status: 'cancelled', sequence: 2 });
    const [read] = readBack(calendarText(NAMES, [skipped]));
    expect(read?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(read?.sequence).toBe(2);
    expect(read?.uid).toBe('one@hearth');
  });

  it('names nothing but neutral words, and is the same text for the same sessions', () => {
    const events = [event({ uid: 'one@hearth', startsAt: new Date('2026-05-04T16:00:00Z') })];
    const text = calendarText(NAMES, events);
    expect(readBack(text).map(({ summary }) => summary)).toEqual(['Group']);
    expect(calendarText(NAMES, events)).toBe(text);
  });

  it('says its own before its parts, and has one although nothing is planned', () => {
    for (const events of [[], [event({ uid: 'one', startsAt: new Date('2026-05-04T16:00:00Z') })]]) {
      const lines = calendarText(NAMES, events).split('\r\n');
      const parts = lines.slice(lines.indexOf('BEGIN:VTIMEZONE'));
      expect(parts.at(-1)).toBe('');
      expect(parts.at(-2)).toBe('END:VCALENDAR');
      expect(parts.some((line) => /^(METHOD|REFRESH-INTERVAL|NAME|X-)/.test(line))).toBe(false);
    }
  });
});
