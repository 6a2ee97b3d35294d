/** Who is in a voice room at this moment, as the gateway tells it. */
export interface Presence {
  /** Accounts of the people (never bots) in the room; undefined while the server cannot be seen. */
  inRoom(guildId: string, channelId: string): readonly string[] | undefined;
}
