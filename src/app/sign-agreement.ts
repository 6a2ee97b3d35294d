/** Records that somebody signed the exact text of the agreement that stands now. */
import { confirms, type Signature, standingSignature } from '../core/agreement.ts';
import type { Membership } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { SignedText } from '../ports/catalogue.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';

export interface SigningRequest {
  readonly cohortId: string;
  readonly account: string;
  /** What the person typed to confirm. */
  readonly typed: string;
  /** SHA-256 of the text that the person was shown. */
  readonly shown: string;
  readonly method: Signature['method'];
}

const worded = ({ text, sha256 }: SignedText, { typed, shown }: SigningRequest): Outcome<null> => {
  if (shown !== sha256) return refuse({ code: 'agreement-changed' });
  return confirms(typed, text)
    ? allow(null)
    : refuse({ code: 'confirmation-differs', expected: text.confirmation });
};

interface Signer {
  readonly member: Membership;
  readonly consentRound: number;
}

const signer = async (
  records: Records,
  { cohortId, account }: SigningRequest,
  sha256: string,
): Promise<Outcome<Signer>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const { consentRound } = cohort.value;
  const roster = await records.memberships.roster(cohortId);
  const member = roster.find(({ person }) => person.account === account);
  if (!member) return refuse({ code: 'not-enrolled' });
  const signatures = await records.signatures.ofCohort(cohortId);
  return standingSignature(member, signatures, { sha256, consentRound })
    ? refuse({ code: 'already-signed' })
    : allow({ member, consentRound });
};

/** Signs; the rooms open with it. */
export const signAgreement = (world: World, request: SigningRequest): Promise<Outcome<Signature>> =>
  world.store.change<Signature>(async (records) => {
    const agreement = world.catalogue.agreement();
    const who = await signer(records, request, agreement.sha256);
    if (!who.ok) return who;
    const words = worded(agreement, request);
    if (!words.ok) return words;
    const signature: Signature = {
      id: world.ids.next(),
      membershipId: who.value.member.id,
      consentRound: who.value.consentRound,
      version: agreement.text.version,
      sha256: agreement.sha256,
      locale: agreement.text.locale,
      signedAt: world.clock.now(),
      method: request.method,
    };
    await records.signatures.add(signature);
    await bringAll(records, request.cohortId);
    return allow(signature);
  });
