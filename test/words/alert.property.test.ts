/** Whatever people write, and whatever lines an admin keeps: what is told of an alert, and to whoever asks for help, fits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crisisLines } from '../../content/crisis-lines.ts';
import { cardPayload } from '../../src/adapters/discord/card-payload.ts';
import { ALERT_KINDS, type Alert, DISPOSITIONS } from '../../src/core/alert.ts';
import { confidential } from '../../src/core/confidential.ts';
import { type CrisisLines, OWN_LINES } from '../../src/core/crisis-line.ts';
import { shown } from '../../src/words/en/alert.ts';
import { wordsFor } from '../../src/words/index.ts';
import { hostileText } from '../world/hostile.ts';

const AT = new Date('2026-12-01T17:00:00.000Z');
/** Twenty digits: the longest account that there is. */
const ANA = { id: '019abcde-f012-7345-8678-9abcdef01234', account: '18446744073709551615' };

/** Written to the limit, also with nothing in it but signs that take most room when they are shown. */
const upTo = (most: number): fc.Arbitrary<string> =>
  fc
    .oneof(hostileText, fc.constantFrom('@', '*', '@\n', '1. ', '<@1>', 'word ', '😀'))
    .map((piece) => piece.repeat(Math.ceil(most / Math.max(1, piece.length))).slice(0, most) || 'x');

const ownLines: fc.Arbitrary<CrisisLines> = fc
  .record({
    entry: fc.constantFrom(...crisisLines),
    emergency: upTo(OWN_LINES.emergency),
    names: fc.array(upTo(OWN_LINES.longest), { minLength: 1, maxLength: OWN_LINES.all / OWN_LINES.longest }),
    isOwn: fc.boolean(),
  })
  .map(({ entry, emergency, names, isOwn }) =>
    isOwn ? { ...entry, emergency, lines: names.map((name) => ({ name })) } : entry,
  );

const alert: fc.Arbitrary<Alert> = fc
  .record({
    kind: fc.constantFrom(...ALERT_KINDS),
    words: fc.option(upTo(2_000)),
    note: fc.option(upTo(1_000)),
    disposition: fc.constantFrom(...DISPOSITIONS),
    isClosed: fc.boolean(),
    isAcknowledged: fc.boolean(),
    times: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ kind, words, note, disposition, isClosed, isAcknowledged, times }) => ({
    ...{ id: ANA.id, cohortId: ANA.id, kind, person: ANA, about: ANA, readers: 'staff' as const, times },
    ...{ openedAt: AT, lastAt: AT, isOutside: true, rung: 0, round: 1, version: 0 },
    ...(words !== null && { words: confidential(words) }),
    ...(isAcknowledged && { acknowledged: { at: AT, by: ANA.account } }),
    ...(isClosed && {
      closed: { at: AT, by: ANA.account, disposition, ...(note !== null && { note: confidential(note) }) },
    }),
  }));

const EVENT = { kind: 'unanswered', by: ANA.account, at: AT } as const;

describe('an alert', () => {
  it('fits on a card, and shows the numbers while it is not closed', () => {
    fc.assert(
      fc.property(alert, fc.option(ownLines), upTo(40), fc.nat(40), (one, lines, group, count) => {
        const events = Array.from({ length: count }, () => EVENT);
        const card = shown({ alert: one, group, events, ...(lines && { lines }), hasPlace: true });
        // Throws where Discord would refuse it.
        expect(cardPayload(card).embeds).toHaveLength(1);
        const names = card.fields?.map(({ name }) => name).join() ?? '';
        expect(names.includes('Numbers of the country')).toBe(lines !== null && one.closed === undefined);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the answer to whoever asks for help', () => {
  it('fits with any lines that an admin may keep, in every language, and shows each of them', () => {
    fc.assert(
      fc.property(
        ownLines,
        fc.constantFrom('en', 'es'),
        fc.constantFrom('on-call' as const, 'outside-hours' as const, 'again' as const, 'nobody' as const),
        (lines, locale, telling) => {
          const card = wordsFor(locale).helpNow.card({ telling, lines });
          expect(cardPayload(card).embeds).toHaveLength(1);
          const shownLines = card.fields?.slice(1).map(({ value }) => value.split(/^- /m).length - 1) ?? [];
          expect(shownLines.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(lines.lines.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
