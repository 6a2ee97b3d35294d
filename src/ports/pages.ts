/** Where people find Hearth's own pages, as addresses. */
export interface Pages {
  /** A calendar, by the secret part of its address. */
  calendar(token: string): string;
  /** A page that opens once, by the secret part of its address. */
  answer(token: string): string;
  /** Where Discord sends a browser back to. */
  readonly signInBack: string;
  /** Whether they open on the machine that Hearth runs on, and nowhere else. */
  readonly onlyHere: boolean;
  /** Whether nobody reads along on the way to them: encrypted, or never off this machine. */
  readonly areSafe: boolean;
}
