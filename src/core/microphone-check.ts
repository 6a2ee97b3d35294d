/**
 * Somebody who tests a microphone with Hearth, in a room of their own; of a server's, Hearth is with one at a time.
 *
 *   waiting ──call──> ready ──listen──> listening ──play-back──> playing-back ──hear──> heard
 *      ▲                │                   └──────────hear──────────────────────────────▲ │
 *      │                └─────── fail, or nobody comes in ───────> unheard                  │
 *      └──────────────────────────── again ───────────────────────────┴────────────────────┘
 *   any of them ──finish──> ended; heard and unheard also by themselves
 *
 * - Whoever asked first is called first; whoever asks again stands at the end.
 * - Somebody who does not come in within two minutes is passed over, and may ask again.
 * - Once somebody has been heard, Hearth is free for the next: nobody holds it by reading.
 */
import type { Level } from './level.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import type { RoomId } from './rooms.ts';
import type { Score } from './sound.ts';
import { after, MINUTE, SECOND } from './time.ts';

/** Rooms for it in one cohort: Discord takes fifty rooms under one category. */
export const MOST_CHECK_ROOMS = 6;
/** How long Hearth listens, in milliseconds. */
export const LISTENS_FOR = 5 * SECOND;
/** Played before it listens: soft, so that nobody is startled, and short. */
export const PROMPT: Score = {
  lengthMs: 600,
  tones: [{ atMs: 0, durationMs: 500, hertz: 440, dBFS: -30, fadeMs: 80 }],
};

/** Why nothing was heard: `session` when a group has Hearth, `no-voice` when Hearth cannot come into calls. */
export const UNHEARD_WHYS = ['passed-over', 'left', 'interrupted', 'session', 'no-voice'] as const;
export type UnheardWhy = (typeof UNHEARD_WHYS)[number];

interface Kept {
  readonly id: string;
  readonly guildId: string;
  readonly cohortId: string;
  readonly person: Person;
  /** Of the room that is theirs meanwhile. */
  readonly number: number;
  /** From when on they wait for their turn. */
  readonly askedAt: Date;
  readonly changedAt: Date;
  readonly version: number;
}

export type VoiceCheck = Kept &
  (
    | { readonly state: 'waiting' | 'ready' | 'listening' | 'playing-back' | 'ended' }
    | { readonly state: 'heard'; readonly level: Level }
    | { readonly state: 'unheard'; readonly why: UnheardWhy }
  );

export type CheckRequest =
  | { readonly kind: 'call' | 'listen' | 'play-back' | 'again' | 'finish' }
  | { readonly kind: 'hear'; readonly level: Level }
  | { readonly kind: 'fail'; readonly why: UnheardWhy };

/** The room that is theirs meanwhile. */
export const roomOf = ({ number }: Pick<VoiceCheck, 'number'>): RoomId => ({ kind: 'check-voice', number });

/** Hearth is with them, or on its way. */
export const isActive = ({ state }: VoiceCheck): boolean =>
  state === 'ready' || state === 'listening' || state === 'playing-back';

const isRunning = ({ state }: VoiceCheck): boolean => state === 'listening' || state === 'playing-back';
const isOver = ({ state }: VoiceCheck): boolean => state === 'heard' || state === 'unheard';

/** From which states each request leads on. */
const MAY: Readonly<Record<CheckRequest['kind'], (check: VoiceCheck) => boolean>> = {
  call: ({ state }) => state === 'waiting',
  listen: ({ state }) => state === 'ready',
  'play-back': ({ state }) => state === 'listening',
  hear: isRunning,
  fail: (check) => isActive(check) || check.state === 'waiting',
  again: isOver,
  finish: ({ state }) => state !== 'ended',
};

type Next = { readonly [Kind in Exclude<CheckRequest['kind'], 'hear' | 'fail'>]: VoiceCheck['state'] };
const NEXT = {
  call: 'ready',
  listen: 'listening',
  'play-back': 'playing-back',
  again: 'waiting',
  finish: 'ended',
} as const satisfies Next;

/** The check after what was asked of it; refused with `check-is-over` when that does not lead on from where it stands. */
export const changeCheck = (check: VoiceCheck, request: CheckRequest, now: Date): Outcome<VoiceCheck> => {
  if (!MAY[request.kind](check)) return refuse({ code: 'check-is-over' });
  const { id, guildId, cohortId, person, number, version } = check;
  const askedAt = request.kind === 'again' ? now : check.askedAt;
  const kept: Kept = { id, guildId, cohortId, person, number, version, askedAt, changedAt: now };
  if (request.kind === 'hear') return allow({ ...kept, state: 'heard', level: request.level });
  if (request.kind === 'fail') return allow({ ...kept, state: 'unheard', why: request.why });
  return allow({ ...kept, state: NEXT[request.kind] });
};

/** When it does not stay as it is any longer by itself; never, while others are before it. */
export const lapsesAt = ({ state, changedAt }: VoiceCheck): Date | undefined => {
  switch (state) {
    case 'ready':
      return after(changedAt, 2 * MINUTE);
    case 'listening':
    case 'playing-back':
      // Longer than any check takes: whoever ran it is no more.
      return after(changedAt, MINUTE);
    case 'heard':
    case 'unheard':
      return after(changedAt, 3 * MINUTE);
    default:
      return undefined;
  }
};

/** What becomes of it then; `present` when the person is in the room. */
export const lapse = (check: VoiceCheck, present: boolean): CheckRequest => {
  if (check.state === 'ready') return { kind: 'fail', why: present ? 'no-voice' : 'passed-over' };
  return isRunning(check) ? { kind: 'fail', why: 'interrupted' } : { kind: 'finish' };
};

const inOrder = (checks: readonly VoiceCheck[]): readonly VoiceCheck[] =>
  checks
    .filter(({ state }) => state === 'waiting')
    .toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime() || a.id.localeCompare(b.id));

/** Of a server's, the one whose turn it is; nobody's while Hearth is with somebody. */
export const nextInTurn = (checks: readonly VoiceCheck[]): VoiceCheck | undefined =>
  checks.some(isActive) ? undefined : inOrder(checks)[0];

/** How many people are before somebody who waits. */
export const peopleBefore = (checks: readonly VoiceCheck[], id: string): number => {
  const place = inOrder(checks).findIndex((check) => check.id === id);
  return place < 0 ? 0 : place + checks.filter(isActive).length;
};

/** The first room of the cohort that nobody has; undefined when all are taken. */
export const freeRoom = (openInCohort: readonly Pick<VoiceCheck, 'number'>[]): number | undefined =>
  Array.from({ length: MOST_CHECK_ROOMS }, (_, index) => index + 1).find((number) =>
    openInCohort.every((check) => check.number !== number),
  );

/** That a member has tested a microphone in a round of consent: with Hearth, or by themselves. */
export interface MicrophoneTest {
  readonly membershipId: string;
  readonly consentRound: number;
  readonly how: 'heard' | 'self';
  readonly at: Date;
}
