/**
 * Rules by which Discord itself stops messages, where a group wants that. Hearth reads no message for it, and is told of
 * none. A rule is one of the whole server and cannot be made for some rooms: every other room is exempt from it, which
 * Discord takes for so many rooms at most.
 */
import type { Cohort } from './cohort.ts';
import type { RoomKind } from './rooms.ts';

/** `shown`: what was stopped is shown to the staff, by Discord, in their room. */
export const AUTO_MODERATIONS = ['off', 'on', 'shown'] as const;
export type AutoModeration = (typeof AUTO_MODERATIONS)[number];

/** Invitations to other servers, many mentions at once, and Discord's own list of insults. */
export const RULE_KINDS = ['invitations', 'mentions', 'insults'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Rooms that can be exempt from a rule (Discord's own limit). */
export const MOST_EXEMPT = 50;

/** More people than these cannot be mentioned at once. */
export const MOST_MENTIONED = 5;

/** The right that it takes, as Discord shows it; Hearth's invitation does not ask for it. */
export const MANAGE_SERVER = 'Manage Server';

/** What rules are to hold for. */
export interface ModeratedRooms {
  /** Channels in which they hold. */
  readonly channelIds: readonly string[];
  /** Channel in which Discord shows what it stopped. */
  readonly shownIn?: string;
}

/** Staff write among themselves, and a category holds no messages. */
const FREE: ReadonlySet<RoomKind> = new Set(['category', 'staff']);

type ModeratedCohort = Pick<Cohort, 'id' | 'state'> & {
  readonly settings: Pick<Cohort['settings'], 'autoModeration'>;
};

/** Whether rules hold in the rooms of a cohort. */
export const isModerated = ({ state, settings }: Omit<ModeratedCohort, 'id'>): boolean =>
  state === 'active' && settings.autoModeration !== 'off';

/**
 * Of all groups of a server, what rules hold for; undefined when none wants any. What one group wrote is never shown to
 * the staff of another: with several that want rules, nothing is shown.
 */
export const moderatedRooms = (
  cohorts: readonly {
    readonly cohort: ModeratedCohort;
    readonly rooms: readonly { readonly kind: RoomKind; readonly channelId: string }[];
  }[],
): ModeratedRooms | undefined => {
  const moderated = cohorts.filter(({ cohort }) => isModerated(cohort));
  const [first, another] = moderated;
  if (!first) return undefined;
  const staff = first.rooms.find(({ kind }) => kind === 'staff')?.channelId;
  const isShown = !another && first.cohort.settings.autoModeration === 'shown';
  return {
    channelIds: moderated.flatMap(({ rooms }) =>
      rooms.filter(({ kind }) => !FREE.has(kind)).map(({ channelId }) => channelId),
    ),
    ...(isShown && staff !== undefined && { shownIn: staff }),
  };
};
