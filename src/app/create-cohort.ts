/** Makes a cohort, or brings the rooms of the one that already bears the name. */
import type { GroupType, SessionMinutes } from '../core/agenda.ts';
import { type Cohort, staffable, USUAL_POLICY, USUAL_SETTINGS } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { checkZone } from '../core/zone.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { keepAgreement } from './agreement-now.ts';
import { bringAll } from './bring-all.ts';

interface Candidate {
  readonly account: string;
  readonly bot: boolean;
}

export interface CohortPlan {
  readonly guildId: string;
  readonly name: string;
  readonly groupType: GroupType;
  readonly clinical?: true;
  readonly capacity: number;
  readonly sessionMinutes: SessionMinutes;
  /** As somebody wrote it. */
  readonly zone: string;
  readonly lead: Candidate;
  readonly coFacilitator: Candidate;
}

export interface Made {
  readonly cohort: Cohort;
  /** `before`: a cohort of that name was there, and nothing about it was changed. */
  readonly made: 'now' | 'before';
}

const newCohort = async (
  { ids, clock }: World,
  { people }: Records,
  { lead, coFacilitator, ...plan }: CohortPlan,
): Promise<Cohort> => ({
  ...plan,
  id: ids.next(),
  lead: await people.known(lead.account),
  coFacilitator: await people.known(coFacilitator.account),
  policy: USUAL_POLICY,
  settings: {
    ...USUAL_SETTINGS,
    privateAnswers: plan.clinical ? 'link' : 'discord',
    confirmsPlace: plan.clinical ?? false,
  },
  consentRound: 1,
  state: 'active',
  createdAt: clock.now(),
  version: 0,
});

const ofName = async ({ cohorts }: Records, guildId: string, name: string): Promise<Cohort | undefined> => {
  const wanted = name.toLowerCase();
  return (await cohorts.ofGuild(guildId)).find((cohort) => cohort.name.toLowerCase() === wanted);
};

/** Typed twice, or after a crash in the middle, it leaves one complete cohort: its rooms are brought again. */
export const createCohort = async (world: World, plan: CohortPlan): Promise<Outcome<Made>> => {
  const staff = staffable(plan.lead, plan.coFacilitator);
  if (!staff.ok) return staff;
  if (plan.clinical && !world.pages.areSafe) return refuse({ code: 'pages-not-safe' });
  const zone = checkZone(plan.zone, Intl.supportedValuesOf('timeZone'));
  if (!zone.ok) return zone;
  return world.store.change<Made>(async (records) => {
    const before = await ofName(records, plan.guildId, plan.name);
    const cohort = before ?? (await newCohort(world, records, { ...plan, zone: zone.value }));
    const added = before ? allow(null) : await records.cohorts.add(cohort);
    if (!added.ok) return added;
    if (!before) await keepAgreement(world, records, cohort.id);
    await bringAll(records, cohort.id);
    return allow({ cohort, made: before ? 'before' : 'now' });
  });
};
