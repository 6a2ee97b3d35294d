/** Enrols somebody in a cohort; after its beginning only with everybody's consent given anew. */
import { admit, type Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';

export interface EnrolmentRequest {
  readonly cohortId: string;
  readonly newcomer: { readonly account: string; readonly bot: boolean };
  readonly reopenConsent: boolean;
  /** Account of the admin. */
  readonly by: string;
}

export interface Enrolled {
  readonly cohort: Cohort;
  /** People on the roster, with the newcomer. */
  readonly people: number;
  readonly consentReopened: boolean;
}

/** What enrolling would come to, or what is in the way; nothing is changed. */
export const enrollable = async (records: Records, request: EnrolmentRequest): Promise<Outcome<Enrolled>> => {
  const found = await activeCohort(records, request.cohortId);
  if (!found.ok) return found;
  const cohort = found.value;
  const roster = await records.memberships.roster(cohort.id);
  const answer = admit({ ...request, cohort, roster });
  if (!answer.ok) return answer;
  const { consentReopened } = answer.value;
  // Consent that is asked anew closes the rooms until each has signed: never in the middle of a session.
  if (consentReopened && (await records.sessions.unfinished(cohort.id))) {
    return refuse({ code: 'session-in-progress' });
  }
  return allow({ cohort, people: roster.length + 1, consentReopened });
};

/** Whoever waited for a place has one. */
const settleWait = async (
  { clock }: Pick<World, 'clock'>,
  { waitlists }: Pick<Records, 'waitlists'>,
  { cohortId, newcomer, by }: EnrolmentRequest,
): Promise<void> => {
  const waiting = await waitlists.waiting(cohortId);
  const own = waiting.find(({ person }) => person.account === newcomer.account);
  if (own) await waitlists.settle(own.id, { outcome: 'enrolled', by, at: clock.now() });
};

/** Enrols within a change, and asks that the rooms and boards show it. */
export const enrolIn = async (
  world: World,
  records: Records,
  request: EnrolmentRequest,
): Promise<Outcome<Enrolled>> => {
  const answer = await enrollable(records, request);
  if (!answer.ok) return answer;
  const { cohort, consentReopened } = answer.value;
  // Saved even when nothing of it changes: of two enrolments at once, only one may take the last seat.
  await records.cohorts.save({ ...cohort, consentRound: cohort.consentRound + (consentReopened ? 1 : 0) });
  await records.memberships.add({
    id: world.ids.next(),
    cohortId: cohort.id,
    person: await records.people.known(request.newcomer.account),
    enrolledAt: world.clock.now(),
    ...(consentReopened && { awaitsConsent: true }),
  });
  await settleWait(world, records, request);
  await bringAll(records, cohort.id);
  return answer;
};

/** Enrols. */
export const enrolMember = (world: World, request: EnrolmentRequest): Promise<Outcome<Enrolled>> =>
  world.store.change((records) => enrolIn(world, records, request));
