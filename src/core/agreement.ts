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
  /** What may be done because an item says so to those who sign it: that item, word for word. Nothing, when missing. */
  readonly allows?: Readonly<Partial<Record<Permission, string>>>;
}

/** A text, and how exactly that text is known. */
export interface SignedText {
  readonly text: AgreementText;
  /** SHA-256 of its body, in hexadecimal. */
  readonly sha256: string;
}

/** One version of an agreement: one text a language, the first for whoever reads none of them. */
export interface Agreement {
  readonly version: string;
  readonly texts: readonly [SignedText, ...SignedText[]];
}

/** A version as it was kept when it came to hold in a cohort: its words can be read again for as long as anything is. */
export interface KeptAgreement extends Agreement {
  readonly cohortId: string;
  /** 1, 2, 3 … in its cohort. */
  readonly number: number;
  /** `cohort`: written for this one, and then holds until another is; `programme`: holds while the programme brings it. */
  readonly from: 'programme' | 'cohort';
  readonly keptAt: Date;
  /** Account of the admin who published it; missing for the programme's. */
  readonly publishedBy?: string;
}

/** A text that an admin is writing, and that nobody is asked to sign before it is published. */
export interface AgreementDraft {
  readonly cohortId: string;
  readonly text: Omit<AgreementText, 'version'>;
  /** SHA-256 of the first text of the version that stood when it was begun. */
  readonly basedOn: string;
  /** Account. */
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly version: number;
}

/** What a cohort has kept, as far as it still matters. */
export interface KeptNow {
  readonly latest?: KeptAgreement;
  /** What was the latest when the session was opened that is not over yet. */
  readonly atOpening?: KeptAgreement;
}

/** What people are asked to sign, and every version under which the rooms are open. */
export interface AgreementsNow {
  readonly toSign: Agreement;
  readonly holding: readonly Agreement[];
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

/** What must have been signed for the rooms to open: one of these texts, in this round of consent. */
export interface Required {
  readonly sha256s: readonly string[];
  readonly consentRound: number;
}

/**
 * What holds now. A version that comes in the middle of a session can be signed at once, and closes no room before the
 * session is over.
 */
export const agreementsNow = ({ latest, atOpening }: KeptNow, programme: Agreement): AgreementsNow => {
  const toSign = latest?.from === 'cohort' ? latest : programme;
  return { toSign, holding: atOpening ? [atOpening, toSign] : [toSign] };
};

/** The hashes of all texts of these versions. */
export const hashesOf = (agreements: readonly Agreement[]): readonly string[] => [
  ...new Set(agreements.flatMap(({ texts }) => texts.map(({ sha256 }) => sha256))),
];

/** Whether it is the same version, word for word, in the same languages. */
export const sameAgreement = (one: Agreement, other: Agreement): boolean =>
  [...hashesOf([one])].sort().join() === [...hashesOf([other])].sort().join();

const languageOf = (locale: string): string => locale.toLowerCase().split('-')[0] ?? '';

/** The text of a version for somebody whose client speaks this language (BCP 47). */
export const textFor = ({ texts }: Agreement, locale: string): SignedText =>
  texts.find(({ text }) => languageOf(text.locale) === languageOf(locale)) ?? texts[0];

const says = ({ items, allows }: AgreementText, permission: Permission): boolean => {
  const item = allows?.[permission];
  return item !== undefined && items.includes(item);
};

/** Whether everybody who signs, in whichever language, is told of it in an item. */
export const allowedBy = (agreements: readonly Agreement[], permission: Permission): boolean =>
  agreements.every(({ texts }) => texts.every(({ text }) => says(text, permission)));

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
      required.sha256s.includes(signature.sha256) &&
      signature.consentRound === required.consentRound,
  );

/** Whether the rooms are open to the member: they have signed, and the others do not have to agree to them any more. */
export const isInside = (
  membership: Membership,
  signatures: readonly Signature[],
  required: Required,
): boolean =>
  membership.awaitsConsent !== true && standingSignature(membership, signatures, required) !== undefined;

/** Whether everybody agrees to those who wait: true also when nobody is left who would have to. */
export const othersAgree = (
  roster: readonly Membership[],
  signatures: readonly Signature[],
  required: Required,
): boolean =>
  roster.every(
    (member) =>
      member.awaitsConsent === true || standingSignature(member, signatures, required) !== undefined,
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
