/** Rooms, boards and announcements in Discord; usable at once, and waiting until the connection stands. */
import { createHash } from 'node:crypto';
import type { Announcement, Board } from '../../core/board.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Attempt, Rooms } from '../../ports/rooms.ts';
import type { Card, Spoken } from '../../words/card.ts';
import { attempt } from './attempt.ts';
import { auditRooms } from './audit-rooms.ts';
import { type Around, bringRooms } from './bring-rooms.ts';
import { type CardPayload, cardPayload } from './card-payload.ts';
import type { Connected } from './client.ts';
import { inviteToWatch, WATCH_TOGETHER } from './invite-to-watch.ts';
import { missingIn } from './missing-in.ts';
import { NEEDED_TO_WRITE } from './permissions.ts';
import { sayOnce } from './say-once.ts';
import { showBoard } from './show-board.ts';
import { shutRoom } from './shut-room.ts';
import { takeAway } from './take-away.ts';

/** How boards and announcements are put into words. A board keeps its title as long as it stands: it is known by it. */
export interface Wording {
  board(board: Board): Card;
  announcement(announcement: Announcement): Spoken;
}

export interface RoomsParts extends Around {
  readonly connected: Promise<Connected>;
  readonly wording: Wording;
  readonly clock: Clock;
  /** Id of the application in which people watch together; Discord's own when missing. */
  readonly watchTogether?: string | undefined;
}

const writing = (
  client: Connected,
  channelId: string,
  write: () => Promise<string>,
): Promise<Attempt<{ readonly messageId: string }>> =>
  attempt(
    async () => ({ messageId: await write() }),
    () => missingIn(client, channelId, NEEDED_TO_WRITE),
  );

/** The port, over Discord. */
export const discordRooms = ({
  connected,
  wording,
  clock,
  watchTogether = WATCH_TOGETHER,
  ...around
}: RoomsParts): Rooms => {
  const payloadOf = (board: Board): CardPayload => cardPayload(wording.board(board));
  return {
    bring: async (guildId, desired, known, found, changing) =>
      bringRooms(await connected, around, { guildId, desired, known, found, ...(changing && { changing }) }),
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
    takeAway: async (channelId, messageId) => {
      const client = await connected;
      return attempt(
        async () => takeAway(client, channelId, messageId),
        () => missingIn(client, channelId, NEEDED_TO_WRITE),
      );
    },
    inviteToWatch: async (channelId) => inviteToWatch(await connected, channelId, watchTogether),
    shut: async (guildId, channelId) => shutRoom(await connected, guildId, channelId),
    auditOf: async (guildId, known, closely) => auditRooms(await connected, { guildId, known, closely }),
    say: async (channelId, announcement, once) => {
      const client = await connected;
      const spoken = wording.announcement(announcement);
      return writing(client, channelId, () => sayOnce(client, channelId, spoken, once));
    },
  };
};
