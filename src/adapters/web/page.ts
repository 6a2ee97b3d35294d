/** The frame of every page: one language, one stylesheet of our own, no script, and nothing of anybody else's. */
import { html } from 'ghtml';
import type { Notice, PageWords } from '../../words/pages.ts';

/** What is sent. */
export interface Page {
  readonly status: number;
  readonly html: string;
}

/** Strict: no script at all, our own stylesheet, forms to ourselves, in nobody's frame. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Framed {
  readonly words: PageWords;
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly status?: number;
}

/** A page, whose title is its first heading, too. */
export const page = ({ words, title, body, status = 200 }: Framed): Page => ({
  status,
  html: html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<main>
!${body}
</main>
</body>
</html>
`,
});

/** A field that gives back what somebody wrote, so that it is not lost. */
export const givenBack = (words: PageWords, written: readonly string[]): string =>
  written.length === 0
    ? ''
    : html`<section><h2 id="written">${words.whatYouWrote}</h2>!${written.map(
        (text) => html`<textarea readonly rows="4" aria-labelledby="written">
${text}</textarea>`,
      )}</section>`;

/** A page that only tells something, and gives back what was written. */
export const noticePage = (
  words: PageWords,
  { title, paragraphs }: Notice,
  status: number,
  written: readonly string[] = [],
): Page =>
  page({
    words,
    title,
    status,
    body: html`<h1>${title}</h1>
!${paragraphs.map((each) => html`<p>${each}</p>`)}
!${givenBack(words, written)}`,
  });
