/** What people, slips of the thumb and ill will may bring as the value of any option. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { customIdOf } from '../../src/adapters/discord/custom-id.ts';
import type { Reply } from '../../src/command.ts';
import { type Input, type Option, optionsOf } from '../../src/option.ts';
import type { Card } from '../../src/words/card.ts';

/** Fragments that would ping, format, hide or overflow if they were let through. */
const FRAGMENTS = [
  '@everyone',
  '@here',
  '<@666666666666666666>',
  '<@!666666666666666666>',
  '<@&666666666666666666>',
  '<#666666666666666666>',
  '</cohort create:666666666666666666>',
  '<t:0:F>',
  '<a:x:666666666666666666>',
  '**',
  '||',
  '`',
  '```js\n',
  '\n# ',
  '\n> ',
  '\n- ',
  '[x](https://example.org)',
  'https://example.org',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u3164',
  '\u0000',
  '\ud83d',
  '👩‍👩‍👧',
  'مرحبا',
  'Zoë',
  '𝔊𝔯𝔬𝔲𝔭',
  "'; DROP TABLE cohort; --",
  '%s%n',
  '__proto__',
];

/** Text of any kind and length. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 12 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', '\n', 'x'.repeat(6_001), '@everyone'.repeat(700), '\u0301'.repeat(500)),
);

const hostileNumber = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, -0, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom('9'.repeat(400), '1e9', '0x10', '007', '-1', '+5', '٣', '½'),
);

const anything = fc.oneof(hostileText, hostileNumber, fc.boolean(), fc.array(hostileText, { maxLength: 3 }));

const fitting = (option: Option): fc.Arbitrary<unknown> => {
  switch (option.kind) {
    case 'text':
      return fc.oneof(
        hostileText.map((text) => text.slice(0, option.most)),
        hostileText,
      );
    case 'whole':
      return fc.oneof(fc.integer({ min: option.least, max: option.most }), hostileNumber);
    case 'choice':
      return fc.constantFrom(...option.choices);
    case 'choices':
      return fc.subarray([...option.choices]);
    case 'attachment':
      return fc.record({ name: hostileText, size: fc.nat(), url: hostileText });
    case 'account':
      return fc.constantFrom('100000000000000011', '100000000000000012', '999999999999999999');
  }
};

/**
 * Values for the options of a command: mostly fitting, sometimes hostile, sometimes missing. `meant` are values for
 * the options that fit only when they mean something, such as the name of a cohort.
 */
export const hostileGiven = (
  input: Input,
  meant: Readonly<Record<string, unknown>> = {},
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(
      Object.fromEntries(
        optionsOf(input).map((option) => [
          option.name,
          fc.oneof(
            {
              weight: 8,
              arbitrary: option.name in meant ? fc.constant(meant[option.name]) : fitting(option),
            },
            { weight: 1, arbitrary: anything },
            { weight: 1, arbitrary: fc.constant(undefined) },
          ),
        ]),
      ),
    )
    .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));

const textsOf = (card: Card): readonly string[] => [
  card.title ?? '',
  card.text,
  ...(card.fields ?? []).flatMap(({ name, value }) => [name, value]),
];

const withinLimits = (card: Card): void => {
  expect(card.title?.length ?? 0).toBeLessThanOrEqual(256);
  expect(card.text.length).toBeLessThanOrEqual(4_096);
  for (const { name, value } of card.fields ?? []) {
    expect(name.length).toBeLessThanOrEqual(256);
    expect(value.length).toBeGreaterThan(0);
    expect(value.length).toBeLessThanOrEqual(1_024);
  }
  expect(textsOf(card).join('').length).toBeLessThanOrEqual(6_000);
  for (const { command, given = {} } of card.actions?.flat() ?? []) {
    expect(() => customIdOf({ path: command, given })).not.toThrow();
  }
};

/** Our own mentions: somebody who was named in an option, or a moment. */
const OURS = /<@(?:100000000000000\d{3}|999999999999999999)>|<t:\d+:[tfFDR]>|<#3\d{17}>/g;

/** Holds that a reply says something, fits on Discord's cards, and that nothing written by somebody is alive in it. */
export const expectClean = (reply: Reply): void => {
  if (reply.kind === 'ask') {
    expect(reply.form.fields.length).toBeGreaterThan(0);
    expect(reply.form.fields.length).toBeLessThanOrEqual(5);
    return;
  }
  withinLimits(reply.card);
  expect(textsOf(reply.card).join('').trim()).not.toBe('');
  const foreign = textsOf(reply.card).join('\n').replace(OURS, '');
  expect(foreign).not.toMatch(
    /<[@#/:]|<t:|<a:|@everyone|@here|(?<!\\):\/\/|(?!\n)\p{Cc}|[\u202a-\u202e\u2060-\u206f]/u,
  );
  expect(foreign.isWellFormed()).toBe(true);
};
