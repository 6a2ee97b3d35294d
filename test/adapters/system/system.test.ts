/** The clock and the ids: both follow the time that is given. */
import { describe, expect, it } from 'vitest';
import { clockOf, idsOf } from '../../../src/adapters/system/system.ts';

const madeAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

describe('ids', () => {
  it('carry the time that is given, also that of a turned clock', () => {
    const time = { now: () => Date.UTC(2031, 4, 6, 18) };
    const id = idsOf(time).next();
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(madeAt(id)).toBe(clockOf(time).now().getTime());
  });

  it('stand in the order of their making, though the clock stands still, and though it goes back', () => {
    let now = 1_800_000_000_000;
    const ids = idsOf({ now: () => now });
    const made = Array.from({ length: 2_000 }, (_, index) => {
      if (index === 1_000) now -= 60_000;
      return ids.next();
    });
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });
});
