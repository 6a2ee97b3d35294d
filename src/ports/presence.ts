/** Who is in a voice room at this moment, as the gateway tells it: to this process, or to another that keeps it for all. */
export interface Presence {
  /** Whether this very process sees who is in the server's voice rooms. */
  sees(guildId: string): boolean;
  /** Accounts of the people (never bots) in the room; undefined while no process sees the server. */
  inRoom(guildId: string, channelId: string): Promise<readonly string[] | undefined>;
}
