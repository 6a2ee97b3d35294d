/** Where people find Hearth's own pages, as addresses that work from outside. */
export interface Pages {
  /** A calendar, by the secret part of its address. */
  calendar(token: string): string;
}
