/** What voice needs of Discord's gateway, by which calls are asked for, and which tells who is in them. */

/** Whether a room can be entered now; `unreachable` while the gateway does not see it. */
export type Admission = 'yes' | 'forbidden' | 'full' | 'gone' | 'unreachable';

/** Where the bot is to be: nowhere when `channelId` is missing. */
export interface AskedState {
  readonly channelId: string | undefined;
  readonly deaf: boolean;
}

export interface GatewayEars {
  /** About the bot itself, in Discord's own words: how it stands in a server's voice, and which voice server is to be used. */
  packet(guildId: string, what: 'state' | 'server', packet: unknown): void;
  /** Somebody came into a voice room of this server, or left it. */
  changed(guildId: string): void;
}

export interface VoiceGateway {
  admission(guildId: string, channelId: string): Admission;
  /** The room in which the bot is, as Discord sees it. */
  standsIn(guildId: string): string | undefined;
  /** Accounts of everybody else in the room, bots too. */
  present(guildId: string, channelId: string): readonly string[];
  /** Asks Discord to let the bot be there; false when it cannot be asked now. */
  ask(guildId: string, state: AskedState): boolean;
  /** Who is to be told; called once. */
  listen(ears: GatewayEars): void;
}
