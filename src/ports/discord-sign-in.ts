/** Has Discord tell who somebody is, in their own browser. */
export interface DiscordSignIn {
  /** Where the browser goes; undefined where whoever runs Hearth has not set it up. */
  address(state: string, challenge: string): Promise<string | undefined>;
  /** The account of whoever came back with that code; undefined for one that is not good. */
  account(code: string, verifier: string): Promise<string | undefined>;
}
