/** A card as HTML: its text, its fields, what may be done next, and where it leads. */
import { html } from 'ghtml';
import type { Card, Enclosure } from '../../words/card.ts';
import type { PageWords } from '../../words/pages.ts';
import { accountsIn, inline, markupHtml, type Telling } from './markup.ts';

/** Something that may be done next: at once, or on a page that asks for more. */
export interface Step {
  readonly label: string;
  readonly token: string;
  readonly asks: boolean;
}

export interface ShownCard {
  readonly card: Card;
  readonly file?: Enclosure | undefined;
  readonly steps: readonly Step[];
  /** Whether something that may be done next is no step here. */
  readonly isMoreInDiscord: boolean;
  readonly telling: Telling;
  /** In which the card is written. */
  readonly language: string;
  readonly words: PageWords;
}

/** Everybody whom a card names, by account. */
export const namedOn = ({ text, fields = [] }: Card): readonly string[] =>
  [text, ...fields.map(({ value }) => value)].flatMap(accountsIn);

const stepHtml = ({ label, token, asks }: Step): string =>
  asks
    ? html`<a class="button" href="${token}">${label}</a>`
    : html`<form method="post" action="${token}"><button>${label}</button></form>`;

const stepsHtml = ({ steps, words }: ShownCard): string =>
  steps.length === 0
    ? ''
    : html`<section class="next" aria-labelledby="next"><h2 id="next">${words.whatNext}</h2>!${steps.map(stepHtml)}</section>`;

const linksHtml = ({ links = [] }: Card): string =>
  links.map(({ label, address }) => html`<p><a href="${address}" rel="noreferrer">${label}</a></p>`).join('');

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
};

/** The file stands in its own link: nothing is asked for once more, and nothing is kept to be fetched. */
const saved = ({ name, content }: Enclosure): string => {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain';
  const address = `data:${type};charset=utf-8;base64,${Buffer.from(content).toString('base64')}`;
  return html`<p><a href="${address}" download="${name}">${name}</a></p>`;
};

const fileHtml = (file: Enclosure | undefined): string => {
  if (!file) return '';
  if (file.name.endsWith('.html')) return saved(file);
  return html`!${saved(file)}<details><summary>${file.name}</summary><pre>${file.content}</pre></details>`;
};

/** What stands beneath the heading. */
export const cardHtml = (shown: ShownCard): string => {
  const { card, telling, language, words, file } = shown;
  const fields = (card.fields ?? []).map(
    ({ name, value }) =>
      html`<section><h2>!${inline(name, telling)}</h2>!${markupHtml(value, telling)}</section>`,
  );
  return html`<div lang="${language}">
!${markupHtml(card.text, telling)}
!${fields}
!${linksHtml(card)}!${fileHtml(file)}
</div>
!${stepsHtml(shown)}!${shown.isMoreInDiscord ? html`<p>${words.moreInDiscord}</p>` : ''}
<p class="note">${words.closeThis}</p>`;
};
