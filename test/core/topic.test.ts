/** Which topic comes next. */
import { describe, expect, it } from 'vitest';
import type { GroupType } from '../../src/core/agenda.ts';
import { nextTopic, type Topic } from '../../src/core/topic.ts';

const topic = (id: string, disclosure: Topic['disclosure'], groupType: GroupType = 'process'): Topic => ({
  id,
  groupType,
  title: id,
  aim: '',
  exercise: '',
  prompts: [],
  disclosure,
  minutes: 30,
});

const TOPICS = [
  topic('sleep', 1, 'psychoeducation'),
  topic('arriving', 1),
  topic('being-seen', 3),
  topic('silence', 2),
];

const next = (number: number, ...used: readonly string[]) =>
  nextTopic(TOPICS, { groupType: 'process', used, number })?.id;

describe('the next topic', () => {
  it('is the first of the group’s type', () => {
    expect(next(1)).toBe('arriving');
  });

  it('is one that was not used yet', () => {
    expect(next(3, 'arriving', 'silence')).toBe('being-seen');
  });

  it('does not ask for much of oneself before the third session', () => {
    expect(next(2, 'arriving')).toBe('silence');
    expect(next(3, 'arriving', 'arriving')).toBe('being-seen');
  });

  it('starts over when all were used', () => {
    expect(next(4, 'arriving', 'silence', 'being-seen')).toBe('arriving');
    expect(next(5, 'arriving', 'silence', 'being-seen', 'arriving')).toBe('being-seen');
  });

  it('starts over early rather than asking for too much', () => {
    expect(
      nextTopic([topic('a', 1), topic('b', 3)], { groupType: 'process', used: ['a'], number: 2 })?.id,
    ).toBe('a');
  });

  it('passes over what is no longer in the catalogue', () => {
    expect(next(2, 'given-up')).toBe('arriving');
  });

  it('is missing when the programme has none', () => {
    expect(nextTopic(TOPICS, { groupType: 'support', used: [], number: 1 })).toBeUndefined();
  });
});
