/** How the text of an agreement is written, and what makes a version of it. */
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/core/agreement.ts';
import {
  differenceOf,
  editItem,
  type ItemEdit,
  MOST_ITEMS,
  nextVersion,
  oneVersion,
} from '../../src/core/agreement-edit.ts';

const TEXT = { locale: 'en', title: 'Ours', items: ['one', 'two', 'three'], confirmation: 'I agree' };
const edited = (edit: ItemEdit, items: readonly string[] = TEXT.items) => {
  const answer = editItem({ ...TEXT, items }, edit);
  return answer.ok ? answer.value.items.join(' ') : answer.refusal.code;
};

describe('an item', () => {
  it.each([
    [{ words: 'new' }, 'one two three new'],
    [{ words: 'new', place: 1 }, 'new one two three'],
    [{ number: 2, words: 'other' }, 'one other three'],
    [{ number: 2, words: 'two', place: 3 }, 'one three two'],
    [{ number: 3, words: 'three', place: 1 }, 'three one two'],
    [{ number: 1 }, 'two three'],
    [{ number: 4, words: 'x' }, 'no-such-item'],
  ])('is added, changed, moved or taken out: %j', (edit, items) => {
    expect(edited(edit)).toBe(items);
  });

  it('is never the last to be taken out, and never more than can be read', () => {
    expect(edited({ number: 1 }, ['one'])).toBe('last-item');
    const full = Array.from({ length: MOST_ITEMS }, (_, index) => `item ${index}`);
    expect(edited({ words: 'one more' }, full)).toBe('too-many-items');
    expect(
      edited({ words: 'x'.repeat(1_000) }, ['y'.repeat(1_000), 'z'.repeat(1_000), 'a'.repeat(1_000)]),
    ).toBe('agreement-too-long');
    expect(edited({ words: '*'.repeat(1_000) }, ['one', 'y'.repeat(1_000)])).toBe('agreement-too-long');
  });
});

describe('a version', () => {
  const signed = (locale: string, ...items: readonly string[]) => ({
    text: { ...TEXT, version: '2', locale, items },
    sha256: `${locale} ${items.join(' ')}`,
  });
  const before: Agreement = { version: '1', texts: [signed('en', 'a', 'b'), signed('es', 'c', 'd')] };
  const made = (...texts: readonly ReturnType<typeof signed>[]) => {
    const answer = oneVersion('2', texts, before);
    return answer.ok ? answer.value.texts.map(({ sha256 }) => sha256) : answer.refusal.code;
  };

  it('says the same in each of its languages, as far as that can be counted', () => {
    expect(made(signed('en', 'a', 'x'), signed('es', 'c', 'y'))).toEqual(['en a x', 'es c y']);
    expect(made(signed('en', 'a', 'x', 'z'), signed('es', 'c', 'y'))).toBe('languages-differ');
    expect(made(signed('en', 'a', 'x', 'z'))).toEqual(['en a x z']);
    expect(made()).toBe('no-such-language');
  });

  it('is none when it would be what stands, and is one when a language is left out', () => {
    expect(made(signed('en', 'a', 'b'), signed('es', 'c', 'd'))).toBe('agreement-unchanged');
    expect(made(signed('en', 'a', 'b'))).toEqual(['en a b']);
  });

  it('counts on from whatever has held', () => {
    expect(nextVersion([{ version: '2' }, { version: '10' }, { version: 'first' }])).toBe('11');
    expect(nextVersion([])).toBe('1');
  });

  it('tells what its readers find new, and what they find no longer', () => {
    expect(differenceOf(['a', 'b', 'c'], ['c', 'a', 'x'])).toEqual({ added: ['x'], removed: ['b'] });
  });
});
