/** Takes a message of Hearth's own away from a room. */
import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** Deletes it; null also when somebody else had done so. */
export const takeAway = async (client: Connected, channelId: string, messageId: string): Promise<null> => {
  try {
    await insist(() => client.rest.delete(Routes.channelMessage(channelId, messageId)));
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.UnknownMessage)) throw cause;
  }
  return null;
};
