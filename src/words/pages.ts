/** What Hearth's own pages say, and what is said of them in Discord: complete in every language by its type. */
import type { Refusal } from '../core/refusal.ts';
import type { Card } from './card.ts';
import { pages as english } from './en/pages.ts';
import { pages as spanish } from './es/pages.ts';
import type { Problem } from './problem.ts';

/** Refusals that are worded in every language because pages show them; any other is told in English. */
export type PageRefusal = Extract<
  Refusal['code'],
  | 'not-for-you'
  | 'admins-only'
  | 'staff-only'
  | 'break-glass-first'
  | 'no-group-here'
  | 'which-group'
  | 'sign-first'
  | 'somebody-was-first'
  | 'cohort-archived'
  | 'no-session'
  | 'session-ended'
  | 'session-paused'
  | 'not-yet-reflection'
  | 'no-such-goal'
  | 'which-person'
  | 'date-not-ahead'
  | 'no-such-date'
  | 'no-such-meeting'
  | 'which-meeting'
  | 'meeting-has-begun'
  | 'meeting-is-skipped'
  | 'no-absence-told'
  | 'no-such-task'
  | 'task-is-settled'
  | 'not-on-the-list'
  | 'no-attendance-yet'
  | 'no-such-person-here'
  | 'place-not-asked'
  | 'link-used'
  | 'wait-before-code'
  | 'wrong-code'
  | 'not-signed-in'
>;

/** A page without a form: what there is to know, one paragraph each. */
export interface Notice {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export interface PageWords {
  /** As HTML knows the language. */
  readonly language: string;

  /** In Discord: an address instead of an answer. `lost` when something was typed that was not kept. */
  link(facts: { readonly address: string; readonly title: string; readonly lost: boolean }): Card;
  /** In Discord: what was refused, without what was written with it. */
  notRepeated(card: Card): Card;
  /** In Discord: something private is done. */
  noted(): Card;

  /** For whom a page is. */
  readonly isFor: (name: string, group: string) => string;
  /** Until when a page takes what is written in it, as a time of day. */
  readonly openUntil: (time: string) => string;
  readonly notThroughDiscord: string;
  /** There is nothing to fill in. */
  readonly readyToShow: string;
  readonly send: string;
  readonly show: string;
  readonly leaveOut: string;
  readonly choose: string;
  readonly optional: string;
  readonly upTo: (most: number) => string;
  readonly atMostCharacters: (most: number) => string;

  readonly somethingIsMissing: string;
  readonly errorPrefix: string;
  readonly problem: (problem: Problem) => string;
  readonly notDone: string;
  /** Undefined where the language has no words for it. */
  readonly refusal: (refusal: Refusal) => string | undefined;
  readonly fault: (reference: string) => string;

  readonly done: string;
  readonly whatNext: string;
  /** Something may be done next, and its page is given in Discord. */
  readonly moreInDiscord: string;
  readonly closeThis: string;

  readonly used: Notice;
  readonly closed: Notice;
  readonly unknown: Notice;
  readonly tooMany: Notice;
  readonly tooMuch: Notice;
  readonly fromElsewhere: Notice;
  readonly failed: (reference: string) => Notice;
  readonly whatYouWrote: string;

  /** Whoever looks after a group proves who they are before a page shows what others told. */
  readonly signIn: Notice;
  readonly signInButton: string;
  /** Whoever runs Hearth has not set it up. */
  readonly noSignIn: Notice;
  readonly signInFailed: Notice;
  /** For the first time: an app is given a secret. */
  readonly enrol: Notice;
  readonly secretIs: string;
  readonly code: string;
  readonly codeHint: string;
  readonly recovery: Notice;
  readonly goOn: string;

  /** Somebody whose name is not known here; `code` tells them from others. */
  readonly somebody: (code: string) => string;
  readonly aRoom: string;
}

const SPOKEN: Readonly<Record<string, PageWords>> = { en: english, es: spanish };

/** The words of pages for a locale (BCP 47); English where Hearth does not speak the language. */
export const pageWordsFor = (locale: string): PageWords => {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(SPOKEN, language) ? (SPOKEN[language] ?? english) : english;
};
