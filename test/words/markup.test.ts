/** What a person wrote is shown as they wrote it, and does nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, literal, mention, moment, quote, visible } from '../../src/words/markup.ts';

const HOSTILE = fc.array(
  fc.oneof(
    fc.constantFrom(
      '@everyone',
      '@here',
      '<@123456789012345678>',
      '<@&123456789012345678>',
      '<#123456789012345678>',
      '</cohort:1>',
      '**',
      '||',
      '```',
      '\n# ',
      '\n- ',
      '\n1. ',
      '> ',
      '[a](https://example.org)',
      '\u202e',
      '\u200b',
      '\u{e0041}',
      '\u3164',
      '\ud800',
    ),
    fc.string({ unit: 'binary' }),
  ),
);
const hostile = HOSTILE.map((parts) => parts.join(''));

describe('what a person wrote', () => {
  it('calls nobody and holds no live mention, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (written) => {
        expect(literal(written)).not.toMatch(/@everyone|@here|<[@#/:at]/);
      }),
    );
  });

  it('carries no markup and no link', () => {
    fc.assert(
      fc.property(hostile, (written) => {
        const bare = literal(written).replace(/\\[^\sA-Za-z0-9]/g, '');
        expect(bare).not.toMatch(/[*_~`|<>#[\]\\]|:\/\/|^\s*(?:[-+]|\d+[.)])/m);
      }),
    );
  });

  it('holds nothing that cannot be seen', () => {
    fc.assert(
      fc.property(hostile, (written) => {
        expect(visible(written)).not.toMatch(/[\p{Cf}\u3164]|(?!\n)\p{Cc}/u);
        expect(visible(written).isWellFormed()).toBe(true);
      }),
    );
    expect(visible('a\u202egnp.exe')).toBe('agnp.exe');
  });

  it('is shown as it was written once the markup is read', () => {
    const read = (markup: string) => markup.replace(/\\([^\sA-Za-z0-9])/g, '$1').replaceAll('\u200b', '');
    const written = '2. *Be* kind_to @everyone: https://example.org <3 (really) ❤️';
    expect(read(literal(written))).toBe(written);
  });

  it('stays a quotation on every line, and no longer than it may be', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 50 }), (written, most) => {
        expect(
          quote(written, most)
            .split('\n')
            .every((line) => line.startsWith('> ')),
        ).toBe(true);
        expect(clip(written, most).length).toBeLessThanOrEqual(most);
      }),
    );
    expect(quote('one\ntwo')).toBe('> one\n> two');
  });
});

describe('markup of ours', () => {
  it('mentions a person and tells a moment in the reader’s own time', () => {
    expect(mention('123456789012345678')).toBe('<@123456789012345678>');
    expect(moment(new Date('2026-05-04T16:00:00.900Z'), 't')).toBe('<t:1777910400:t>');
  });
});
