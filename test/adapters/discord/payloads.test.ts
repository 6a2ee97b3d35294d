/** Cards, forms and what buttons carry, held to Discord's limits by the sandbox's own reading of them. */
import { describe, expect, it } from 'vitest';
import { cardPayload } from '../../../src/adapters/discord/card-payload.ts';
import { customIdOf, readCustomId } from '../../../src/adapters/discord/custom-id.ts';
import { formPayload } from '../../../src/adapters/discord/form-payload.ts';
import type { Form } from '../../../src/words/card.ts';

describe('what a button carries', () => {
  it.each([
    { path: 'session next', given: { step: '3' } },
    { path: 'check-in', given: {} },
    { path: 'cohort show', given: { cohort: 'Tuesday & friends? = ü', again: 'yes' } },
    { path: 'agreement sign', given: { sha256: 'a'.repeat(64) } },
    { path: 'turn pass', given: { star: '*', stars: '**', packed: `*${'a'.repeat(22)}`, none: '' } },
    {
      path: 'rsvp',
      given: {
        occurrence: '019abcde-f012-7345-8678-9abcdef01234',
        answer: 'not-coming',
        cohort: '00000000-0000-7000-8000-ffffffffffff',
      },
    },
  ])('is read as it was written: $path', (pressed) => {
    const id = customIdOf(pressed);
    expect(id.length).toBeLessThanOrEqual(100);
    expect(readCustomId(id)).toEqual(pressed);
  });

  it('that stood before ids were packed is read as ever', () => {
    const cohort = '019abcde-f012-7345-8678-9abcdef01234';
    expect(readCustomId(`cohort discharge?cohort=${cohort}`)).toEqual({
      path: 'cohort discharge',
      given: { cohort },
    });
  });

  it('is never cut short', () => {
    expect(() => customIdOf({ path: 'a', given: { b: 'c'.repeat(100) } })).toThrow(RangeError);
  });
});

describe('a card', () => {
  it('is an embed with rows of buttons that calls nobody', () => {
    const payload = cardPayload({
      title: 'Session 3',
      text: 'Hello <@1>',
      fields: [{ name: 'Waiting', value: 'Nobody' }],
      actions: [[{ label: 'Next', command: 'session next', given: { step: '3' }, style: 'primary' }], []],
    });
    expect(payload).toMatchObject({
      embeds: [
        { title: 'Session 3', description: 'Hello <@1>', fields: [{ name: 'Waiting', value: 'Nobody' }] },
      ],
      components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'session next?step=3' }] }],
      allowed_mentions: { parse: [] },
    });
    expect(payload.components).toHaveLength(1);
  });

  it('rings for those whom it calls, for nobody else, and for nobody any more when it calls none', () => {
    const card = { title: 'Your microphone', text: 'Hello <@1>' };
    expect(cardPayload({ ...card, calls: ['2'] })).toMatchObject({
      content: '<@2>',
      allowed_mentions: { parse: [], users: ['2'] },
    });
    expect(cardPayload({ ...card, calls: [] })).toMatchObject({
      content: '',
      allowed_mentions: { parse: [] },
    });
    expect(cardPayload(card)).not.toHaveProperty('content');
  });

  it.each([
    ['title', { title: 'a'.repeat(257), text: 'b' }],
    ['text', { text: 'a'.repeat(4_097) }],
    ['value', { text: 'a', fields: [{ name: 'a', value: 'b'.repeat(1_025) }] }],
    [
      'whole',
      { text: 'a'.repeat(4_000), fields: [1, 2].map(() => ({ name: 'a', value: 'b'.repeat(1_024) })) },
    ],
    ['row', { text: 'a', actions: [Array.from({ length: 6 }, () => ({ label: 'a', command: 'b' }))] }],
  ])('that is too long in its %s is a mistake of ours, and told as one', (_, card) => {
    expect(() => cardPayload(card)).toThrow(RangeError);
  });
});

describe('a form', () => {
  const form: Form = {
    title: 'Check-in',
    command: 'check-in',
    given: { share: 'staff' },
    fields: [
      {
        kind: 'choice',
        name: 'words',
        label: 'Up to three words',
        required: false,
        choices: [
          { label: 'Calm', value: 'calm' },
          { label: 'Tired', value: 'tired' },
        ],
        fewest: 0,
        most: 3,
      },
      {
        kind: 'text',
        name: 'note',
        label: 'A label that says a little more than Discord shows above',
        required: true,
        fewest: 3,
        most: 300,
        long: true,
        written: 'what I had written',
      },
    ],
  };

  it('has a label for each field, and keeps what goes with it', () => {
    expect(formPayload(form)).toMatchObject({
      title: 'Check-in',
      custom_id: 'check-in?share=staff',
      components: [
        {
          type: 18,
          label: 'Up to three words',
          component: { type: 3, custom_id: 'words', min_values: 0, max_values: 2, required: false },
        },
        {
          type: 18,
          description: 'A label that says a little more than Discord shows above',
          component: {
            type: 4,
            custom_id: 'note',
            style: 2,
            min_length: 3,
            max_length: 300,
            value: 'what I had written',
          },
        },
      ],
    });
  });

  it('shows a label that is too long clipped, and whole beneath', () => {
    const [, note] = formPayload(form).components;
    expect(note && 'label' in note && note.label.length).toBe(45);
  });

  it('of more than five fields is a mistake of ours', () => {
    const [field] = form.fields;
    const fields = Array.from({ length: 6 }, () => field ?? expect.fail());
    expect(() => formPayload({ ...form, fields })).toThrow(RangeError);
  });
});
