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

const fileHtml = (file: Enclosure | undefined): string =>
  file ? html`<details><summary>${file.name}</summary><pre>${file.content}</pre></details>` : '';

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
!${stepsHtml(shown)}
<p class="note">${words.closeThis}</p>`;
};
