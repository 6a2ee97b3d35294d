/** How somebody leaves: what they take away, and what they intend until next time. */
import type { Share } from './check-in.ts';
import type { Confidential } from './confidential.ts';

export const TAKE_AWAYS = [
  'felt-heard',
  'learned-something',
  'a-skill-to-try',
  'not-alone',
  'a-clearer-mind',
  'still-settling',
] as const;
export type TakeAway = (typeof TAKE_AWAYS)[number];

export const INTENTION_READERS = ['only-me', 'staff'] as const;
/** Who may read an intention beside its author: nobody, unless they say so. */
export type IntentionReaders = (typeof INTENTION_READERS)[number];

/** Characters, so that an intention stays one sentence. */
export const INTENTION_LENGTH = 300;

/** A reflection as it is kept; one a person and session, and a later one takes the place of an earlier. */
export type Reflection = {
  readonly id: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly at: Date;
} & (
  | { readonly share: 'pass' }
  | {
      readonly share: Exclude<Share, 'pass'>;
      readonly takeAway: TakeAway;
      readonly intention?: Confidential<string>;
      /** Their author alone, when missing. */
      readonly intentionReaders?: IntentionReaders;
    }
);
