/** What Hearth's words are written in (Discord's markup, as `words/markup.ts` makes it), as HTML. */
import { html } from 'ghtml';

/** How mentions and moments are told on this page. */
export interface Telling {
  name(account: string): string;
  readonly room: string;
  moment(seconds: number, style: string | undefined): string;
}

/** What stands between the words, in the order in which it is looked for. */
const TOKEN =
  /\\([^\p{L}\p{N}\s])|`([^`\n]+)`|\*\*((?:\\.|[^\\])+?)\*\*|<@(\d+)>|<#\d+>|<t:(\d+)(?::(\w))?>|\[([^\]\n]+)\]\((https:\/\/[^)\s]+)\)/gsu;

const ROOM = /^<#/;
/** Set by `literal` where a sign must not meet the next. */
const APART = /\u200b/gu;

const plain = (text: string): string => html`${text.replace(APART, '')}`;

const token = (found: RegExpExecArray, telling: Telling): string => {
  const [all, escaped, code, bold, account, seconds, style, label, address] = found;
  if (escaped !== undefined) return plain(escaped);
  if (code !== undefined) return html`<code>${code}</code>`;
  if (bold !== undefined) return html`<strong>!${inline(bold, telling)}</strong>`;
  if (account !== undefined) return html`<b class="person">${telling.name(account)}</b>`;
  if (ROOM.test(all)) return plain(telling.room);
  if (seconds !== undefined) {
    const at = new Date(Number(seconds) * 1_000).toISOString();
    return html`<time datetime="${at}">${telling.moment(Number(seconds), style)}</time>`;
  }
  return html`<a href="${address}" rel="noreferrer">!${inline(label ?? '', telling)}</a>`;
};

/** One line or part of one. */
export const inline = (text: string, telling: Telling): string => {
  let done = 0;
  let made = '';
  for (const found of text.matchAll(TOKEN)) {
    made += plain(text.slice(done, found.index)) + token(found, telling);
    done = found.index + found[0].length;
  }
  return made + plain(text.slice(done));
};

type Kind = 'paragraph' | 'quote' | 'list';
interface Block {
  readonly kind: Kind;
  readonly lines: string[];
}

const kindOf = (line: string): Kind => {
  if (line.startsWith('> ') || line === '>') return 'quote';
  return /^\s*- /.test(line) ? 'list' : 'paragraph';
};

/** A line beneath an item of a list that is set in belongs to it. */
const continues = (block: Block | undefined, line: string): boolean =>
  block?.kind === 'list' && /^ {2}\S/.test(line) && kindOf(line) === 'paragraph';

const blocksOf = (text: string): readonly Block[] => {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      open = undefined;
    } else if (open && continues(open, line)) {
      open.lines.push(`${open.lines.pop() ?? ''}\n${line.trim()}`);
    } else {
      const kind = kindOf(line);
      if (open?.kind !== kind) {
        open = { kind, lines: [] };
        blocks.push(open);
      }
      open.lines.push(kind === 'quote' ? line.slice(2) : line.replace(/^\s*- /, ''));
    }
  }
  return blocks;
};

const lines = (text: string, telling: Telling): string =>
  text
    .split('\n')
    .map((line) => inline(line, telling))
    .join('<br>');

const blockHtml = ({ kind, lines: each }: Block, telling: Telling): string => {
  if (kind === 'list') return `<ul>${each.map((item) => `<li>${lines(item, telling)}</li>`).join('')}</ul>`;
  const inner = `<p>${lines(each.join('\n'), telling)}</p>`;
  return kind === 'quote' ? `<blockquote>${inner}</blockquote>` : inner;
};

/** A whole text: paragraphs, lists and quotations. */
export const markupHtml = (text: string, telling: Telling): string =>
  blocksOf(text)
    .map((block) => blockHtml(block, telling))
    .join('\n');

const MENTION = /<@(\d+)>/g;

/** Accounts that a text names. */
export const accountsIn = (text: string): readonly string[] =>
  [...text.matchAll(MENTION)].flatMap(([, account]) => account ?? []);
