/** Every refusal is a sentence, and nothing that was written is lost by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type Phase } from '../../src/core/agenda.ts';
import type { Refusal } from '../../src/core/refusal.ts';
import type { Card } from '../../src/words/card.ts';
import { wordsFor } from '../../src/words/index.ts';

const words = wordsFor('en-US');
const hostile = fc.oneof(
  fc.constantFrom('<@123456789012345678>', '@everyone', '**@here**', '||x||', '\u202eabc', '```'),
  fc.string({ unit: 'binary', maxLength: 4_000 }),
);
const said = (card: Card): string => [card.title, card.text].join('\n');

const SPOKEN_WITH: readonly Refusal[] = [
  { code: 'name-taken', name: '@everyone' },
  { code: 'no-such-zone', written: '<@1>', suggestions: ['Europe/Madrid'] },
  { code: 'cohort-full', capacity: 8 },
  { code: 'confirmation-differs', expected: 'I agree' },
  ...PHASES.flatMap((phase: Phase): Refusal[] => [
    { code: 'moved-on', phase },
    { code: 'not-a-talking-phase', phase },
    { code: 'not-yet-reflection', phase },
  ]),
];

describe('a refusal', () => {
  it('is a sentence without a live mention, whatever it tells of', () => {
    for (const reason of SPOKEN_WITH) {
      expect(said(words.refusal(reason))).toMatch(/[.?]/);
      expect(said(words.refusal(reason))).not.toMatch(/@everyone|@here|<@/);
    }
  });

  it('offers the zones that somebody may have meant', () => {
    const card = words.refusal({ code: 'no-such-zone', written: 'madrit', suggestions: ['Europe/Madrid'] });
    expect(card.text).toContain('Did you mean Europe/Madrid?');
  });

  it('leads somebody who has not signed to the agreement', () => {
    const card = words.refusal({ code: 'sign-first' });
    expect(card.actions?.flat().map(({ command }) => command)).toEqual(['agreement show']);
  });
});

describe('what could not be taken', () => {
  it('is told with its limit', () => {
    const card = words.invalid([
      { option: 'name', description: 'Name of the group', what: 'too-short', limit: 3 },
    ]);
    expect(card.text).toContain('**Name of the group**: please write at least 3 characters.');
  });

  it('is given back as a quotation that fits on a card and calls nobody', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (written) => {
        const { text } = words.givenBack(words.refusal({ code: 'session-ended' }), written);
        expect(text).not.toMatch(/@everyone|@here|<@/);
        expect(text.length).toBeLessThanOrEqual(4_096);
      }),
    );
  });

  it('is a button of yesterday when nothing that a person can type is wrong', () => {
    expect(words.invalid([])).toEqual(words.expired());
  });
});

describe('a fault', () => {
  it('tells its reference and nothing else of what happened', () => {
    expect(words.fault('k3v9').text).toContain('**k3v9**');
  });
});

describe('the language', () => {
  it('is English for every locale that Hearth does not speak', () => {
    for (const locale of ['en-GB', 'fr', '', 'constructor', '__proto__']) {
      expect(wordsFor(locale)).toBe(words);
    }
  });
});
