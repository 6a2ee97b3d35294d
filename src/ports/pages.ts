/** Where people find Hearth's own pages, as addresses. */
export interface Pages {
  /** A calendar, by the secret part of its address. */
  calendar(token: string): string;
  /** Whether they open on the machine that Hearth runs on, and nowhere else. */
  readonly onlyHere: boolean;
}
