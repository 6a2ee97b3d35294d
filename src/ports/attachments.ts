/** Files that somebody sent with a command, as they lie at Discord for a while. */

export type Fetched =
  | { readonly did: 'fetched'; readonly bytes: Uint8Array }
  /** `unreachable`: not there, not Discord's, or not within the time that is given to it. */
  | { readonly did: 'failed'; readonly why: 'too-big' | 'unreachable' };

export interface Attachments {
  /** At most `most` bytes of memory are ever taken, whatever the file claims to be. Never throws. */
  load(address: string, most: number): Promise<Fetched>;
}
