/** Where a group is asked for what is theirs alone to tell: in Discord, or on pages of Hearth's own. */

export const ANSWER_PLACES = ['discord', 'link'] as const;
/** `link`: Discord carries an address that opens once, and never what is asked or answered under it. */
export type AnswerPlace = (typeof ANSWER_PLACES)[number];

/** Counts the wordings of the statement that an admin accepts before a clinical group answers in Discord. */
export const STATEMENT_VERSION = 1;

/** Who has accepted that a clinical group answers in Discord, and under which wording. */
export interface StatementAccepted {
  readonly id: string;
  readonly cohortId: string;
  readonly version: number;
  /** Discord's id of the account. */
  readonly by: string;
  readonly at: Date;
}
