/** What somebody is told of what is kept of them fits, however much it is. */
import { describe, expect, it } from 'vitest';
import {
  DATA_CLASSES,
  keepingOf,
  OF_GROUPS,
  RETENTION_DAYS,
  retentionWith,
  USUAL_RETENTION,
} from '../../src/core/own-data.ts';
import { en } from '../../src/words/en/index.ts';
import { readable } from '../world/asking.ts';

const EVERYTHING = keepingOf(new Map(DATA_CLASSES.map((each) => [each, 100_000])), USUAL_RETENTION, []);

describe('what is kept of somebody', () => {
  it('fits on a card, though there is something of every class', () => {
    for (const card of [en.myData.shown(EVERYTHING, true), en.myData.exported(EVERYTHING)]) {
      expect(card.fields?.length).toBe(DATA_CLASSES.length);
      expect(readable(card).length).toBeLessThan(6_000);
    }
    const gone = new Map(DATA_CLASSES.map((each) => [each, 100_000] as const));
    expect(en.myData.erased(gone, EVERYTHING).text.length).toBeLessThan(4_096);
    expect(en.myData.sure('all', EVERYTHING).text.length).toBeLessThan(4_096);
  });

  it('fits on a card for whoever is in many groups, each with days of its own', () => {
    const own = Array.from({ length: 8 }, (_, index) =>
      OF_GROUPS.map((is) => ({ group: `Group ${index} ${'x'.repeat(32)}`, is, days: 3_650 })),
    ).flat();
    const counts = new Map(DATA_CLASSES.map((each) => [each, 100_000] as const));
    const shown = en.myData.shown(keepingOf(counts, USUAL_RETENTION, own), true);
    expect(readable(shown).length).toBeLessThan(6_000);
    expect(readable(shown)).toContain('after other days in 6 more groups');
  });

  it('goes after other days where they are configured, and only what goes by itself', () => {
    expect(retentionWith(new Map([['check-in', 180]]))?.get('check-in')).toBe(180);
    expect(retentionWith(new Map([['check-in', 180]]))?.get('reason')).toBe(30);
    for (const [name, days] of [
      ['attendance', 30],
      ['nothing', 30],
      ['check-in', RETENTION_DAYS.fewest - 1],
      ['check-in', RETENTION_DAYS.most + 1],
    ] as const) {
      expect(retentionWith(new Map([[name, days]]))).toBeUndefined();
    }
  });
});
