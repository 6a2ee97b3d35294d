/** Gathers the agreement as it stands now, and what its reader has to do with it. */
import { type Agreement, hashesOf, type SignedText, standingSignature, textFor } from '../core/agreement.ts';
import type { Cohort } from '../core/cohort.ts';
import type { World } from '../ports/world.ts';
import { agreementNow } from './agreement-now.ts';

export interface ShownAgreement extends SignedText {
  readonly agreement: Agreement;
  /** `none`: the reader is not on the roster, and signs nothing. */
  readonly reader: 'signed' | 'unsigned' | 'none';
  readonly signedAt?: Date;
}

export interface Reader {
  readonly account: string;
  /** BCP 47: the language in which they read it. */
  readonly locale: string;
}

const standing = async (
  { store }: World,
  cohort: Cohort,
  agreement: Agreement,
  account: string,
): Promise<Pick<ShownAgreement, 'reader' | 'signedAt'>> => {
  const { memberships, signatures } = store.records;
  const roster = await memberships.roster(cohort.id);
  const member = roster.find(({ person }) => person.account === account);
  if (!member) return { reader: 'none' };
  const required = { sha256s: hashesOf([agreement]), consentRound: cohort.consentRound };
  const signature = standingSignature(member, await signatures.ofCohort(cohort.id), required);
  return signature ? { reader: 'signed', signedAt: signature.signedAt } : { reader: 'unsigned' };
};

/** What is to be signed now, in the reader's language where it is written in that; in whichever it is otherwise. */
export const showAgreement = async (
  world: World,
  cohort: Cohort,
  { account, locale }: Reader,
): Promise<ShownAgreement> => {
  const { toSign } = await agreementNow(world, world.store.records, cohort.id);
  return {
    ...textFor(toSign, locale),
    agreement: toSign,
    ...(await standing(world, cohort, toSign, account)),
  };
};
