import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_LASTS, closesAt, LINK_LASTS, leadsOn, linkState } from '../../src/core/form-link.ts';
import { between, MINUTE, SECOND } from '../../src/core/time.ts';

const given = new Date('2026-05-04T16:00:00.000Z');
/** So many milliseconds later. */
const at = (ms: number, since = given): Date => new Date(since.getTime() + ms);

describe('an address of a page', () => {
  it('given in Discord is open for a quarter of an hour', () => {
    const link = { madeAt: given, begunAt: given };
    expect(between(given, closesAt(link))).toBe(LINK_LASTS);
    expect(linkState(link, at(LINK_LASTS - 1))).toBe('open');
    expect(linkState(link, at(LINK_LASTS))).toBe('closed');
    expect(linkState({ ...link, usedAt: given }, at(LINK_LASTS))).toBe('used');
  });

  it('to which a page leads closes with the hour of the first', () => {
    const madeAt = at(CHAIN_LASTS - 5 * MINUTE);
    expect(closesAt({ madeAt, begunAt: given })).toEqual(at(CHAIN_LASTS));
  });

  it('is offered no more when it would close within a minute', () => {
    const link = { begunAt: given };
    expect(leadsOn(link, at(CHAIN_LASTS - MINUTE))).toBe(true);
    expect(leadsOn(link, at(CHAIN_LASTS - MINUTE + 1))).toBe(false);
  });

  it('is carried on for no longer than that, however soon each is used', () => {
    const wait = integer({ min: 0, max: LINK_LASTS - 1 });
    assert(
      property(wait, integer({ min: SECOND, max: LINK_LASTS - 1 }), (first, next) => {
        let link = { madeAt: given, begunAt: given };
        let now = at(first);
        while (linkState(link, now) === 'open') {
          expect(between(given, now)).toBeLessThan(CHAIN_LASTS);
          if (!leadsOn(link, now)) return;
          link = { madeAt: now, begunAt: link.begunAt };
          now = at(next, now);
        }
      }),
    );
  });
});
