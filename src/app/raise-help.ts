/** Keeps that somebody asked for help, and has those who are on call told: the same however often it is tried. */
import type { Cohort } from '../core/cohort.ts';
import type { Plea } from '../core/help.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records, Store } from '../ports/store.ts';
import { type AlertWorld, raiseAlert } from './raise-alert.ts';

/** The groups that may be meant, the likeliest first: of the button, of the room, and all of theirs. */
const groupsMeant = async ({ cohorts }: Records, plea: Plea): Promise<readonly Cohort[]> => {
  const { account, guildId, channelId, cohortId } = plea;
  const [named, here, own] = await Promise.all([
    cohortId === undefined ? undefined : cohorts.byId(cohortId),
    cohorts.byChannel(channelId),
    guildId === '' ? [] : cohorts.ofAccount(guildId, account),
  ]);
  return [...(named ? [named] : []), ...(here ? [here] : []), ...own];
};

const belongs = async ({ memberships }: Records, cohort: Cohort, account: string): Promise<boolean> => {
  if (cohort.state !== 'active') return false;
  if ([cohort.lead, cohort.coFacilitator].some((each) => each.account === account)) return true;
  return (await memberships.roster(cohort.id)).some(({ person }) => person.account === account);
};

/**
 * The first of them to which the person belongs, and for which somebody is on call. Where people were told already, it is
 * kept for them, also when the person has left the group within moments: an alert that opens to nobody helps nobody.
 */
const groupOf = async (records: Records, plea: Plea): Promise<Cohort | undefined> => {
  const told = plea.toldIn === undefined ? undefined : await records.cohorts.byId(plea.toldIn);
  if (told) return told;
  for (const cohort of await groupsMeant(records, plea)) {
    const isCovered = (await records.onCalls.ofCohort(cohort.id)) !== undefined;
    if (isCovered && (await belongs(records, cohort, plea.account))) return cohort;
  }
  return undefined;
};

/** The alert that it made, or to which it was added. */
export interface Raised {
  readonly cohortId: string;
  readonly alertId: string;
}

/** Nothing for what was kept before. Where nobody is on call, nothing is kept and nobody told: so it was said. */
export const raiseHelp = (
  world: AlertWorld & { readonly store: Store },
  plea: Plea,
): Promise<Outcome<Raised | undefined>> =>
  world.store.change<Raised | undefined>(async (records) => {
    const cohort = await groupOf(records, plea);
    if (!cohort) return allow(undefined);
    const { id: requestId, at, alertId, noticeId, sayingId } = plea;
    const person = await records.people.known(plea.account);
    const alert = await raiseAlert(world, records, {
      ...{ cohort, kind: 'help', person, requestId, at, alertId, noticeId, sayingId },
    });
    return allow(alert && { cohortId: cohort.id, alertId: alert.id });
  });
