/** What is known of the end-to-end encryption of a call, and what a cohort makes of it. */
import type { CohortSettings } from './cohort.ts';
import { allow, type Outcome, refuse } from './outcome.ts';

export const ENCRYPTION_POLICIES = ['warn', 'refuse'] as const;

/** `warn`: the card says it. `refuse`: no session is opened while the call is not known to be encrypted with everybody in it. */
export type EncryptionPolicy = (typeof ENCRYPTION_POLICIES)[number];

/**
 * - `unknown`: Hearth is not in this call
 * - `sent-away`: nor will it be, for somebody took it out by hand twice
 * - `agreeing`: it is, and its encryption is just being agreed on
 * - `alone`: nobody else is, so that there is nothing to encrypt yet
 * - `off`: the call is not end-to-end encrypted
 * - `on`: it is
 */
export type CallEncryption =
  | { readonly state: 'unknown' | 'sent-away' | 'agreeing' | 'alone' | 'off' }
  | {
      readonly state: 'on';
      /** 30 digits that everybody in the call sees alike, without spaces. They change with every coming and going. */
      readonly privacyCode: string;
      /** Accounts of those in the room who are no part of the encrypted group; none when all is well. */
      readonly outside: readonly string[];
    };

/** Whether two say the same of a call. */
export const sameEncryption = (one: CallEncryption, other: CallEncryption): boolean => {
  if (one.state !== 'on' || other.state !== 'on') return one.state === other.state;
  return (
    one.privacyCode === other.privacyCode &&
    [...one.outside].sort().join() === [...other.outside].sort().join()
  );
};

/** Whether it is not known at all if the call is encrypted. */
export const isUnknown = ({ state }: CallEncryption): boolean =>
  state === 'unknown' || state === 'sent-away' || state === 'agreeing';

/** Of those who are there, the accounts that are no part of the encrypted group; Hearth alone in it leaves everybody out. */
const outsideOf = (encryption: CallEncryption, present: readonly string[]): readonly string[] =>
  encryption.state === 'on' ? present.filter((account) => encryption.outside.includes(account)) : present;

/**
 * Whether a session may be opened, given who is in its room (accounts). Where nobody is, there is nothing to encrypt
 * yet. Refused, where the cohort asks for it, with `encryption-unknown`, `encryption-not-agreed`,
 * `call-not-encrypted` or `outside-encryption`.
 */
export const mayOpen = (
  settings: Pick<CohortSettings, 'joinsCalls' | 'encryption'>,
  encryption: CallEncryption,
  present: readonly string[],
): Outcome<null> => {
  if (!settings.joinsCalls || settings.encryption === 'warn' || present.length === 0) return allow(null);
  if (encryption.state === 'agreeing') return refuse({ code: 'encryption-not-agreed' });
  if (isUnknown(encryption)) return refuse({ code: 'encryption-unknown' });
  if (encryption.state === 'off') return refuse({ code: 'call-not-encrypted' });
  const people = outsideOf(encryption, present).length;
  return people > 0 ? refuse({ code: 'outside-encryption', people }) : allow(null);
};
