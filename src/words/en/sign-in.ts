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

const onWordOf = (by: string | undefined): string => (by === undefined ? 'whoever runs Hearth' : mention(by));

/** To themselves. */
export const toldThem = ({ by }: { readonly by?: string }): string =>
  `The device that proves who you are on pages was forgotten, on the word of ${onWordOf(by)}: you set up one anew with your next page. If you did not ask for that, somebody else may have your account: change the password of Discord, and tell those who run your programme at once.`;

/** To the staff of the groups that they look after. */
export const toldStaff = ({ account, by }: { readonly account?: string; readonly by?: string }): string =>
  `The device that proves who ${account === undefined ? 'somebody who was erased' : mention(account)} is on pages was forgotten, on the word of ${onWordOf(by)}: it is set up anew with their next page. Please ask them, other than by Discord, whether they wanted that: whoever has their account could set up one now. If they did not, have somebody who manages this server name another in their place.`;
