/** Whether two people can meet at a time: a day and a time that exist, are ahead, and are free for both. */
import { STAFF, type Standings } from '../core/access.ts';
import { type Cohort, type Membership, therapistOf } from '../core/cohort.ts';
import type { Two } from '../core/individual.ts';
import { endsAt, overlapping } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { meetingsBetween } from '../core/schedule.ts';
import { after, DAY } from '../core/time.ts';
import { addDays, dateOf } from '../core/wall-time.ts';
import { readDate, readTime } from '../core/when.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** A day and a time as somebody writes them. */
export interface WrittenTime {
  /** YYYY-MM-DD in the cohort's zone. */
  readonly date: string;
  /** As a time of day is written: 18:00, 6pm. */
  readonly time: string;
}

/** A time of two people that is to be booked. */
export interface Time {
  readonly startsAt: Date;
  readonly minutes: number;
}

/** The moment that a written day and time mean in a zone. Refused when they cannot be read, and with `move-into-the-past`. */
export const momentOf = (
  { zones, clock }: Pick<World, 'zones' | 'clock'>,
  zone: string,
  { date, time }: WrittenTime,
): Outcome<Date> => {
  const day = readDate(date);
  if (!day.ok) return day;
  const clocked = readTime(time);
  if (clocked === undefined) return refuse({ code: 'time-unreadable', written: time });
  const { at } = zones.place(`${day.value}T${clocked}`, zone);
  return at > clock.now() ? allow(at) : refuse({ code: 'move-into-the-past' });
};

interface Arranged {
  readonly cohort: Cohort;
  readonly two: Two;
}

/** Who asks for something of somebody's own. */
export interface Carer {
  readonly account: string;
  /** A facilitator of the group; else only the person's own therapist may. */
  readonly staff: boolean;
}

/** Who asks, by what they are to the group. */
export const carerOf = (account: string, standings: Standings): Carer => ({
  account,
  staff: STAFF.some((standing) => standings.has(standing)),
});

/** A member with their therapist, for somebody who may arrange their times. */
export const arrangedFor = async (
  records: Pick<Records, 'memberships'>,
  cohort: Cohort,
  account: string,
  carer: Carer,
): Promise<Outcome<Two>> => {
  const roster = await records.memberships.roster(cohort.id);
  const member = roster.find(({ person }) => person.account === account);
  const therapist = member && therapistOf(member, cohort);
  const may = carer.staff || therapist?.account === carer.account;
  // A therapist of others learns nothing of who else is in the group.
  if (!member || !therapist || !may) return refuse({ code: 'no-such-person-here' });
  return allow({ person: member.person, therapist });
};

/** Of the group's rule, a meeting of which there is no row yet. */
const meetsByRule = async (
  { zones }: Pick<World, 'zones'>,
  { schedules }: Pick<Records, 'schedules'>,
  cohortId: string,
  time: Time,
): Promise<boolean> => {
  const schedule = await schedules.running(cohortId);
  if (!schedule || endsAt(time) <= schedule.plannedUntil) return false;
  const date = dateOf(zones.wall(time.startsAt, schedule.zone));
  const meetings = meetingsBetween(schedule, { from: addDays(date, -1), to: addDays(date, 1) }, zones)
    .filter(({ at }) => at > schedule.plannedUntil)
    .map(({ at }) => ({ id: '', startsAt: at, minutes: schedule.minutes }));
  return overlapping(meetings, { ...time, id: 'wanted' }) !== undefined;
};

/**
 * Whether both are free, apart from the meeting with that id. From here on nobody else can book either of them until
 * this change is done. Refused with `person-is-busy` and `therapist-is-busy`.
 */
export const bothFree = async (
  world: Pick<World, 'zones'>,
  records: Records,
  { cohort, two }: Arranged,
  time: Time & { readonly id: string },
): Promise<Outcome<null>> => {
  const { person, therapist } = two;
  await records.people.hold([person.id, therapist.id]);
  const busy = async (one: Membership['person']): Promise<boolean> => {
    const around = await records.occurrences.ofPerson(
      cohort.guildId,
      one.id,
      after(time.startsAt, -DAY),
      endsAt(time),
    );
    return overlapping(around, time) !== undefined;
  };
  if ((await busy(person)) || (await meetsByRule(world, records, cohort.id, time))) {
    return refuse({ code: 'person-is-busy' });
  }
  return (await busy(therapist)) ? refuse({ code: 'therapist-is-busy' }) : allow(null);
};
