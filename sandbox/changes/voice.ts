/** Keeps how voice states change: joining, moving, muting and leaving, each told to those who may see it. */
import { canView, viewersOf } from '../permissions.ts';
import { shapeVoiceState } from '../shape/member.ts';
import type { Channel, Guild, Snowflake, VoiceState, World } from '../world.ts';

const tell = (
  world: World,
  guild: Guild,
  state: VoiceState,
  users: readonly Snowflake[],
  channelId: Snowflake | null,
) =>
  world.emit({
    type: 'VOICE_STATE_UPDATE',
    to: { users },
    data: shapeVoiceState(world, guild, state, channelId),
  });

const seeing = (world: World, channelId: Snowflake): Snowflake[] => {
  const channel = world.channels.get(channelId);
  return channel ? viewersOf(world, channel) : [];
};

/** Tells the present voice state of a member to everyone who may see its channel, and to the member. */
export const tellVoiceState = (world: World, guild: Guild, state: VoiceState): void =>
  tell(world, guild, state, [...new Set([state.userId, ...seeing(world, state.channelId)])], state.channelId);

/** Puts a voice state in place; who saw the place left behind but not the new one is told of a leaving. */
export const putVoiceState = (world: World, guild: Guild, state: VoiceState): void => {
  const before = guild.voiceStates.get(state.userId);
  guild.voiceStates.set(state.userId, state);
  tellVoiceState(world, guild, state);
  if (!before || before.channelId === state.channelId) return;
  const target = world.channels.get(state.channelId);
  const blind = seeing(world, before.channelId).filter(
    (id) => id !== state.userId && !(target && canView(world, target, id)),
  );
  tell(world, guild, state, blind, null);
};

/** Takes a member out of voice. */
export const dropVoiceState = (world: World, guild: Guild, userId: Snowflake): void => {
  const state = guild.voiceStates.get(userId);
  if (!state) return;
  guild.voiceStates.delete(userId);
  tell(world, guild, state, [...new Set([userId, ...seeing(world, state.channelId)])], null);
};

/** How many members are connected to a voice channel. */
export const headcount = (guild: Guild, channel: Channel): number =>
  [...guild.voiceStates.values()].filter((state) => state.channelId === channel.id).length;
