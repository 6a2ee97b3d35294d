/** Gathers from the ledger what was told to somebody, and how people were reminded of each meeting. */
import type { NoticeCount, NoticeRecord } from '../core/ledger.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { after, DAY } from '../core/time.ts';
import type { World } from '../ports/world.ts';

/** As many as somebody may want to look at. */
const MOST_OWN = 30;
const MOST_MEETINGS = 8;
const LOOKS_BACK = 60 * DAY;

/** A person's own, the latest first. */
export const ownNotices = (
  { store }: Pick<World, 'store'>,
  cohortId: string,
  personId: string,
): Promise<readonly NoticeRecord[]> => store.records.notices.ofPerson(cohortId, personId, MOST_OWN);

export interface CountedMeeting {
  readonly occurrence: Occurrence;
  readonly counts: readonly NoticeCount[];
}

/** The last meetings of a cohort that people were reminded of, the latest first; of individuals none. */
export const countNotices = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohortId: string,
): Promise<readonly CountedMeeting[]> => {
  const { occurrences, notices } = store.records;
  const now = clock.now();
  const near = await occurrences.between(cohortId, after(now, -LOOKS_BACK), after(now, 2 * DAY));
  const meetings = near.filter(({ individual }) => !individual).toReversed();
  const counts = await notices.counts(meetings.map(({ id }) => id));
  return meetings
    .map((occurrence) => ({
      occurrence,
      counts: counts.filter(({ occurrenceId }) => occurrenceId === occurrence.id),
    }))
    .filter((each) => each.counts.length > 0)
    .slice(0, MOST_MEETINGS);
};
