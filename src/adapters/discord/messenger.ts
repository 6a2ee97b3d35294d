/** What is told to one person in Discord: by direct message, or by name in a room. */
import { type APIDMChannel, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import type { Notice } from '../../core/notice.ts';
import type { Delivery, Messenger } from '../../ports/messenger.ts';
import type { Once } from '../../ports/rooms.ts';
import type { Card, Spoken } from '../../words/card.ts';
import { mention } from '../../words/markup.ts';
import { attempt, refusedWith } from './attempt.ts';
import { type CardPayload, cardPayload } from './card-payload.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { missingIn } from './missing-in.ts';
import { NEEDED_TO_WRITE } from './permissions.ts';
import { sayOnce, sendOnce } from './say-once.ts';
import { faceOf } from './show-board.ts';

/** How notices are put into words. */
export interface NoticeWording {
  notice(notice: Notice): Card;
  noticeInRoom(notice: Notice): { readonly text: string };
}

export interface MessengerParts {
  readonly connected: Promise<Connected>;
  readonly wording: NoticeWording;
}

/** Somebody whom Hearth cannot reach alone: their door is shut, or nobody is behind it. */
const CLOSED: readonly Code[] = [
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  Code.UnknownUser,
  Code.InvalidRecipients,
];

type ChannelOf = (client: Connected, account: string) => Promise<string>;

/** The channel between Hearth and somebody never changes: it is asked for once in the life of the process. */
const directChannels = (): ChannelOf => {
  const known = new Map<string, string>();
  return async (client, account) => {
    const before = known.get(account);
    if (before !== undefined) return before;
    const body = { recipient_id: account };
    // Discord's documented answer of this route; it opens the same channel however often it is asked.
    const { id } = (await insist(() => client.rest.post(Routes.userChannels(), { body }))) as APIDMChannel;
    known.set(account, id);
    return id;
  };
};

const sendCard = (
  client: Connected,
  channelId: string,
  payload: CardPayload,
  once: Once,
): Promise<string> => {
  const isLike = (message: Parameters<typeof faceOf>[0]): boolean => faceOf(message) === faceOf(payload);
  return sendOnce(client, channelId, { payload, isLike }, once);
};

const deliver = async (send: () => Promise<string>): Promise<Delivery> => {
  try {
    return await attempt(
      async () => ({ messageId: await send() }),
      async () => [],
    );
  } catch (cause) {
    if (CLOSED.some((code) => refusedWith(cause, code))) return { did: 'closed' };
    throw cause;
  }
};

/** The port, over Discord. */
export const discordMessenger = ({ connected, wording }: MessengerParts): Messenger => {
  const channelOf = directChannels();
  const call = async (channelId: string, account: string, said: Spoken, once: Once) => {
    const client = await connected;
    const spoken = { ...said, text: `${mention(account)} ${said.text}`, calls: [account] };
    return attempt(
      async () => ({ messageId: await sayOnce(client, channelId, spoken, once) }),
      () => missingIn(client, channelId, NEEDED_TO_WRITE),
    );
  };
  return {
    direct: async (account, notice, once) => {
      const client = await connected;
      const payload = cardPayload(wording.notice(notice));
      return deliver(async () => sendCard(client, await channelOf(client, account), payload, once));
    },
    mention: (channelId, account, notice, once) =>
      call(channelId, account, wording.noticeInRoom(notice), once),
    aside: (channelId, account, notice, once) => {
      const { text = '', actions = [] } = wording.notice(notice);
      return call(channelId, account, { text, actions }, once);
    },
  };
};
