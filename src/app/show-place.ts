/** Whoever looks after somebody sees where they are, and whom to call for them, when that is needed. */
import { STAFF, type Standings } from '../core/access.ts';
import { mayOpen } from '../core/alert.ts';
import { type Cohort, therapistOf } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { PlaceMark, PlaceWords } from '../core/place.ts';
import type { World } from '../ports/world.ts';

export interface PlaceDemand {
  readonly cohort: Cohort;
  readonly asker: Person;
  readonly standings: Standings;
  /** Of whoever is looked for. */
  readonly account: string;
}

export interface PlaceShown {
  readonly account: string;
  /** How they answered last, and when; missing when they never did, or it has gone. */
  readonly mark?: PlaceMark;
  readonly words?: PlaceWords;
}

/** Somebody of the roster, for its facilitators and for their own therapist; for whoever else, somebody with an alert that they may open. */
const lookedFor = async (
  { store }: World,
  { cohort, asker, standings, account }: PlaceDemand,
): Promise<Outcome<Person>> => {
  const { memberships, alerts } = store.records;
  const unclosed = (await alerts.unclosed(cohort.id)).find(
    (alert) =>
      alert.kind !== 'report' &&
      alert.person.account === account &&
      mayOpen(alert, { personId: asker.id, standings }),
  );
  if (unclosed) return allow(unclosed.person);
  const member = (await memberships.roster(cohort.id)).find(({ person }) => person.account === account);
  if (member && therapistOf(member, cohort).id === asker.id) return allow(member.person);
  if (!STAFF.some((standing) => standings.has(standing))) return refuse({ code: 'place-needs-alert' });
  return member ? allow(member.person) : refuse({ code: 'no-such-person-here' });
};

/** That somebody looked is noted before they see anything. */
export const showPlace = async (world: World, demand: PlaceDemand): Promise<Outcome<PlaceShown>> => {
  const person = await lookedFor(world, demand);
  if (!person.ok) return person;
  const { toldPlaces } = world.store.records;
  const { id: personId, account } = person.value;
  const words = await toldPlaces.wordsOf(demand.cohort.id, personId);
  const mark = (await toldPlaces.marks(demand.cohort.id)).find((each) => each.personId === personId);
  return allow({ account, ...(mark && { mark }), ...(words && { words }) });
};
