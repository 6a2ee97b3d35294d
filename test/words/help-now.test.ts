/** Whoever asks for help is shown lines, told plainly what Hearth does, and promised nothing. */
import { describe, expect, it } from 'vitest';
import { crisisLines } from '../../content/crisis-lines.ts';
import { cardPayload } from '../../src/adapters/discord/card-payload.ts';
import type { Board } from '../../src/core/board.ts';
import { isStale, REGIONS } from '../../src/core/crisis-line.ts';
import type { Telling } from '../../src/core/help.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';

const LOCALES = ['en-US', 'es-ES', 'fi'];
const TELLING: readonly Telling[] = ['on-call', 'outside-hours', 'again', 'nobody'];
const linesOf = (country: string) => crisisLines.find((each) => each.country === country);

describe('the answer to whoever asks for help', () => {
  it('fits in Discord in every state, for every country and none', () => {
    for (const locale of LOCALES) {
      const { card } = wordsFor(locale).helpNow;
      for (const telling of TELLING) {
        cardPayload(card({ telling }));
        for (const lines of crisisLines) cardPayload(card({ telling, lines }));
      }
      for (const region of REGIONS) {
        const countries = crisisLines.filter((each) => each.region === region).map(({ country }) => country);
        cardPayload(card({ countries }));
      }
    }
  });

  it('promises no time, no watch and no safety, and gives no advice', () => {
    for (const telling of TELLING) {
      const said = readable(wordsFor('en').helpNow.card({ telling }));
      expect(said).not.toMatch(/you are safe|don’t worry|soon|shortly|minutes|24\/7|always here|should/i);
      expect(said).toContain('Hearth is software');
    }
  });

  it('shows no country’s numbers to somebody who has chosen none', () => {
    const said = readable(wordsFor('en').helpNow.card({ telling: 'nobody' }));
    expect(said).not.toMatch(/\b(?:911|988|112|999)\b/);
    expect(said).toContain('findahelpline.com');
  });

  it('shows the numbers of the country that was chosen, in the language of the reader', () => {
    const lines = linesOf('ES');
    const facts = { telling: 'on-call' as const, ...(lines && { lines }) };
    expect(readable(wordsFor('es-ES').helpNow.card(facts))).toMatch(
      /Llama al \*\*112\*\*[\s\S]*España[\s\S]*024/,
    );
    expect(readable(wordsFor('en-GB').helpNow.card(facts))).toMatch(/Call \*\*112\*\*[\s\S]*Spain[\s\S]*024/);
  });
});

describe('crisis lines', () => {
  it('name an emergency number, a line, a day and a source for every country, once', () => {
    expect(new Set(crisisLines.map(({ country }) => country)).size).toBe(crisisLines.length);
    for (const { country, emergency, lines, verifiedOn, source } of crisisLines) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(emergency).toMatch(/^[\d /]+$/);
      expect(lines.length).toBeGreaterThan(0);
      for (const { call, text } of lines) expect(`${call ?? ''}${text ?? ''}`).toMatch(/\d[\d ]+/);
      expect(verifiedOn).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(source).not.toBe('');
    }
  });

  it('are to be verified again after half a year, and not before', () => {
    const entry = { verifiedOn: '2026-01-01' };
    expect(isStale(entry, new Date('2026-06-30T00:00:00Z'))).toBe(false);
    expect(isStale(entry, new Date('2026-07-01T00:00:00Z'))).toBe(true);
  });
});

describe('a card', () => {
  const panel: Board = {
    ...{ kind: 'staff-panel', cohortName: 'Fern', cohortState: 'active', unsigned: [], enrolled: 0 },
  };
  const lobby: Board = {
    ...{ kind: 'lobby', occurrenceId: 'x', startsAt: new Date(0), state: 'not-held', ready: [] },
  };
  const ended: Board = {
    ...{ kind: 'session-card', sessionId: 'x', number: 1, state: 'ended', takeAways: [] },
    ...{ endedAt: new Date(0), answersUntil: new Date(0) },
  };
  const ways = (board: Board) =>
    wordsFor('en')
      .board(board)
      .actions?.flat()
      .map(({ command }) => command) ?? [];

  it('lets whoever reads it ask for help, also when what it is of is over', () => {
    for (const board of [lobby, ended]) expect(ways(board)).toContain('help-now');
  });

  it('of the staff does not', () => {
    expect(ways(panel)).not.toContain('help-now');
  });
});
