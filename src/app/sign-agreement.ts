/** Records that somebody signed the exact text of the agreement that stands now. */
import {
  type Agreement,
  confirms,
  hashesOf,
  type Signature,
  type SignedText,
  standingSignature,
} from '../core/agreement.ts';
import type { Membership } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { admitNewcomers } from './admit-newcomers.ts';
import { keepAgreement } from './agreement-now.ts';
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

/** The text that was shown, when it is still one of those that are to be signed and the right words were typed. */
const worded = ({ texts }: Agreement, { typed, shown }: SigningRequest): Outcome<SignedText> => {
  const signed = texts.find(({ sha256 }) => sha256 === shown);
  if (!signed) return refuse({ code: 'agreement-changed' });
  return confirms(typed, signed.text)
    ? allow(signed)
    : refuse({ code: 'confirmation-differs', expected: signed.text.confirmation });
};

interface Signer {
  readonly member: Membership;
  readonly consentRound: number;
}

const signer = async (
  records: Records,
  { cohortId, account }: SigningRequest,
  agreement: Agreement,
): Promise<Outcome<Signer>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const { consentRound } = cohort.value;
  const roster = await records.memberships.roster(cohortId);
  const member = roster.find(({ person }) => person.account === account);
  if (!member) return refuse({ code: 'not-enrolled' });
  const signatures = await records.signatures.ofCohort(cohortId);
  return standingSignature(member, signatures, { sha256s: hashesOf([agreement]), consentRound })
    ? refuse({ code: 'already-signed' })
    : allow({ member, consentRound });
};

export interface Signed {
  readonly signature: Signature;
  /** Whether the signer comes in only when everybody else has signed. */
  readonly waits: boolean;
}

/** Signs; the rooms open with it, and to those who waited for the last to sign. */
export const signAgreement = (world: World, request: SigningRequest): Promise<Outcome<Signed>> =>
  world.store.change<Signed>(async (records) => {
    const agreement = await keepAgreement(world, records, request.cohortId);
    const who = await signer(records, request, agreement);
    if (!who.ok) return who;
    const words = worded(agreement, request);
    if (!words.ok) return words;
    const signature: Signature = {
      id: world.ids.next(),
      membershipId: who.value.member.id,
      consentRound: who.value.consentRound,
      version: agreement.version,
      sha256: words.value.sha256,
      locale: words.value.text.locale,
      signedAt: world.clock.now(),
      method: request.method,
    };
    await records.signatures.add(signature);
    const admitted = await admitNewcomers(world, records, request.cohortId);
    await bringAll(records, request.cohortId);
    const { id, awaitsConsent } = who.value.member;
    return allow({ signature, waits: awaitsConsent === true && !admitted.includes(id) });
  });
