/** Who is heard in voice, and where somebody is: Discord's own switches for one person. */

/**
 * `not-in-voice`: Discord changes nothing of somebody who is in no voice room; `gone`: they have left the server;
 * `no-room`: the room does not stand.
 */
export type Switched = 'done' | 'not-in-voice' | 'gone' | 'no-room' | 'forbidden';

export interface Floor {
  /** Whether they are muted in the server, by whomever. */
  isMuted(guildId: string, account: string): Promise<boolean>;
  mute(guildId: string, account: string, isMuted: boolean): Promise<Switched>;
  /** Into another voice room of the server. */
  move(guildId: string, account: string, channelId: string): Promise<Switched>;
}
