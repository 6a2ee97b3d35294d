/** What is known of the encryption of a call, of its encrypted group and of who is in the room: decided here alone. */
import type { CallEncryption } from '../../core/encryption.ts';
import type { Group } from './messages.ts';

/** `present` are the accounts of all others in the room. */
export const encryptionOf = (group: Group | undefined, present: readonly string[]): CallEncryption => {
  if (!group) return { state: 'unknown' };
  if (present.length === 0) return { state: 'alone' };
  if (group.version === 0) return { state: 'off' };
  if (!group.ready || group.code === undefined) return { state: 'agreeing' };
  const outside = present.filter((account) => !group.members.includes(account));
  return { state: 'on', privacyCode: group.code, outside };
};
