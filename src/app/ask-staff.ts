/** Somebody would like to be contacted, or tells staff something about somebody of the group: in private. */
import type { Alert } from '../core/alert.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { raiseAlert } from './raise-alert.ts';

export interface StaffAsked {
  readonly cohort: Cohort;
  readonly person: Person;
  readonly requestId: string;
}

/** Staff are told that they would like to be contacted. */
export const askForContact = (
  world: World,
  { cohort, person, requestId }: StaffAsked,
): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    const at = world.clock.now();
    await raiseAlert(world, records, { cohort, kind: 'contact', person, requestId, at });
    return allow(null);
  });

/** Whom somebody can tell of: the group, its supervisor, and their own therapist; whose therapist others are is not told. */
const ofGroup = async (
  { memberships }: Records,
  { id, lead, coFacilitator, supervisor }: Cohort,
  account: string,
  asker: Person,
): Promise<Person | undefined> => {
  const roster = await memberships.roster(id);
  const therapist = roster.find(({ person }) => person.id === asker.id)?.therapist;
  const apart = [supervisor, therapist].flatMap((each) => each ?? []);
  const everybody = [lead, coFacilitator, ...roster.map(({ person }) => person), ...apart];
  return everybody.find((each) => each.account === account);
};

/** Who may read it: the facilitators and the supervisor, unless it is about one of them. */
export const reportPerson = (
  world: World,
  { cohort, person, requestId }: StaffAsked,
  { account, words }: { readonly account: string; readonly words: Confidential<string> },
): Promise<Outcome<Alert['readers']>> =>
  world.store.change<Alert['readers']>(async (records) => {
    const about = await ofGroup(records, cohort, account, person);
    if (!about || about.id === person.id) return refuse({ code: 'no-such-person-here' });
    const isStaff = [cohort.lead.id, cohort.coFacilitator.id].includes(about.id);
    const readers = isStaff ? 'supervisor' : 'staff';
    const at = world.clock.now();
    await raiseAlert(world, records, {
      ...{ cohort, kind: 'report', person, requestId, at, about, words, readers },
    });
    return allow(readers);
  });
