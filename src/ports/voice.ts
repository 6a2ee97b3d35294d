/** The voice rooms, as Hearth takes part in them: one call a server, and every failure an outcome. */
import type { CallEncryption } from '../core/encryption.ts';
import type { Reading } from '../core/microphone.ts';
import type { Score } from '../core/sound.ts';
import type { Utterance } from '../core/talk-time.ts';

export type Sound =
  | { readonly kind: 'score'; readonly score: Score }
  /** Opus in Ogg or in WebM, fetched when it is needed; missing when it is gone. */
  | { readonly kind: 'recording'; load(): Promise<Uint8Array | undefined> };

/** What is played, and how far it has come. */
export interface Play {
  /** The same id goes on with the same sound; another begins another. */
  readonly id: string;
  readonly sound: Sound;
  readonly state: 'playing' | 'paused';
  /** Milliseconds of it that are over at this moment. */
  readonly positionMs: number;
}

/** The call in which Hearth is to be, and what it does there. */
export interface DesiredCall {
  readonly channelId: string;
  /** Whether it is told who speaks when, for which it must not be deafened; nothing is decoded. */
  readonly notesSpeaking: boolean;
  /** Silence when missing. */
  readonly plays?: Play;
}

/**
 * Where Hearth stands after a wish: a failure to come in goes on being tried, with growing pauses, as long as the wish
 * stands; one to leave, because the gateway could not be asked, is to be wished again.
 */
export type CallOutcome =
  | { readonly did: 'joined' }
  | { readonly did: 'left' }
  | {
      readonly did: 'failed';
      /**
       * - `off`: this process has no voice
       * - `unreachable`: Discord's voice server does not answer, or not yet
       * - `sent-away`: somebody took it out by hand twice; it comes back when another call was wished between
       */
      readonly why: 'off' | 'forbidden' | 'full' | 'gone' | 'unreachable' | 'sent-away';
    };

export interface MicrophoneCheck {
  readonly guildId: string;
  readonly channelId: string;
  /** Who is listened to; nobody else is heard. */
  readonly account: string;
  /** Played before it listens. */
  readonly prompt: Score;
  readonly listenMs: number;
  /** Told as it happens. */
  begun(stage: 'listening' | 'playing-back'): void;
}

/** What is left of a check: the sound itself was played back and forgotten. */
export type CheckOutcome =
  | { readonly did: 'heard'; readonly reading: Reading; readonly playedBack: boolean }
  | { readonly did: 'failed'; readonly why: 'not-in-call' | 'person-left' | 'interrupted' };

export interface Voice {
  /** Makes it so, however it was before; the same wish again changes nothing. Never throws. */
  bring(guildId: string, desired: DesiredCall | undefined): Promise<CallOutcome>;
  /** A short sound on top of a silence; false when something else is heard, or when Hearth is not in this call. */
  chime(guildId: string, channelId: string, score: Score): Promise<boolean>;
  /**
   * What is known of the call: at this moment, or as soon as everybody in it is part of its encrypted group, for which it
   * waits so many milliseconds at most. A wish to leave the call that comes meanwhile, or a moment later, is not followed:
   * it is answered with `joined`, and to be made again.
   */
  encryption(guildId: string, channelId: string, withinMs?: number): Promise<CallEncryption>;
  /** 45 digits, without spaces, that this person's client shows for Hearth alike; missing when they are not in the encrypted group. */
  verification(guildId: string, channelId: string, account: string): Promise<string | undefined>;
  /** Plays, listens, and plays back, in the call in which Hearth is. */
  check(check: MicrophoneCheck): Promise<CheckOutcome>;
}

/** What a call tells of without being asked. */
export interface VoiceHooks {
  encryptionChanged(guildId: string, channelId: string, encryption: CallEncryption): void;
  /** One stretch of somebody's sound, as soon as it is over; pauses are not yet bridged. */
  spoke(guildId: string, channelId: string, utterance: Utterance): void;
}
