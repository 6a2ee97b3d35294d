/** The events of a server's calendar are shared between its cohorts: never too many, and as even as can be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_EVENTS, shares } from '../../src/core/event-window.ts';

const planned = (...counts: readonly number[]): ReadonlyMap<string, number> =>
  new Map(counts.map((count, index) => [`cohort-${index}`, count]));

describe('the shares', () => {
  it('are everything that is planned, where there is room for it', () => {
    expect([...shares(planned(12, 8, 3)).values()].toSorted((a, b) => a - b)).toEqual([3, 8, 12]);
  });

  it('are even where there is not, and what one leaves goes to the others', () => {
    const shared = shares(planned(60, 60, 10));
    expect([shared.get('cohort-0'), shared.get('cohort-1'), shared.get('cohort-2')]).toEqual([40, 40, 10]);
  });

  it('never come to more than there may be, never to more than is planned, and differ by one at most', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 84 }), { maxLength: 150 }), (counts) => {
        const all = planned(...counts);
        const shared = shares(all);
        const total = [...shared.values()].reduce((sum, share) => sum + share, 0);
        expect(total).toBe(
          Math.min(
            MOST_EVENTS,
            counts.reduce((sum, count) => sum + count, 0),
          ),
        );
        const short = [...shared]
          .filter(([id, share]) => share < (all.get(id) ?? 0))
          .map(([, share]) => share);
        if (short.length > 0)
          expect(Math.max(...shared.values()) - Math.min(...short)).toBeLessThanOrEqual(1);
        for (const [id, share] of shared) expect(share).toBeLessThanOrEqual(all.get(id) ?? 0);
      }),
    );
  });
});
