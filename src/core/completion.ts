/** What an option may be completed with while somebody types. */
import type { Confidential } from './confidential.ts';

export type Completion =
  | { readonly kind: 'cohort'; readonly name: string }
  | { readonly kind: 'topic'; readonly id: string; readonly title: string }
  | { readonly kind: 'goal'; readonly number: number; readonly text: Confidential<string> };

/** A list, by the kind of what stands in it. */
export type Completed = Completion['kind'];
