/** Hearth's words as HTML: what they mean stays, and what a person wrote means nothing. */
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { accountsIn, inline, markupHtml, type Telling } from '../../../src/adapters/web/markup.ts';
import { timeTeller } from '../../../src/adapters/web/times.ts';
import { literal, mention, moment, quote, room, visible } from '../../../src/words/markup.ts';

const telling: Telling = {
  name: (account) => `Name <${account}>`,
  room: 'the room',
  moment: timeTeller('en-GB', 'Europe/Madrid'),
};

const html = (text: string): string => markupHtml(text, telling);

describe('what Hearth says', () => {
  it('keeps what is strong, what is typed, and who is meant', () => {
    expect(html('**Nine** of `/goal show`')).toBe('<p><strong>Nine</strong> of <code>/goal show</code></p>');
    expect(html(`${mention('123')} in ${room('9')}`)).toBe(
      '<p><b class="person">Name &#60;123&#62;</b> in the room</p>',
    );
    expect(accountsIn(`${mention('123')} and ${mention('45')}`)).toEqual(['123', '45']);
  });

  it('tells moments on the wall clock of the group', () => {
    const at = new Date('2026-05-04T16:00:00Z');
    expect(inline(moment(at, 'f'), telling)).toContain('4 May 2026');
    expect(inline(moment(at, 'f'), telling)).toContain('18:00 CEST');
    expect(inline(moment(at, 't'), telling)).toContain('datetime="2026-05-04T16:00:00.000Z"');
  });

  it('keeps lists with what is set in beneath them, and quotations', () => {
    expect(html('First:\n- one\n  more of one\n- two\n\n> said\n> so')).toBe(
      '<p>First:</p>\n<ul><li>one<br>more of one</li><li>two</li></ul>\n<blockquote><p>said<br>so</p></blockquote>',
    );
  });

  it('leads out by HTTPS alone', () => {
    expect(html('[here](https://example.org/a)')).toContain(
      'href="https&#58;//example.org/a"'.replace('&#58;', ':'),
    );
    expect(html('[here](javascript:alert(1))')).not.toContain('<a');
  });
});

describe('what a person wrote', () => {
  const hostile = fc.oneof(
    fc.constantFrom('<img src=x onerror=alert(1)>', '**a**', '<@1>', '- a', '> b', '`c`', '[a](https://b)'),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ maxLength: 200 }),
  );

  it('is never an element, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (written) => {
        const root = parse(html(`${literal(written.replace(/\s+/g, ' '))}`));
        const elements = root.querySelectorAll('*').map(({ tagName }) => tagName);
        expect(elements.filter((name) => !['P', 'BR'].includes(name))).toEqual([]);
      }),
    );
  });

  it('stands in a quotation as it was written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (written) => {
        const shown = parse(html(quote(written))).textContent.replace(/\s+/g, '');
        expect(shown).toBe(visible(written).replace(/[\s\u200b]+/g, ''));
      }),
    );
  });
});
