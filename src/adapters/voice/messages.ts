/** What the bot and the process that is in the calls say to each other; a line is one attempt to be in a call. */
import type { Reading } from '../../core/microphone.ts';
import type { Score } from '../../core/sound.ts';

export type SentSound =
  | { readonly kind: 'score'; readonly score: Score }
  | { readonly kind: 'recording'; readonly bytes: Uint8Array };

export interface SentPlay {
  readonly id: string;
  /** Missing when it was sent before. */
  readonly sound?: SentSound;
  readonly state: 'playing' | 'paused';
  readonly positionMs: number;
}

/** What is known of the encrypted group of a call; `members` include the bot. */
export interface Group {
  /** Of the protocol; 0 when nothing is encrypted end to end. */
  readonly version: number;
  /** Whether the group stands, and the bot is in it. */
  readonly ready: boolean;
  readonly code: string | undefined;
  readonly members: readonly string[];
}

/** What is asked of a line. */
export interface Questions {
  group: Record<never, never>;
  verification: { readonly account: string };
  /** Plays it, when nothing else is heard. */
  once: { readonly score: Score };
  listen: { readonly account: string; readonly forMs: number };
  /** Plays what was listened to, and forgets it. */
  playBack: Record<never, never>;
  forget: Record<never, never>;
}

/** What is answered; nothing at all when the line is no more. */
export interface Answers {
  group: Group;
  verification: string;
  /** Whether it was played to its end. */
  once: boolean;
  listen: Reading;
  playBack: boolean;
  forget: true;
}

export type About = keyof Questions;
export type Question<Of extends About = About> = {
  [Each in Of]: { readonly about: Each } & Questions[Each];
}[Of];

/** From the bot. */
export type Order =
  | { readonly do: 'trust'; readonly certificates: readonly string[] }
  | { readonly do: 'open'; readonly line: number; readonly guildId: string; readonly channelId: string }
  | { readonly do: 'close'; readonly line: number }
  /** Discord's own packets, as they came by the gateway. */
  | {
      readonly do: 'hear';
      readonly line: number;
      readonly what: 'state' | 'server';
      readonly packet: unknown;
    }
  | { readonly do: 'note'; readonly line: number; readonly noting: boolean }
  | { readonly do: 'play'; readonly line: number; readonly play: SentPlay | undefined }
  | { readonly do: 'ask'; readonly line: number; readonly request: number; readonly question: Question };

/** Milliseconds between two signs of life. */
export const ALIVE_EVERY = 3_000;

/** To the bot. */
export type Telling =
  | { readonly tell: 'alive' }
  | { readonly tell: 'ready' | 'connecting' | 'stirred'; readonly line: number }
  /** By Discord's close code, where there was one. */
  | { readonly tell: 'lost'; readonly line: number; readonly code: number | undefined }
  /** Milliseconds since 1970, as the machine's clock tells them. */
  | {
      readonly tell: 'spoke';
      readonly line: number;
      readonly account: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  | { readonly tell: 'answer'; readonly request: number; readonly answer: unknown }
  | { readonly tell: 'fault'; readonly fault: Fault };

/** What went wrong: never a message, which may hold anything. */
export interface Fault {
  readonly where: 'socket' | 'connection' | 'line' | 'process';
  readonly name: string;
  readonly code: string | undefined;
  readonly frames: string;
}
