/** When a room was changed by hand, what is told of it and how often, and which findings are new. */
import { describe, expect, it } from 'vitest';
import type { CohortAudit } from '../../src/core/room-access.ts';
import { changesOf, type Finding, findingsOf } from '../../src/core/room-finding.ts';
import { countRepairs, isByHand, toldAt } from '../../src/core/room-repair.ts';
import { aCohort, at } from './given.ts';

describe('a room', () => {
  const faces = [{ face: 'new' }, { face: 'old', until: at(0) }];

  it('that is as Hearth left it was not changed by hand', () => {
    expect(isByHand('new', faces, at(60))).toBe(false);
  });

  it('that is otherwise was', () => {
    expect(isByHand('other', faces, at(60))).toBe(true);
  });

  it('that is as it was until a moment ago may only be told of late, and later was put back by hand', () => {
    expect(isByHand('old', faces, at(0.5))).toBe(false);
    expect(isByHand('old', faces, at(2))).toBe(true);
  });

  it('of which nothing is known is not said to be changed', () => {
    expect(isByHand('other', [], at(0))).toBe(false);
  });
});

describe('what was put right', () => {
  it('is told after ten seconds, and no more often than every ten minutes', () => {
    expect(toldAt(at(0), undefined)).toEqual(new Date(at(0).getTime() + 10_000));
    expect(toldAt(at(0), at(-4))).toEqual(at(6));
    expect(toldAt(at(0), at(-40))).toEqual(new Date(at(0).getTime() + 10_000));
  });

  it('is counted by what it was', () => {
    const repairs = (['name', 'people', 'people'] as const).map((what) => ({ what }));
    expect(countRepairs(repairs)).toEqual([
      { what: 'people', count: 2 },
      { what: 'name', count: 1 },
    ]);
  });
});

const office = (bearers: number): Finding => ({
  kind: 'administrators',
  roleId: '1',
  role: 'Office',
  bearers,
});
const thread: Finding = { kind: 'thread', room: { kind: 'group' } };

describe('a finding', () => {
  it('is told once, and again only when it is more than before', () => {
    expect(changesOf([office(1)], []).news).toEqual([office(1)]);
    expect(changesOf([office(1)], [office(1)]).news).toEqual([]);
    expect(changesOf([office(2)], [office(1)]).news).toEqual([office(2)]);
    expect(changesOf([office(1)], [office(2)])).toEqual({ now: [office(1)], news: [], gone: [] });
  });

  it('is closed when it is gone, and told anew when it comes back', () => {
    expect(changesOf([], [thread])).toEqual({ now: [], news: [], gone: ['thread group 0'] });
    expect(changesOf([thread], []).news).toEqual([thread]);
  });

  it('is made of what Hearth cannot change: not of rooms as they ought to be, nor of a role that nobody bears', () => {
    const audit: CohortAudit = {
      cohort: aCohort(),
      hearth: { administrator: true, missing: ['Connect'], more: ['Ban Members'] },
      risks: ['no-two-factor', 'community', 'widget'],
      rooms: [
        {
          ...{ kind: 'group', channelId: '5', invitations: 0, threads: 1 },
          access: [
            {
              who: { kind: 'person', account: '1' },
              may: ['see', 'bypass'],
              leaks: [],
              why: [{ by: 'owner' }],
              verdict: 'beyond',
            },
            {
              who: { kind: 'person', account: '2' },
              may: ['see'],
              leaks: [],
              why: [{ by: 'named' }],
              verdict: 'expected',
            },
            {
              who: { kind: 'hearth' },
              may: ['see', 'bypass'],
              leaks: [],
              why: [{ by: 'named' }],
              verdict: 'expected',
            },
            ...[0, 2].map((bearers) => ({
              who: { kind: 'role' as const, id: `r${bearers}`, name: 'Office', bearers },
              may: ['see', 'bypass'] as const,
              leaks: [],
              why: [{ by: 'administrator' as const, role: 'Office' }],
              verdict: 'beyond' as const,
            })),
          ],
        },
      ],
    };
    expect(findingsOf(audit)).toEqual([
      { kind: 'owner', account: '1' },
      { kind: 'administrators', roleId: 'r2', role: 'Office', bearers: 2 },
      { kind: 'hearth-administrator' },
      { kind: 'rights-missing', rights: ['Connect'] },
      thread,
      { kind: 'risk', risk: 'widget' },
    ]);
  });
});
