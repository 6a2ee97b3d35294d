/** What staff read of an alert: all of it, whatever somebody wrote, and within what Discord takes. */
import { describe, expect, it } from 'vitest';
import { cardPayload } from '../../src/adapters/discord/card-payload.ts';
import type { Alert, AlertEvent } from '../../src/core/alert.ts';
import { confidential } from '../../src/core/confidential.ts';
import { shown } from '../../src/words/en/alert.ts';
import { holds } from '../../src/words/en/retention.ts';

const AT = new Date('2026-12-01T17:00:00.000Z');
const ANA = { id: '019abcde-f012-7345-8678-9abcdef01234', account: '1576335153054089217' };
const REPORT: Alert = {
  id: '019abcde-f012-7345-8678-9abcdef05678',
  cohortId: '019abcde-f012-7345-8678-9abcdef09abc',
  kind: 'report',
  person: ANA,
  readers: 'staff',
  about: ANA,
  openedAt: AT,
  isOutside: false,
  times: 1,
  lastAt: AT,
  rung: 0,
  round: 1,
  version: 0,
};
const EVENTS: readonly AlertEvent[] = Array.from({ length: 30 }, () => ({
  kind: 'unanswered',
  by: ANA.account,
  at: AT,
}));

/** As many characters as a report holds, the last of them a word of its own. */
const ending = (of: string): string => `${of.repeat(2_000).slice(0, 1_995)} last`;

const read = (alert: Alert): string =>
  JSON.stringify(cardPayload(shown({ alert, group: 'T', events: EVENTS })));

describe('an alert', () => {
  it.each(['a b ', 'word', 'He said: (wait).\n- and he did, once more, today\n'])(
    'shows the longest report to its end, written as %j again and again',
    (words) => {
      expect(read({ ...REPORT, words: confidential(ending(words)) })).toContain('last"');
    },
  );

  it('can be opened whatever was written, and with the longest note', () => {
    const closed = {
      at: AT,
      by: ANA.account,
      disposition: 'not-reached',
      note: confidential('@'.repeat(1_000)),
    };
    const words = confidential('@\n'.repeat(1_000));
    expect(read({ ...REPORT, words, closed } as Alert)).toContain('Their note');
  });
});

describe('the legal holds of a group', () => {
  it('fit on a card, however many there are', () => {
    const hold = {
      ...{ id: ANA.id, cohortId: REPORT.cohortId, person: ANA, placedBy: ANA.account, placedAt: AT },
      reason: confidential('because of a (case). '.repeat(23)),
    };
    const { text } = holds(
      'T',
      Array.from({ length: 20 }, () => hold),
    );
    expect(cardPayload({ text }).embeds).toHaveLength(1);
    expect(text).toMatch(/and \d+ more/);
  });
});
