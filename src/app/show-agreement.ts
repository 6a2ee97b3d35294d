/** Gathers the agreement as it stands now, and what its reader has to do with it. */
import { type Signature, standingSignature } from '../core/agreement.ts';
import type { Cohort } from '../core/cohort.ts';
import type { SignedText } from '../ports/catalogue.ts';
import type { World } from '../ports/world.ts';

export interface ShownAgreement extends SignedText {
  /** `none`: the reader is not on the roster, and signs nothing. */
  readonly reader: 'signed' | 'unsigned' | 'none';
  readonly signedAt?: Date;
}

const signatureOf = async (
  { store }: World,
  cohort: Cohort,
  account: string,
  sha256: string,
): Promise<Signature | 'missing' | 'not-a-member'> => {
  const { memberships, signatures } = store.records;
  const roster = await memberships.roster(cohort.id);
  const member = roster.find(({ person }) => person.account === account);
  if (!member) return 'not-a-member';
  const required = { sha256, consentRound: cohort.consentRound };
  return standingSignature(member, await signatures.ofCohort(cohort.id), required) ?? 'missing';
};

/** The agreement for one reader. */
export const showAgreement = async (
  world: World,
  cohort: Cohort,
  account: string,
): Promise<ShownAgreement> => {
  const agreement = world.catalogue.agreement();
  const signature = await signatureOf(world, cohort, account, agreement.sha256);
  if (signature === 'not-a-member') return { ...agreement, reader: 'none' };
  if (signature === 'missing') return { ...agreement, reader: 'unsigned' };
  return { ...agreement, reader: 'signed', signedAt: signature.signedAt };
};
