/** Being in one room of a server: asked for, lost, and tried again with growing pauses, as long as it is wanted. */
import { MINUTE, SECOND } from '../../core/time.ts';
import type { CallOutcome } from '../../ports/voice.ts';
import type { Asking } from './asking.ts';
import { pauseAfter, STEADY } from './backoff.ts';
import type { VoiceGateway } from './gateway.ts';
import type { LineEars, OpenLine, VoiceProcess } from './voice-process.ts';

type Why = Extract<CallOutcome, { did: 'failed' }>['why'];

export interface SeatParts {
  readonly guildId: string;
  readonly channelId: string;
  readonly gateway: VoiceGateway;
  readonly asking: Asking;
  readonly process: VoiceProcess;
}

export interface SeatHooks extends Pick<LineEars, 'stirred' | 'spoke'> {
  /** Whether nothing is to be heard when it comes in. */
  deaf(): boolean;
  /** In the call, anew. */
  taken(line: OpenLine): void;
  /** No more in the call, or still not. */
  failed(why: Why, code: number | undefined): void;
}

export interface Seat {
  /** The line, while it is in the call. */
  line(): OpenLine | undefined;
  /** How the bot stands in voice, as Discord tells it, or the voice server that is to be used. */
  hear(what: 'state' | 'server', packet: unknown): void;
  /** Gives the line up, and takes another: it stands, and is of no use. */
  renew(): void;
  leave(): void;
}

/** Milliseconds for the way from the question to the call. */
const COMES_WITHIN = 10 * SECOND;
/** Milliseconds in which Discord tells that the bot is out of a room. */
const OUT_WITHIN = 2 * SECOND;
/** Milliseconds until it comes back after somebody took it out by hand: slowly, for they may have meant it. */
const COMES_BACK = 5 * SECOND;
/** Who takes it out again within so many milliseconds meant it. */
const MEANT = 10 * MINUTE;

/** Discord's close code for who was taken out of a call, or whose room is no more. */
const TAKEN_OUT = 4_014;

const NOWHERE = { channelId: undefined, deaf: true };

const roomIn = (packet: unknown): unknown => Reflect.get(Object(packet), 'channel_id');

/** Takes the seat, and keeps it. */
export const takeSeat = ({ guildId, channelId, ...parts }: SeatParts, hooks: SeatHooks): Seat => {
  const { gateway, asking, process } = parts;
  let line: OpenLine | undefined;
  let takenAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let takenOutAt: number | undefined;
  let isOut: (() => void) | undefined;
  let left = false;

  const rest = (ms: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };

  const letGo = (): void => {
    clearTimeout(timer);
    line?.close();
    line = undefined;
    takenAt = undefined;
  };

  const fail = (why: Why, code?: number): void => {
    const stood = takenAt === undefined ? 0 : performance.now() - takenAt;
    letGo();
    failures = stood > STEADY ? 1 : failures + 1;
    hooks.failed(why, code);
    if (!left) rest(pauseAfter(failures), tryNow);
  };

  const takenOut = (): void => {
    const again = takenOutAt !== undefined && performance.now() - takenOutAt < MEANT;
    takenOutAt = performance.now();
    letGo();
    // It was put into another room, where it has no business.
    if (gateway.standsIn(guildId) !== undefined) void asking.ask(guildId, NOWHERE, true);
    hooks.failed(again ? 'sent-away' : 'unreachable', TAKEN_OUT);
    if (!again && !left) rest(COMES_BACK, tryNow);
  };

  const lost = (code: number | undefined): void => {
    const admission = gateway.admission(guildId, channelId);
    if (admission !== 'yes') fail(admission, code);
    else if (code === TAKEN_OUT && takenAt !== undefined) takenOut();
    else fail('unreachable', code);
  };

  const ears: LineEars = {
    ready: () => {
      clearTimeout(timer);
      takenAt ??= performance.now();
      if (line) hooks.taken(line);
    },
    connecting: () => {
      if (takenAt !== undefined) rest(COMES_WITHIN, () => lost(undefined));
    },
    lost,
    stirred: hooks.stirred,
    spoke: hooks.spoke,
  };

  /** Who asks to be where they are is told of no voice server: it has to be seen that the bot is out first. */
  const stepOut = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    isOut = resolve;
    if (!(await asking.ask(guildId, NOWHERE, failures > 0))) return;
    rest(OUT_WITHIN, resolve);
    await promise;
    clearTimeout(timer);
  };

  const tryNow = async (): Promise<void> => {
    const admission = gateway.admission(guildId, channelId);
    if (admission !== 'yes') return fail(admission);
    if (gateway.standsIn(guildId) === channelId) await stepOut();
    if (left) return;
    const opened = process.open(guildId, channelId, ears);
    line = opened;
    if (!opened) return fail('unreachable');
    const sent = await asking.ask(guildId, { channelId, deaf: hooks.deaf() }, failures > 0);
    if (line !== opened || takenAt !== undefined) return;
    if (sent) rest(COMES_WITHIN, () => lost(undefined));
    else fail('unreachable');
  };
  void tryNow();

  return {
    line: () => (takenAt === undefined ? undefined : line),
    hear: (what, packet) => {
      const elsewhere = what === 'state' && roomIn(packet) !== channelId;
      if (elsewhere) isOut?.();
      if (elsewhere && takenAt !== undefined) lost(TAKEN_OUT);
      else line?.hear(what, packet);
    },
    renew: () => fail('unreachable'),
    leave: () => {
      left = true;
      isOut?.();
      letGo();
    },
  };
};
