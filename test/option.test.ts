/** The options of a command: told, asked for, given their types, and checked by one statement. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formFor } from '../src/form.ts';
import {
  account,
  carried,
  choice,
  choices,
  coerce,
  optionsOf,
  problems,
  text,
  whole,
} from '../src/option.ts';

const input = z.object({
  mood: whole('Your mood', 0, 10),
  words: choices('Words', ['calm', 'tired'], { calm: 'Calm', tired: 'Tired' }, 2).optional(),
  share: choice('Share with', ['group', 'pass'], { group: 'The group', pass: 'Pass' }),
  note: text('A note', 0, 300).optional(),
  step: carried(z.coerce.number().int()).optional(),
});
const options = optionsOf(input);

describe('the options of a command', () => {
  it('are those that a person may type, in the order stated', () => {
    expect(options.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['mood', 'whole', true],
      ['words', 'choices', false],
      ['share', 'choice', true],
      ['note', 'text', false],
    ]);
  });

  it('must be of a kind that Hearth knows', () => {
    expect(() => optionsOf(z.object({ odd: z.date() }))).toThrow('option odd');
  });

  it('get their own types when a press or a form brings them as text', () => {
    const given = coerce(options, { mood: ['7'], words: 'calm', share: ['group'], note: '', step: '3' });
    expect(input.parse(given)).toEqual({ mood: 7, words: ['calm'], share: 'group', step: 3 });
  });

  it('are not read as a number when they are not wholly one', () => {
    expect(coerce(options, { mood: '7 of 10' })).toEqual({ mood: '7 of 10' });
  });

  it('keep a word chosen twice once', () => {
    expect(input.parse({ mood: 1, share: 'pass', words: ['calm', 'calm'] }).words).toEqual(['calm']);
  });
});

describe('a form', () => {
  it('asks for what was not given and carries what was', () => {
    const form = formFor(options, { share: 'group', step: 3 });
    expect(form.given).toEqual({ share: 'group', step: '3' });
    expect(form.fields.map(({ name }) => name)).toEqual(['mood', 'words', 'note']);
  });

  it('shows what was written already, to be finished there', () => {
    const form = formFor(options, { note: 'a long walk' });
    expect(form.given).toEqual({});
    expect(form.fields.find(({ name }) => name === 'note')).toMatchObject({ written: 'a long walk' });
  });

  it('brings back a list that was given before it was opened', () => {
    const { given } = formFor(options, { words: ['calm', 'tired'] });
    expect(coerce(options, given)).toEqual({ words: ['calm', 'tired'] });
  });

  it('offers every number of a short scale', () => {
    const [mood] = formFor(options, {}).fields;
    expect(mood).toMatchObject({ kind: 'choice', fewest: 1, most: 1 });
    expect(mood?.kind === 'choice' && mood.choices.map(({ value }) => value)).toHaveLength(11);
  });

  it('leaves out an account, which is named beside a command alone', () => {
    expect(formFor(optionsOf(z.object({ who: account('Who') })), {}).fields).toEqual([]);
  });
});

describe('what is wrong with an answer', () => {
  const wrong = (given: Record<string, unknown>) => {
    const parsed = input.safeParse(given);
    return parsed.success ? [] : problems(options, given, parsed.error);
  };

  it('is told option by option, with the limit', () => {
    expect(wrong({ mood: 11, share: 'everyone', note: 'x'.repeat(301) })).toEqual([
      { option: 'mood', description: 'Your mood', what: 'too-big', limit: 10 },
      { option: 'share', description: 'Share with', what: 'not-one-of' },
      { option: 'note', description: 'A note', what: 'too-long', limit: 300 },
    ]);
  });

  it('is that something is missing when nothing was given', () => {
    expect(wrong({ mood: 4 })).toEqual([{ option: 'share', description: 'Share with', what: 'missing' }]);
  });
});
