/** What is said of signing in on pages. */
import type { Card } from '../card.ts';
import { mention } from '../markup.ts';

/** Nobody is signed in as this person any more. */
export const ended = (): Card => ({
  text: 'You are signed in on no page any more, in any browser. The next page asks you to sign in again.',
});

/** Somebody begins anew. */
export const forgotten = (account: string): Card => ({
  text: `${mention(account)} is signed in nowhere now, and sets up a second factor again with their next page.`,
});
