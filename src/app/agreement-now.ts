/** Which agreement holds in a cohort now, and that its words are kept. */
import {
  type Agreement,
  type AgreementsNow,
  agreementsNow,
  hashesOf,
  type Required,
  sameAgreement,
} from '../core/agreement.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

type Reading = Pick<World, 'catalogue'>;

/** What people are asked to sign, and what the rooms are open under. */
export const agreementNow = async (
  { catalogue }: Reading,
  { agreements }: Pick<Records, 'agreements'>,
  cohortId: string,
): Promise<AgreementsNow> => agreementsNow(await agreements.now(cohortId), catalogue.agreement());

/** What must have been signed for the rooms of the cohort to be open. */
export const requiredNow = async (
  world: Reading,
  records: Pick<Records, 'agreements'>,
  { id, consentRound }: Pick<Cohort, 'id' | 'consentRound'>,
): Promise<Required> => {
  const { holding } = await agreementNow(world, records, id);
  return { sha256s: hashesOf(holding), consentRound };
};

/** Keeps the programme's own words as they hold now, within the change by which somebody is bound by them. */
export const keepAgreement = async (
  { catalogue, clock }: Pick<World, 'catalogue' | 'clock'>,
  { agreements }: Pick<Records, 'agreements'>,
  cohortId: string,
): Promise<Agreement> => {
  const { latest } = await agreements.now(cohortId);
  const { toSign } = agreementsNow(latest ? { latest } : {}, catalogue.agreement());
  if (latest && sameAgreement(latest, toSign)) return toSign;
  const number = (latest?.number ?? 0) + 1;
  await agreements.keep({ ...toSign, cohortId, number, from: 'programme', keptAt: clock.now() });
  return toSign;
};

/** Within the change that ends a session: what was published in the middle of it holds from now on, and closes the rooms. */
export const endOldAgreement = async (
  { catalogue }: Reading,
  records: Pick<Records, 'agreements' | 'jobs'>,
  { cohortId, startedAt }: { readonly cohortId: string; readonly startedAt: Date },
): Promise<void> => {
  const atOpening = await records.agreements.heldAt(cohortId, startedAt);
  const { toSign } = await agreementNow({ catalogue }, records, cohortId);
  if (atOpening && !sameAgreement(atOpening, toSign)) await bringAll(records, cohortId);
};
