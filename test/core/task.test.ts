/** What is asked of those who are responsible for somebody. */
import { describe, expect, it } from 'vitest';
import { CHECKLISTS, itemsLeft, mayTend, noShowsInARow, TASK_KINDS } from '../../src/core/task.ts';
import { at, person } from './given.ts';

describe('sessions in a row to which somebody did not come', () => {
  it.each([
    [[], 0],
    [['present', 'no-show'], 0],
    [['no-show', 'no-show', 'late', 'no-show'], 2],
    [['no-show', 'excused', 'no-show'], 1],
    [['no-show', 'technical-failure'], 1],
    [['no-show', 'cancelled', 'no-show', 'present'], 2],
    [['cancelled', 'cancelled'], 0],
    [['no-show', 'no-show'], 2],
  ] as const)('of %j are %i', (latestFirst, count) => {
    expect(noShowsInARow(latestFirst)).toBe(count);
  });
});

describe('a checklist', () => {
  it('has as many items as there are buttons in a row, each once', () => {
    for (const kind of TASK_KINDS) {
      expect(CHECKLISTS[kind].length).toBeLessThanOrEqual(5);
      expect(new Set(CHECKLISTS[kind]).size).toBe(CHECKLISTS[kind].length);
    }
  });

  it('leaves what nobody has ticked', () => {
    const ticks = [{ item: 'phoned', by: 'account-lea', at: at(1) }] as const;
    expect(itemsLeft({ kind: 'no-show', ticks })).toEqual(
      CHECKLISTS['no-show'].filter((item) => item !== 'phoned'),
    );
  });
});

describe('a task', () => {
  it('is for its assignee and for the lead', () => {
    const task = { assignee: person('tia') };
    expect(mayTend(task, 'person-tia', new Set(['therapist']))).toBe(true);
    expect(mayTend(task, 'person-lea', new Set(['lead']))).toBe(true);
    expect(mayTend(task, 'person-cem', new Set(['co-facilitator']))).toBe(false);
    expect(mayTend(task, 'person-sam', new Set(['supervisor']))).toBe(false);
  });
});
