/** The confidentiality agreement, and who has signed which exact text. */
import type { Membership } from './cohort.ts';

/** What an agreement may let a programme do that it may not do otherwise. */
export type Permission = 'talk-time';

export interface AgreementText {
  /** Version as its authors number it. */
  readonly version: string;
  readonly locale: string;
  readonly title: string;
  readonly items: readonly string[];
  /** What a person types to sign. */
  readonly confirmation: string;
  /** What its items say to those who sign it, so that it may be done; nothing, when missing. */
  readonly allows?: readonly Permission[];
}

export interface Signature {
  readonly id: string;
  readonly membershipId: string;
  readonly consentRound: number;
  readonly version: string;
  /** SHA-256, in hexadecimal, of the exact text that was shown. */
  readonly sha256: string;
  readonly locale: string;
  readonly signedAt: Date;
  readonly method: 'form' | 'command';
  readonly withdrawnAt?: Date;
}

/** What must have been signed for the rooms to open: this text, in this round of consent. */
export interface Required {
  readonly sha256: string;
  readonly consentRound: number;
}

/** Whether those who sign the text have been told of it in its items. */
export const allowedBy = (text: AgreementText, permission: Permission): boolean =>
  text.allows?.includes(permission) ?? false;

/** The text exactly as it is shown, and hashed. */
export const agreementBody = (text: AgreementText): string =>
  [text.title, ...text.items.map((item, index) => `${index + 1}. ${item}`)].join('\n');

/** The member's signature that holds now, if there is one. */
export const standingSignature = (
  membership: Membership,
  signatures: readonly Signature[],
  required: Required,
): Signature | undefined =>
  signatures.find(
    (signature) =>
      signature.membershipId === membership.id &&
      signature.withdrawnAt === undefined &&
      signature.sha256 === required.sha256 &&
      signature.consentRound === required.consentRound,
  );

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^["'“‘]+|["'”’.!]+$/g, '')
    .toLowerCase();

/** What a person typed counts when it says the same words, whatever the case, the spacing and the marks around it. */
export const confirms = (typed: string, text: AgreementText): boolean =>
  plain(typed) === plain(text.confirmation);
