/** Notices that an event of the server's calendar was changed or deleted, so that it can be made what it ought to be. */
import { type Client, Events } from 'discord.js';

/** Tells of the voice room of every event that is not as it was: by whose hand, only a look at the calendar can tell. */
export const watchEvents = (client: Client, touched: (channelId: string) => void): void => {
  const tell = (event: { readonly channelId?: string | null }): void => {
    if (event.channelId) touched(event.channelId);
  };
  client.on(Events.GuildScheduledEventUpdate, (before, after) => {
    if (before) tell(before);
    if (before?.channelId !== after.channelId) tell(after);
  });
  client.on(Events.GuildScheduledEventDelete, tell);
};
