/**
 * What a process remembers for whoever asks for help, so that it can answer and tell at once, also while nothing that is
 * kept can be read.
 */
import type { OwnLines } from './crisis-line.ts';
import type { Hours } from './on-call.ts';

/**
 * Whom Hearth tells, as far as it knows now. `nobody`: it knows of nobody on call for a group of theirs. `again`: they
 * have been told before, and now that it was asked again.
 */
export type Telling = 'on-call' | 'outside-hours' | 'again' | 'nobody';

/** A group that has somebody on call. */
export interface CoveredGroup {
  readonly cohortId: string;
  readonly guildId: string;
  readonly zone: string;
  readonly hours: Hours;
  /** Accounts, in the order in which they are told. */
  readonly ladder: readonly string[];
  /** Channel of the room of the staff. */
  readonly staffRoom?: string;
  /** Channels of all its rooms. */
  readonly rooms: readonly string[];
  /** Accounts of those who belong to it. */
  readonly accounts: readonly string[];
  /** Alerts that are not closed, of somebody who asked for help. */
  readonly open: readonly { readonly account: string; readonly alertId: string }[];
}

export interface HelpMemory {
  readonly groups: readonly CoveredGroup[];
  /** The country that each has chosen, by account. */
  readonly countries: ReadonlyMap<string, string>;
  /** What admins have put in the place of entries, by server. */
  readonly own: ReadonlyMap<string, readonly OwnLines[]>;
}

/** Somebody who asks, and where. */
export interface Asking {
  /** Of the request: one that arrives twice bears the same. */
  readonly id: string;
  readonly account: string;
  /** Empty in a direct message. */
  readonly guildId: string;
  readonly channelId: string;
  /** The group that a button named. */
  readonly cohortId?: string;
  readonly at: Date;
}

/** The group whose people are told: the one in whose room it is asked, or that the button names, or any of theirs. */
export const groupAsked = (
  groups: readonly CoveredGroup[],
  { account, guildId, channelId, cohortId }: Asking,
): CoveredGroup | undefined => {
  const theirs = groups.filter(({ accounts }) => accounts.includes(account));
  return (
    theirs.find((each) => each.cohortId === cohortId) ??
    theirs.find(({ rooms }) => rooms.includes(channelId)) ??
    theirs.find((each) => guildId === '' || each.guildId === guildId)
  );
};

/** Somebody who asked, kept until it is known to be kept in the database; ids and codes only. */
export interface Plea extends Asking {
  /** The alert that it makes, or adds to. */
  readonly alertId: string;
  /** Of what the first on the ladder is told, and of what is said in the room of the staff. */
  readonly noticeId: string;
  readonly sayingId: string;
  /** The group whose people are told at once, from memory; missing where none are. */
  readonly toldIn?: string;
}
