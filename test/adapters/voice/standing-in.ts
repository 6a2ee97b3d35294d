/** Stand-ins for what voice needs of the world: a gateway that agrees to everything, and a process whose lines a test holds. */
import type {
  Admission,
  AskedState,
  GatewayEars,
  VoiceGateway,
} from '../../../src/adapters/voice/gateway.ts';
import type { SentPlay } from '../../../src/adapters/voice/messages.ts';
import type { LineEars, OpenLine, VoiceProcess } from '../../../src/adapters/voice/voice-process.ts';
import type { Log } from '../../../src/ports/log.ts';

export interface StandInGateway extends VoiceGateway {
  readonly asked: (AskedState & { readonly guildId: string; readonly at: number })[];
  admits: Admission;
  /** Where Discord says that the bot is. */
  stands: string | undefined;
  here: readonly string[];
  ears: GatewayEars | undefined;
}

/** Grants whatever is asked, and tells so. */
export const standInGateway = (): StandInGateway => {
  const gateway: StandInGateway = {
    asked: [],
    admits: 'yes',
    stands: undefined,
    here: [],
    ears: undefined,
    admission: () => gateway.admits,
    standsIn: () => gateway.stands,
    present: () => gateway.here,
    ask: (guildId, state) => {
      gateway.asked.push({ ...state, guildId, at: performance.now() });
      gateway.stands = state.channelId;
      queueMicrotask(() => gateway.ears?.packet(guildId, 'state', { channel_id: state.channelId ?? null }));
      return true;
    },
    listen: (ears) => {
      gateway.ears = ears;
    },
  };
  return gateway;
};

export interface StandInLine extends OpenLine {
  readonly channelId: string;
  readonly ears: LineEars;
  readonly played: (SentPlay | undefined)[];
  readonly asked: string[];
  noting: boolean;
  closed: boolean;
}

export interface StandInProcess extends VoiceProcess {
  readonly lines: StandInLine[];
  /** The line that was opened last. */
  latest(): StandInLine;
  /** What lines answer, by what they are asked. */
  readonly answers: Record<string, (about: object) => unknown>;
  rests: boolean;
}

/** Opens every line, which is ready when a test says so. */
export const standInProcess = (): StandInProcess => {
  const process: StandInProcess = {
    lines: [],
    answers: { group: () => ({ version: 0, ready: false, code: undefined, members: [] }) },
    rests: false,
    latest: () => {
      const line = process.lines.at(-1);
      if (!line) throw new Error('no line was opened');
      return line;
    },
    open: (_guildId, channelId, ears) => {
      if (process.rests) return undefined;
      const line: StandInLine = {
        channelId,
        ears,
        played: [],
        asked: [],
        noting: false,
        closed: false,
        hear: () => undefined,
        note: (noting) => {
          line.noting = noting;
        },
        play: (play) => void line.played.push(play),
        ask: async (question) => {
          line.asked.push(question.about);
          // The answers of a test are what it wants them to be.
          return process.answers[question.about]?.(question) as undefined;
        },
        close: () => {
          line.closed = true;
        },
      };
      process.lines.push(line);
      return line;
    },
    stop: async () => undefined,
  };
  return process;
};

/** Keeps what was logged. */
export const keptLog = (): Log & { readonly events: string[] } => {
  const events: string[] = [];
  return {
    events,
    info: (event) => void events.push(event),
    warn: (event) => void events.push(event),
    fault: (event) => {
      events.push(event);
      return 'ref-1234';
    },
  };
};
