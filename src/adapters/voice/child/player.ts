/** What sounds on a line: one piece at a time, brought to where it is wanted to be. */
import { FRAME_MS, SILENCE } from '../sound/frame.ts';
import type { Source } from '../sound/source.ts';
import { startPace } from './pace.ts';

/** A piece as it is wanted at this moment. */
export interface Wanted {
  readonly id: string;
  readonly source: Source;
  readonly state: 'playing' | 'paused';
  readonly positionMs: number;
}

export interface Player {
  /** The same piece, about where it is, goes on. */
  bring(wanted: Wanted | undefined): void;
  /** Whether it was played to its end; not begun when something else sounds. */
  once(source: Source): Promise<boolean>;
  /** Ends what is played once. */
  hush(): void;
  /** The piece that was brought last, also after its end. */
  has(id: string): Source | undefined;
  /** Sends nothing any more. */
  stop(): void;
}

/** Milliseconds by which a piece may be elsewhere without being moved: a jump is heard, and a small lag is not. */
const DRIFT = 2_000;

/** Milliseconds from the beginning within which a piece begins there: its first sound is worth more than the moment. */
const BEGINNING = 1_000;

/** Frames of silence after every sound, so that nobody's client guesses how it might go on. */
const SILENT_FRAMES = 5;

const fromBeginning = (ms: number): number => (ms < BEGINNING ? 0 : ms);

/** How packets leave: `send` one, and `rest` when nothing follows. */
export interface Mouth {
  send(packet: Uint8Array): void;
  rest(): void;
}

interface Sounding extends Wanted {
  /** Where it was when it was begun, or stopped. */
  readonly fromMs: number;
}

/** Nothing sounds yet. */
export const openPlayer = ({ send, rest }: Mouth): Player => {
  let piece: Sounding | undefined;
  let frames = 0;
  let stopPace: (() => void) | undefined;
  let interrupt: (() => void) | undefined;

  const silence = function* (): Generator<Uint8Array> {
    for (let frame = 0; frame < SILENT_FRAMES; frame += 1) yield SILENCE;
  };

  const run = (packets: Iterator<Uint8Array>, ended: () => void): void => {
    stopPace?.();
    interrupt?.();
    interrupt = undefined;
    stopPace = startPace(() => {
      const { done, value } = packets.next();
      if (done) ended();
      else {
        frames += 1;
        send(value);
      }
      return !done;
    });
  };

  const fallSilent = (): void =>
    run(silence(), () => {
      stopPace = undefined;
      rest();
    });

  const positionMs = (): number => {
    if (!piece) return 0;
    const played = piece.state === 'playing' ? frames * FRAME_MS : 0;
    return Math.min(piece.source.lengthMs, piece.fromMs + played);
  };

  const begin = (wanted: Wanted, fromMs: number): void => {
    const sounded = stopPace !== undefined;
    piece = { ...wanted, fromMs };
    if (wanted.state === 'paused') {
      if (sounded) fallSilent();
      return;
    }
    run(wanted.source.packets(fromMs), () => {
      piece = piece && { ...piece, state: 'paused', fromMs: piece.source.lengthMs };
      fallSilent();
    });
    frames = 0;
  };

  return {
    bring: (wanted) => {
      if (!wanted) {
        if (piece?.state === 'playing') fallSilent();
        piece = undefined;
        return;
      }
      const there = Math.min(wanted.source.lengthMs, Math.max(0, wanted.positionMs));
      const here = wanted.id === piece?.id ? positionMs() : undefined;
      const goesOn = here !== undefined && Math.abs(here - there) < DRIFT;
      if (goesOn && (piece?.state === wanted.state || here === wanted.source.lengthMs)) return;
      begin(wanted, goesOn ? here : fromBeginning(there));
    },
    once: (source) => {
      if (piece?.state === 'playing' || interrupt) return Promise.resolve(false);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      run(source.packets(0), () => {
        interrupt = undefined;
        resolve(true);
        fallSilent();
      });
      interrupt = () => resolve(false);
      return promise;
    },
    hush: () => {
      if (interrupt) fallSilent();
    },
    has: (id) => (piece?.id === id ? piece.source : undefined),
    stop: () => {
      stopPace?.();
      interrupt?.();
      piece = undefined;
    },
  };
};
