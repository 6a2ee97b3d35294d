/** What is known of the end-to-end encryption of a call, and what a cohort makes of it. */

export const ENCRYPTION_POLICIES = ['warn', 'refuse'] as const;

/** `warn`: the card says it. `refuse`: no session is opened while the call is not known to be encrypted with everybody in it. */
export type EncryptionPolicy = (typeof ENCRYPTION_POLICIES)[number];

/**
 * - `unknown`: Hearth is not in this call, or its encryption is just being agreed on
 * - `alone`: nobody else is, so that there is nothing to encrypt yet
 * - `off`: the call is not end-to-end encrypted
 * - `on`: it is
 */
export type CallEncryption =
  | { readonly state: 'unknown' }
  | { readonly state: 'alone' }
  | { readonly state: 'off' }
  | {
      readonly state: 'on';
      /** 30 digits that everybody in the call sees alike, without spaces. They change with every coming and going. */
      readonly privacyCode: string;
      /** Accounts of those in the room who are no part of the encrypted group; none when all is well. */
      readonly outside: readonly string[];
    };
