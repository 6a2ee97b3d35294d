/** Offers somebody a time at which they may make up for a session that they missed. */
import type { Cohort } from '../core/cohort.ts';
import type { Two } from '../core/individual.ts';
import {
  changeMakeUp,
  type MakeUp,
  type MakeUpKind,
  type Offer,
  type OfferedMakeUp,
} from '../core/make-up.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { after } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { arrangedFor, bothFree, type Carer, momentOf, type WrittenTime } from './individual-time.ts';
import { tellOffer } from './tell-individual.ts';

export interface OfferWish extends WrittenTime {
  readonly cohortId: string;
  /** Account of whoever missed it. */
  readonly account: string;
  /** Number of the missed session; the only one that may be made up for when missing. */
  readonly session?: number | undefined;
  readonly kind: MakeUpKind;
  /** Of a time of their own. */
  readonly minutes: number;
  readonly carer: Carer;
}

interface Offering {
  readonly cohort: Cohort;
  readonly two: Two;
  readonly startsAt: Date;
  readonly wish: OfferWish;
}

/** A meeting of the same group that was added by hand; one of its schedule would be missed or attended by itself. */
const extraMeeting = async (
  { occurrences }: Pick<Records, 'occurrences'>,
  { cohort, startsAt }: Offering,
): Promise<Outcome<{ readonly occurrenceId: string; readonly minutes: number }>> => {
  const then = await occurrences.between(cohort.id, startsAt, after(startsAt, 1));
  const extra = then.find(
    ({ individual, scheduleId, state }) => !individual && scheduleId === undefined && state === 'planned',
  );
  return extra
    ? allow({ occurrenceId: extra.id, minutes: extra.minutes })
    : refuse({ code: 'not-an-extra-meeting' });
};

const offerOf = async (world: World, records: Records, offering: Offering): Promise<Outcome<Offer>> => {
  const { cohort, two, startsAt, wish } = offering;
  const made = { startsAt, by: wish.carer.account, at: world.clock.now() };
  if (wish.kind === 'group') {
    const extra = await extraMeeting(records, offering);
    return extra.ok ? allow({ ...made, ...extra.value, kind: 'group' }) : extra;
  }
  const { minutes } = wish;
  const free = await bothFree(world, records, { cohort, two }, { id: 'wanted', startsAt, minutes });
  return free.ok ? allow({ ...made, minutes, kind: 'individual', therapist: two.therapist }) : free;
};

const meant = async (
  { makeUps }: Pick<Records, 'makeUps'>,
  { cohortId, session }: OfferWish,
  personId: string,
): Promise<Outcome<MakeUp>> => {
  const own = (await makeUps.ofPerson(cohortId, personId)).filter(({ state }) => state !== 'not-needed');
  const open = own.filter(({ state }) => state !== 'held' && state !== 'booked');
  const found =
    session === undefined ? (open[0] ?? own[0]) : own.find(({ sessionNumber }) => sessionNumber === session);
  return found ? allow(found) : refuse({ code: 'nothing-to-make-up' });
};

/** Offers it; no meeting is made until the person takes it. */
export const offerMakeUp = (world: World, wish: OfferWish): Promise<Outcome<OfferedMakeUp>> =>
  world.store.change<OfferedMakeUp>(async (records) => {
    const cohort = await activeCohort(records, wish.cohortId);
    if (!cohort.ok) return cohort;
    const two = await arrangedFor(records, cohort.value, wish.account, wish.carer);
    if (!two.ok) return two;
    const makeUp = await meant(records, wish, two.value.person.id);
    if (!makeUp.ok) return makeUp;
    const startsAt = momentOf(world, cohort.value.zone, wish);
    if (!startsAt.ok) return startsAt;
    const offering = { cohort: cohort.value, two: two.value, startsAt: startsAt.value, wish };
    const offer = await offerOf(world, records, offering);
    if (!offer.ok) return offer;
    const changed = changeMakeUp(makeUp.value, { kind: 'offer', offer: offer.value }, world.clock.now());
    if (!changed.ok) return changed;
    if (changed.value.state !== 'offered') return refuse({ code: 'offer-is-gone' });
    await records.makeUps.save(changed.value);
    const { therapist } = two.value;
    await tellOffer(world, records, { cohort: cohort.value, therapist }, changed.value);
    return allow(changed.value);
  });
