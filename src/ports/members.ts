/** People of a server, as it knows them now: asked for where no request of Discord's own tells. */
export interface Members {
  /** What each is called there, by account; without those who are not to be found. */
  names(guildId: string, accounts: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether somebody may manage the server by the roles that they bear. */
  manages(guildId: string, account: string): Promise<boolean>;
}
