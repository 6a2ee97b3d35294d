/** What the people who run Hearth may read: codes, ids and durations, never a word that somebody wrote. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  /** Records a fault and returns the reference under which it can be found. */
  fault(event: string, cause: unknown, facts?: Facts): string;
}
