/** Gathers what is known of the encryption of a group's call at this moment. */
import type { Cohort } from '../core/cohort.ts';
import type { CallEncryption } from '../core/encryption.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

const voiceRoom = ({ store }: Pick<World, 'store'>, cohortId: string): Promise<string | undefined> =>
  store.records.roomRefs.channelOf(cohortId, { kind: 'voice' });

/** What the call itself tells, or else what it told last while the session or the lobby stood open. */
export const showEncryption = async (
  world: Pick<World, 'store' | 'voice'>,
  { id, guildId }: Pick<Cohort, 'id' | 'guildId'>,
): Promise<CallEncryption> => {
  const channelId = await voiceRoom(world, id);
  if (channelId === undefined) return { state: 'unknown' };
  const live = await world.voice.encryption(guildId, channelId);
  return live.state === 'unknown' ? world.store.records.callEncryptions.ofCohort(id) : live;
};

/** The 45 digits that somebody's own client shows for Hearth; refused with `no-code-now` unless both are in the call. */
export const codeOf = async (
  world: Pick<World, 'store' | 'voice'>,
  { id, guildId }: Pick<Cohort, 'id' | 'guildId'>,
  account: string,
): Promise<Outcome<string>> => {
  const channelId = await voiceRoom(world, id);
  const code =
    channelId === undefined ? undefined : await world.voice.verification(guildId, channelId, account);
  return code === undefined ? refuse({ code: 'no-code-now' }) : allow(code);
};
