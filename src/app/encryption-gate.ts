/** Whether a session may be opened, as far as the encryption of its call goes. */
import type { Cohort } from '../core/cohort.ts';
import { mayOpen } from '../core/encryption.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { type GroupClaim, seatOf } from '../core/seat.ts';
import { SECOND } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { desiredCall } from './bring-voice.ts';
import { claimsNow } from './claims-now.ts';

/** How long whoever opens a session waits at most until everybody is part of the encrypted call, in milliseconds. */
const PATIENCE = 8 * SECOND;

/** Comes into the call before the session is open, unless Hearth's place is another group's; then nobody can tell. */
const comeIn = async (world: World, claim: GroupClaim): Promise<void> => {
  const { guildId } = claim;
  const claims = await claimsNow(world, world.store.records, guildId);
  const seat = seatOf([...claims.filter(({ kind }) => kind === 'session'), claim]);
  if (seat === claim) await world.voice.bring(guildId, await desiredCall(world, claim));
};

/** Allowed at once where the group does not ask for encryption, or nobody is in its room; while that cannot be seen, nobody knows. */
export const encryptionGate = async (world: World, cohort: Cohort): Promise<Outcome<null>> => {
  const { id: cohortId, guildId, settings } = cohort;
  if (settings.encryption === 'warn' || !settings.joinsCalls) return allow(null);
  const channelId = await world.store.records.roomRefs.channelOf(cohortId, { kind: 'voice' });
  if (channelId === undefined) return allow(null);
  const here = () => world.presence.inRoom(guildId, channelId);
  if ((await here())?.length === 0) return allow(null);
  const since = world.clock.now();
  await comeIn(world, { kind: 'lobby', id: cohortId, guildId, cohortId, channelId, since });
  const encryption = await world.voice.encryption(guildId, channelId, PATIENCE);
  const present = await here();
  return present ? mayOpen(settings, encryption, present) : refuse({ code: 'encryption-unknown' });
};
