/** What a group is still told of its calendar when it was held up. */
import { describe, expect, it } from 'vitest';
import type { CalendarNews } from '../../src/core/calendar-news.ts';
import { isOvertaken } from '../../src/core/overtaken.ts';

const [MONDAY, TUESDAY, FRIDAY] = [
  '2026-05-04T16:00:00.000Z',
  '2026-05-05T16:00:00.000Z',
  '2026-05-08T16:00:00.000Z',
];
const skipped = (...at: readonly string[]): CalendarNews => ({ kind: 'meetings-skipped', at });
const restored = (...at: readonly string[]): CalendarNews => ({ kind: 'meetings-restored', at });
const moved = (from: string, to: string): CalendarNews => ({ kind: 'meeting-moved', from, to });

describe('news that was held up', () => {
  it('is told while nothing later was to be told of the same meeting', () => {
    expect(isOvertaken(skipped(MONDAY), [])).toBe(false);
    expect(isOvertaken(skipped(MONDAY), [restored(FRIDAY), { kind: 'session-ended' }])).toBe(false);
  });

  it('is overtaken by what says the opposite, or the same again', () => {
    expect(isOvertaken(skipped(MONDAY), [restored(MONDAY)])).toBe(true);
    expect(isOvertaken(skipped(MONDAY), [restored(MONDAY), skipped(MONDAY)])).toBe(true);
    expect(isOvertaken(moved(MONDAY, TUESDAY), [moved(TUESDAY, MONDAY)])).toBe(true);
  });

  it('is told as long as it alone names one of its meetings', () => {
    expect(isOvertaken(skipped(MONDAY, FRIDAY), [restored(MONDAY)])).toBe(false);
    expect(isOvertaken(skipped(MONDAY, FRIDAY), [restored(MONDAY), restored(FRIDAY)])).toBe(true);
    // Else people would come on Monday.
    expect(isOvertaken(moved(MONDAY, TUESDAY), [moved(TUESDAY, FRIDAY)])).toBe(false);
  });

  it('of a whole schedule is overtaken by a later one, or by its end', () => {
    const set: CalendarNews = { kind: 'schedule-set', next: [MONDAY], last: FRIDAY };
    expect(isOvertaken(set, [{ kind: 'schedule-ended' }])).toBe(true);
    expect(isOvertaken({ kind: 'schedule-ended' }, [set])).toBe(true);
    expect(isOvertaken(set, [skipped(MONDAY)])).toBe(false);
  });

  it('is the only kind that is overtaken', () => {
    expect(isOvertaken({ kind: 'paused' }, [{ kind: 'session-ended' }])).toBe(false);
  });
});
