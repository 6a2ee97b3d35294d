/** What somebody's own calendar finds under its address: the sessions of the groups that they are part of now. */
import type { Cohort } from '../core/cohort.ts';
import type { CalendarFeed, FeedEvent } from '../core/feed.ts';
import { endsAt, type Occurrence } from '../core/occurrence.ts';
import type { Person } from '../core/person.ts';
import { after, DAY } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { signedMembers } from './signed-members.ts';

/** What a feed is read with. */
export type Reading = Pick<World, 'store' | 'catalogue' | 'clock' | 'secrets'>;

export interface ReadFeed extends Pick<CalendarFeed, 'locale'> {
  readonly events: readonly FeedEvent[];
}

/** Calendars keep what they were told: what is long past need not be told again. */
const KEPT_BEHIND = 92 * DAY;
/** Longer than any cycle. */
const TOLD_AHEAD = 400 * DAY;

/** Staff, or a member whose signature holds: whoever may be in the rooms. */
const isPart = async (
  { store, catalogue }: Reading,
  cohort: Cohort,
  { account }: Person,
): Promise<boolean> => {
  if ([cohort.lead, cohort.coFacilitator].some((one) => one.account === account)) return true;
  const { signed } = await signedMembers({ catalogue }, store.records, cohort);
  return signed.some(({ person }) => person.account === account);
};

/** A meeting of two is theirs alone. */
const concerns =
  ({ id }: Person) =>
  ({ individual }: Occurrence): boolean =>
    individual === undefined || [individual.person, individual.therapist].some((one) => one.id === id);

/** Somebody who treats a member, and is no part of the group: the times of the two, and nothing of the group. */
const treatedBy =
  ({ id }: Person) =>
  ({ individual }: Occurrence): boolean =>
    individual?.therapist.id === id;

const eventOf = (occurrence: Occurrence): FeedEvent => ({
  uid: `${occurrence.id}@hearth`,
  startsAt: occurrence.startsAt,
  endsAt: endsAt(occurrence),
  zone: occurrence.zone,
  sequence: occurrence.revision,
  status: occurrence.state === 'skipped' ? 'cancelled' : 'confirmed',
  updatedAt: occurrence.changedAt,
});

const eventsOf = async (world: Reading, cohort: Cohort, person: Person): Promise<readonly FeedEvent[]> => {
  const now = world.clock.now();
  const { occurrences } = world.store.records;
  const all = await occurrences.between(cohort.id, after(now, -KEPT_BEHIND), after(now, TOLD_AHEAD));
  const theirs = (await isPart(world, cohort, person)) ? concerns : treatedBy;
  return all.filter(theirs(person)).map(eventOf);
};

/** By the secret part of the address; undefined for one that is unknown or was revoked, which nobody can tell apart. */
export const calendarFeed = async (world: Reading, token: string): Promise<ReadFeed | undefined> => {
  const { calendarFeeds, cohorts } = world.store.records;
  const feed = await calendarFeeds.byToken(world.secrets.digest(token));
  if (!feed) return undefined;
  const { person, guildId, locale } = feed;
  const events: FeedEvent[] = [];
  for (const cohort of await cohorts.ofAccount(guildId, person.account)) {
    events.push(...(await eventsOf(world, cohort, person)));
  }
  return { locale, events };
};
