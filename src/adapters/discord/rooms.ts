/** Rooms, boards and announcements in Discord; usable at once, and waiting until the connection stands. */
import { createHash } from 'node:crypto';
import { PermissionFlagsBits as Bit } from 'discord-api-types/v10';
import type { Announcement, Board } from '../../core/board.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Attempt, Rooms } from '../../ports/rooms.ts';
import type { Card } from '../../words/card.ts';
import { attempt } from './attempt.ts';
import { bringRooms, type IsTaken } from './bring-rooms.ts';
import { type CardPayload, cardPayload } from './card-payload.ts';
import type { Connected } from './client.ts';
import { missingFrom } from './permissions.ts';
import { sayOnce } from './say-once.ts';
import { showBoard } from './show-board.ts';

/** How boards and announcements are put into words. A board keeps its title as long as it stands: it is known by it. */
export interface Voice {
  board(board: Board): Card;
  announcement(announcement: Announcement): { readonly text: string };
}

export interface RoomsParts {
  readonly connected: Promise<Connected>;
  readonly voice: Voice;
  readonly clock: Clock;
  readonly isTaken: IsTaken;
}

const NEEDED_TO_WRITE = Bit.ViewChannel | Bit.SendMessages | Bit.EmbedLinks | Bit.ReadMessageHistory;

const missingToWrite = (client: Connected, channelId: string): readonly string[] => {
  const channel = client.channels.cache.get(channelId);
  const held = channel && !channel.isDMBased() ? channel.permissionsFor(client.user)?.bitfield : undefined;
  const missing = missingFrom(held ?? 0n, NEEDED_TO_WRITE);
  return missing.length > 0 ? missing : missingFrom(0n, NEEDED_TO_WRITE);
};

const writing = (
  client: Connected,
  channelId: string,
  write: () => Promise<string>,
): Promise<Attempt<{ readonly messageId: string }>> =>
  attempt(
    async () => ({ messageId: await write() }),
    () => missingToWrite(client, channelId),
  );

/** The port, over Discord. */
export const discordRooms = ({ connected, voice, clock, isTaken }: RoomsParts): Rooms => {
  const payloadOf = (board: Board): CardPayload => cardPayload(voice.board(board));
  return {
    bring: async (guildId, desired, known, found) =>
      bringRooms(await connected, isTaken, { guildId, desired, known, found }),
    face: (board) =>
      createHash('sha256')
        .update(JSON.stringify(payloadOf(board)))
        .digest('hex'),
    show: async (board, standing) => {
      const client = await connected;
      return writing(client, standing.channelId, () =>
        showBoard(client, standing, payloadOf(board), clock.now()),
      );
    },
    say: async (channelId, announcement, once) => {
      const client = await connected;
      const { text } = voice.announcement(announcement);
      return writing(client, channelId, () => sayOnce(client, channelId, text, once));
    },
  };
};
