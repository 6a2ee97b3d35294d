/** What a reminder says on a telephone that somebody else may see: the time, and nothing else. */
import { describe, expect, it } from 'vitest';
import { notice, noticeInRoom } from '../../src/words/en/notices.ts';

const FACTS = {
  kind: 'reminder',
  startsAt: '2026-12-01T17:00:00.000Z',
  cohortId: '019abcde-f012-7345-8678-9abcdef01234',
  occurrenceId: '019abcde-f012-7345-8678-9abcdef05678',
  ready: false,
} as const;

const TELLING = /therap|session|group|topic|check-in|health|counsel|clinic|programme|appointment|Hearth/i;

describe('a reminder', () => {
  it.each([true, false])(
    'to one person (who said yes: %s) tells nothing of what the time is for',
    (ready) => {
      const { title = '', text, actions = [] } = notice({ ...FACTS, ready });
      const labels = actions.flat().map(({ label }) => label);
      expect([title, text, ...labels].join('\n')).not.toMatch(TELLING);
    },
  );

  it('in a room says nothing but the time', () => {
    expect(noticeInRoom(FACTS).text.replace(/<t:\d+:[FR]>/g, '')).toBe(' ()');
  });
});
