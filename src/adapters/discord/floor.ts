/** Mutes and moves in Discord. */
import { type APIGuildMember, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import type { Floor, Switched } from '../../ports/floor.ts';
import { refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** Stands in the server's audit log. */
const REASON = 'A facilitator moderates the session';

const REFUSALS: readonly (readonly [Code, Switched])[] = [
  [Code.TargetUserIsNotConnectedToVoice, 'not-in-voice'],
  [Code.UnknownMember, 'gone'],
  [Code.UnknownGuild, 'gone'],
  [Code.UnknownChannel, 'no-room'],
  [Code.MissingPermissions, 'forbidden'],
  [Code.MissingAccess, 'forbidden'],
];

/** The port, over Discord. */
export const discordFloor = (connected: Promise<Connected>): Floor => {
  const change = async (guildId: string, account: string, body: object): Promise<Switched> => {
    const client = await connected;
    try {
      const route = Routes.guildMember(guildId, account);
      await insist(() => client.rest.patch(route, { body, reason: REASON }));
      return 'done';
    } catch (cause) {
      const found = REFUSALS.find(([code]) => refusedWith(cause, code));
      if (!found) throw cause;
      return found[1];
    }
  };
  return {
    isMuted: async (guildId, account) => {
      const client = await connected;
      try {
        // Asked anew each time: what is remembered of members is not kept up without a privileged intent.
        const member = await insist(() => client.rest.get(Routes.guildMember(guildId, account)));
        // Discord's documented answer of this route.
        return (member as APIGuildMember).mute;
      } catch (cause) {
        if (refusedWith(cause, Code.UnknownMember) || refusedWith(cause, Code.UnknownGuild)) return false;
        throw cause;
      }
    },
    mute: (guildId, account, mute) => change(guildId, account, { mute }),
    move: (guildId, account, channelId) => change(guildId, account, { channel_id: channelId }),
  };
};
