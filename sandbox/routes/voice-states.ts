/** Keeps the routes that tell where a member is connected. */
import { requireIn, theGuild } from '../access.ts';
import { refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { type Call, ok, type Route } from '../rest/route.ts';
import { shapeVoiceState } from '../shape/member.ts';
import type { Snowflake } from '../world.ts';

const getVoiceState = (call: Call, userId: Snowflake) => {
  const guild = theGuild(call);
  const state = guild.voiceStates.get(userId);
  const channel = call.world.channels.get(state?.channelId ?? '');
  if (!state || !channel) throw refuse('unknownVoiceState');
  if (userId !== call.actor.id) requireIn(call, channel, BITS.VIEW_CHANNEL);
  return ok(shapeVoiceState(call.world, guild, state));
};

/** Routes of voice states. */
export const voiceStateRoutes: Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild/voice-states/@me',
    handle: (call) => getVoiceState(call, call.actor.id),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/voice-states/:user',
    handle: (call) => getVoiceState(call, call.param('user')),
  },
];
