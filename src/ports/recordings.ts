/** What can be told of a sound file before it is kept: by what is in it, never by its name. */

export type Inspection =
  | { readonly ok: true; readonly container: 'ogg' | 'webm'; readonly durationMs: number }
  | {
      readonly ok: false;
      /**
       * - `not-audio`: neither an Ogg nor a WebM file
       * - `not-opus`: one of them, with no sound in it or in a form that a call does not take
       * - `damaged`: it ends too soon, or does not hold what it says
       * - `too-long`: it lasts longer than an hour
       */
      readonly why: 'not-audio' | 'not-opus' | 'damaged' | 'too-long';
    };

export interface Recordings {
  /** Safe with whatever was sent: work and memory grow with the bytes that there are, whatever they claim. */
  inspect(bytes: Uint8Array): Inspection;
}
