/** Keeps the promise that request bodies are read strictly: every limit refused one beyond it, nothing unknown let in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../sandbox/check/command.ts';
import { readStart } from '../../sandbox/check/interaction.ts';
import { isEmptyMessage, readEdit, readMessage, readReply } from '../../sandbox/check/message.ts';
import { readModal } from '../../sandbox/check/modal.ts';
import { ApiError } from '../../sandbox/errors.ts';

const refusalOf = (read: () => unknown): ApiError => {
  try {
    read();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce((inner: unknown, key) => Object(inner)[key], value);

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Pass', custom_id: 'pass', ...more });
const row = (...components: object[]) => ({ type: 1, components });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: 's',
  options: [{ label: 'A', value: 'a' }],
  ...more,
});
const V2 = 1 << 15;

test.each([
  ['content of 2001 characters', { content: 'x'.repeat(2001) }, ['content']],
  ['eleven embeds', { embeds: many(11, () => ({ title: 't' })) }, ['embeds']],
  ['an embed title of 257 characters', { embeds: [{ title: 't'.repeat(257) }] }, ['embeds', 0, 'title']],
  ['an embed with nothing in it', { embeds: [{}] }, ['embeds', 0, 'description']],
  [
    '26 fields',
    { embeds: [{ fields: many(26, () => ({ name: 'n', value: 'v' })) }] },
    ['embeds', 0, 'fields'],
  ],
  [
    'a field without a value',
    { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
    ['embeds', 0, 'fields', 0, 'value'],
  ],
  [
    '6001 characters of embeds',
    { embeds: [{ description: 'd'.repeat(4000) }, { description: 'd'.repeat(2001) }] },
    ['embeds'],
  ],
  ['six rows', { components: many(6, (i) => row(button({ custom_id: `${i}` }))) }, ['components']],
  [
    'six buttons in a row',
    { components: [row(...many(6, (i) => button({ custom_id: `${i}` })))] },
    ['components', 0, 'components'],
  ],
  ['a button beside a select', { components: [row(button(), select())] }, ['components', 0, 'components']],
  ['two buttons of one custom id', { components: [row(button(), button())] }, ['components']],
  [
    'a custom id of 101 characters',
    { components: [row(button({ custom_id: 'c'.repeat(101) }))] },
    ['components', 0, 'components', 0, 'custom_id'],
  ],
  [
    'a button without label and emoji',
    { components: [row(button({ label: '' }))] },
    ['components', 0, 'components', 0, 'label'],
  ],
  [
    'a link with a custom id',
    { components: [row(button({ style: 5, url: 'https://example.com' }))] },
    ['components', 0, 'components', 0, 'custom_id'],
  ],
  [
    'a link to a script',
    { components: [row({ type: 2, style: 5, label: 'l', url: 'javascript:alert(1)' })] },
    ['components', 0, 'components', 0, 'url'],
  ],
  [
    '26 options',
    { components: [row(select({ options: many(26, (i) => ({ label: 'l', value: `${i}` })) }))] },
    ['components', 0, 'components', 0, 'options'],
  ],
  [
    'more values than options',
    { components: [row(select({ max_values: 2 }))] },
    ['components', 0, 'components', 0, 'max_values'],
  ],
  [
    'a text display without its flag',
    { components: [{ type: 10, content: 'x' }] },
    ['components', 0, 'type'],
  ],
  [
    'content beside components of version 2',
    { flags: V2, content: 'x', components: [{ type: 10, content: 'x' }] },
    ['content'],
  ],
  [
    '41 components of version 2',
    {
      flags: V2,
      components: [
        { type: 17, components: many(39, () => ({ type: 10, content: 'x' })) },
        { type: 10, content: 'x' },
      ],
    },
    ['components'],
  ],
  [
    '4001 characters of version 2',
    {
      flags: V2,
      components: [
        { type: 10, content: 'x'.repeat(4000) },
        { type: 10, content: 'x' },
      ],
    },
    ['components'],
  ],
  ['a picture that was not sent along', { embeds: [{ image: { url: 'attachment://a.png' } }] }, ['embeds']],
  ['an attachment without a file', { attachments: [{ id: '0' }] }, ['attachments', 0, 'id']],
  ['a nonce of 26 characters', { nonce: 'n'.repeat(26) }, ['nonce']],
  ['the ephemeral flag outside interactions', { flags: 64 }, ['flags']],
  [
    'allowing all users and some of them',
    { allowed_mentions: { parse: ['users'], users: ['1'] } },
    ['allowed_mentions', 'parse'],
  ],
  ['a key that nobody knows', { colour: 'red' }, ['colour']],
  ['content that is a number', { content: 5 }, ['content']],
])('a message with %s is refused there', (_, body, path) => {
  const refusal = refusalOf(() => readMessage(body, []));
  expect([refusal.status, refusal.code]).toEqual([400, 50035]);
  expect(at(refusal.errors, ...path, '_errors', 0, 'code')).toEqual(expect.any(String));
});

test('what stands at each limit is let in', () => {
  readMessage({ content: '😀'.repeat(2000), nonce: 'n'.repeat(25) }, []);
  readMessage({ embeds: [{ description: 'd'.repeat(4096), title: 't'.repeat(256) }] }, []);
  readMessage({ components: many(5, (r) => row(...many(5, (c) => button({ custom_id: `${r}${c}` })))) }, []);
  readMessage(
    { flags: V2, components: [{ type: 17, components: many(39, () => ({ type: 10, content: 'x' })) }] },
    [],
  );
  readReply({ content: 'x', flags: 64 }, []);
});

test('components are numbered around the numbers that were given', () => {
  const { components } = readMessage(
    { components: [{ ...row(button({ id: 1 })), id: 0 }, row(select())] },
    [],
  );
  expect(components).toMatchObject([
    { id: 2, components: [{ id: 1 }] },
    { id: 3, components: [{ id: 4 }] },
  ]);
});

test('a message that is only white space is empty', () => {
  expect(isEmptyMessage({ content: ' \n ', embeds: [] })).toBe(true);
  expect(isEmptyMessage({ content: '', components: [row(button())] })).toBe(false);
});

test.each([
  [
    'six parts',
    {
      components: many(6, (i) => ({
        type: 18,
        label: 'l',
        component: { type: 4, custom_id: `${i}`, style: 1 },
      })),
    },
  ],
  ['a title of 46 characters', { title: 't'.repeat(46) }],
  [
    'a label of 46 characters',
    { components: [{ type: 18, label: 'l'.repeat(46), component: { type: 4, custom_id: 'a', style: 1 } }] },
  ],
  ['a button', { components: [row(button())] }],
  [
    'a select that is disabled',
    { components: [{ type: 18, label: 'l', component: select({ disabled: true }) }] },
  ],
  [
    'a select that must be left empty',
    { components: [{ type: 18, label: 'l', component: select({ min_values: 0 }) }] },
  ],
  [
    'one radio button',
    {
      components: [
        {
          type: 18,
          label: 'l',
          component: { type: 21, custom_id: 'r', options: [{ label: 'a', value: 'a' }] },
        },
      ],
    },
  ],
  ['no parts', { components: [] }],
])('a form with %s is refused', (_, more) => {
  const part = { type: 18, label: 'l', component: { type: 4, custom_id: 'a', style: 1 } };
  const form = { custom_id: 'f', title: 'Form', components: [part], ...more };
  expect(refusalOf(() => readModal(form)).code).toBe(50035);
});

const readers: readonly ((body: unknown) => unknown)[] = [
  (body) => readMessage(body, []),
  (body) => readEdit(body, [], { flags: 0, attachments: [] }),
  readModal,
  readCommand,
  readStart,
];

test('whatever JSON comes, it is read or refused with a form error, and nothing else happens', () => {
  const keys = fc.constantFrom(
    'content',
    'components',
    'embeds',
    'type',
    'options',
    'data',
    '__proto__',
    'constructor',
    'flags',
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(keys, tie('value')),
      fc.array(tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(json, fc.constantFrom(...readers), (value, read) => {
      const body: unknown = JSON.parse(JSON.stringify(value));
      try {
        read(body);
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
        expect(JSON.stringify(error instanceof ApiError && error.body())).toContain('50035');
      }
      expect(Reflect.ownKeys(Object.prototype)).not.toContain('_errors');
    }),
    { numRuns: 2000 },
  );
});

test('a key called __proto__ is refused like any other unknown key', () => {
  const refusal = refusalOf(() => readMessage(JSON.parse('{"content":"x","__proto__":{"a":1}}'), []));
  expect(JSON.stringify(refusal.body())).toContain('"__proto__":{"_errors"');
});
