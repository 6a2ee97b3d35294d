/** Finds the planned meeting that somebody names: by its id, as lists and buttons do, or by its day. */
import type { Cohort } from '../core/cohort.ts';
import { isId } from '../core/id.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { after, DAY } from '../core/time.ts';
import { dateOf, isDate, type LocalDate } from '../core/wall-time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface MeetingSought {
  readonly cohort: Pick<Cohort, 'id' | 'zone'>;
  /** Of whoever asks: an individual meeting of somebody else is none. */
  readonly personId: string;
  /** An id, or YYYY-MM-DD in the cohort's zone. */
  readonly named: string;
}

/** All on one day of the cohort's zone, of the group and of individuals. */
export const meetingsOn = async (
  { zones }: Pick<World, 'zones'>,
  { occurrences }: Pick<Records, 'occurrences'>,
  cohort: MeetingSought['cohort'],
  date: LocalDate,
): Promise<readonly Occurrence[]> => {
  // Noon, so that a day on either side holds all of it in every zone.
  const noon = zones.place(`${date}T12:00`, cohort.zone).at;
  const around = await occurrences.between(cohort.id, after(noon, -DAY), after(noon, DAY));
  return around.filter(({ startsAt }) => dateOf(zones.wall(startsAt, cohort.zone)) === date);
};

const onDay = async (
  world: Pick<World, 'zones' | 'clock'>,
  records: Pick<Records, 'occurrences'>,
  { cohort, named }: MeetingSought,
): Promise<readonly Occurrence[]> => {
  const now = world.clock.now();
  const thatDay = await meetingsOn(world, records, cohort, named);
  const ahead = thatDay.filter(({ startsAt, state }) => startsAt > now && state === 'planned');
  return ahead.length > 0 ? ahead : thatDay;
};

/** The meeting; refused with `no-such-meeting`, and with `which-meeting` when several of that day are still ahead. */
export const findMeeting = async (
  world: Pick<World, 'zones' | 'clock'>,
  records: Pick<Records, 'occurrences'>,
  sought: MeetingSought,
): Promise<Outcome<Occurrence>> => {
  const { cohort, personId, named } = sought;
  const byId = isId(named) ? await records.occurrences.byId(named) : undefined;
  const found = isDate(named) ? await onDay(world, records, sought) : byId ? [byId] : [];
  const [own, ...others] = found.filter(
    ({ cohortId, individual }) =>
      cohortId === cohort.id && (!individual || individual.person.id === personId),
  );
  if (others.some(({ startsAt, state }) => startsAt > world.clock.now() && state === 'planned')) {
    return refuse({ code: 'which-meeting' });
  }
  return own ? allow(own) : refuse({ code: 'no-such-meeting' });
};
