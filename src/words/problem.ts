/** What was wrong with something that a person typed, before it is put into words. */
/** One option and what is wrong with it; `limit` in characters or in the option's own unit. */
export interface Problem {
  readonly option: string;
  readonly description: string;
  readonly what: 'missing' | 'too-short' | 'too-long' | 'too-small' | 'too-big' | 'not-one-of' | 'wrong';
  readonly limit?: number;
}
