/** What a group is told when its calendar changes: moments only. All in ISO 8601, in UTC. */
export type CalendarNews =
  | { readonly kind: 'meetings-skipped'; readonly at: readonly string[] }
  | { readonly kind: 'meetings-restored'; readonly at: readonly string[] }
  | { readonly kind: 'meeting-moved'; readonly from: string; readonly to: string }
  | { readonly kind: 'meeting-added'; readonly at: string; readonly minutes: number }
  /** `next`: the first few that take place. */
  | { readonly kind: 'schedule-set'; readonly next: readonly string[]; readonly last: string }
  | { readonly kind: 'schedule-ended' };

/** Most moments that one message names. */
export const MOST_TOLD = 6;

/** Moments as they are kept with what is said. */
export const told = (moments: readonly Date[]): readonly string[] =>
  moments.slice(0, MOST_TOLD).map((moment) => moment.toISOString());
