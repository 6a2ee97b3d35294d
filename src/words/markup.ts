/** How values become Discord's markup: mentions and moments that live, and what people wrote, which must not. */
import type { Spot } from '../core/board.ts';
import { isNobodys } from '../core/person.ts';

/** Somebody, by account; Discord shows the name that the reader knows them by. Whoever was erased has none. */
export const mention = (account: string): string =>
  isNobodys(account) ? 'somebody who was erased' : `<@${account}>`;

/** A room, by channel. */
export const room = (channelId: string): string => `<#${channelId}>`;

/** Words that lead to a message: on a phone, nobody has to look for it among what was written since. */
export const leadingTo = (words: string, { guildId, channelId, messageId }: Spot): string =>
  `[${words}](https://discord.com/channels/${guildId}/${channelId}/${messageId})`;

/** `t` 16:20, `f` 20 April 2026 16:20, `F` with the day of the week, `D` 20 April 2026, `R` in 5 minutes. */
export type MomentStyle = 't' | 'f' | 'F' | 'D' | 'R';

/** A moment, which each reader sees in their own time zone. */
export const moment = (date: Date, style: MomentStyle = 'f'): string =>
  `<t:${Math.floor(date.getTime() / 1000)}:${style}>`;

// A hidden character can reorder a line, or make two different names look the same. U+FE0F only makes emoji colourful.
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\u{FE0F}]]/gv;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;

/** What a person wrote, with nothing in it that cannot be seen: for labels and names, which know no markup. */
export const visible = (written: string): string =>
  written.toWellFormed().replace(LINE_ENDS, '\n').replace(INVISIBLE, '');

const MARKUP = /[\\`*_~|<>@#[\]()]/g;
const LINK = /:(?=\/\/)/g;
const LIST = /^(\s*)(?:([-+])|(\d+)([.)]))/gm;

/** What a person wrote, shown as they wrote it: no markup, no link, and nobody is called by it. */
export const literal = (written: string): string =>
  visible(written)
    .replace(LIST, (_all, space: string, bullet = '', digits = '', dot = '') =>
      bullet ? `${space}\u200b${bullet}` : `${space}${digits}\u200b${dot}`,
    )
    .replace(MARKUP, (sign) => (sign === '@' || sign === '<' ? `\\${sign}\u200b` : `\\${sign}`))
    .replace(LINK, '\\:');

/** The beginning of a text, `most` characters of it at most, never half a character. */
export const clip = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
};

/** What a person wrote, as a quotation of at most `most` characters of theirs. */
export const quote = (written: string, most = 1_000): string =>
  literal(clip(visible(written).trim(), most))
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
