/** The port, over a process that is in the calls and a gateway that lets it in: one call a server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEncryption } from '../../core/encryption.ts';
import { SECOND } from '../../core/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type {
  CallOutcome,
  CheckOutcome,
  DesiredCall,
  MicrophoneCheck,
  Voice,
  VoiceHooks,
} from '../../ports/voice.ts';
import { startAsking } from './asking.ts';
import { type Call, startCall } from './call.ts';
import { type RunningCheck, runCheck } from './check.ts';
import type { VoiceGateway } from './gateway.ts';
import { openVoiceProcess } from './voice-process.ts';

export interface VoiceParts {
  readonly gateway: VoiceGateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly hooks: VoiceHooks;
  /** Trusted for voice servers beside those that the bot itself trusts, as PEM. */
  readonly certificates?: readonly string[];
}

export interface OpenVoice {
  readonly voice: Voice;
  /** Leaves every call, and ends the process that was in them. */
  stop(): Promise<void>;
}

/** Milliseconds in which whoever waited for the encryption of a call makes up their mind, with time to spare. */
const DECIDES_WITHIN = 2 * SECOND;
/** Milliseconds between two looks at a call that is not yet encrypted with everybody. */
const LOOKS_EVERY = 100;

const isSettled = (encryption: CallEncryption): boolean =>
  encryption.state === 'off' ||
  encryption.state === 'sent-away' ||
  (encryption.state === 'on' && encryption.outside.length === 0);

/** What is seen as soon as nothing is awaited any more, or else after so many milliseconds. */
const settled = async (look: () => Promise<CallEncryption>, withinMs: number): Promise<CallEncryption> => {
  const until = performance.now() + withinMs;
  let seen = await look();
  for (; !isSettled(seen) && performance.now() < until; seen = await look()) await sleep(LOOKS_EVERY);
  return seen;
};

const NOWHERE = { channelId: undefined, deaf: true };

/** In no call yet: the process that will be in them is begun at the first wish. */
export const openVoice = ({ gateway, clock, log, hooks, certificates = [] }: VoiceParts): OpenVoice => {
  const process = openVoiceProcess(log, certificates);
  const asking = startAsking(gateway);
  const calls = new Map<string, Call>();
  const checks = new Map<string, RunningCheck>();
  /** Until when a call is not left, because somebody waits to know how it is encrypted. */
  const held = new Map<string, number>();

  const callIn = (guildId: string, channelId: string): Call | undefined => {
    const call = calls.get(guildId);
    return call?.channelId === channelId ? call : undefined;
  };

  const lineIn = (guildId: string, channelId: string) => callIn(guildId, channelId)?.line();

  gateway.listen({
    packet: (guildId, what, packet) => calls.get(guildId)?.hear(what, packet),
    changed: (guildId) => {
      const [call, check] = [calls.get(guildId), checks.get(guildId)];
      call?.changed();
      if (call && check && !gateway.present(guildId, call.channelId).includes(check.account)) {
        check.end('person-left');
      }
    },
  });

  const end = (guildId: string): void => {
    calls.get(guildId)?.end();
    calls.delete(guildId);
  };

  const leave = async (guildId: string): Promise<CallOutcome> => {
    end(guildId);
    const stands = gateway.standsIn(guildId) !== undefined;
    const isAsked = !stands || (await asking.ask(guildId, NOWHERE, false));
    return isAsked ? { did: 'left' } : { did: 'failed', why: 'unreachable' };
  };

  const begin = (guildId: string, desired: DesiredCall): Call => {
    end(guildId);
    const { channelId } = desired;
    const call = startCall({ guildId, channelId, gateway, asking, process, clock, log, hooks }, desired);
    calls.set(guildId, call);
    return call;
  };

  const check = async (asked: MicrophoneCheck): Promise<CheckOutcome> => {
    const { guildId, channelId, account } = asked;
    const call = callIn(guildId, channelId);
    const line = call?.line();
    if (!call || !line) return { did: 'failed', why: 'not-in-call' };
    if (!gateway.present(guildId, channelId).includes(account)) return { did: 'failed', why: 'person-left' };
    if (checks.has(guildId)) return { did: 'failed', why: 'interrupted' };
    const running = runCheck(call, line, asked);
    checks.set(guildId, running);
    return running.outcome.finally(() => checks.delete(guildId));
  };

  const isHeld = (guildId: string): boolean =>
    calls.has(guildId) && performance.now() < (held.get(guildId) ?? 0);

  const voice: Voice = {
    bring: async (guildId, desired) => {
      if (!desired && isHeld(guildId)) return { did: 'joined' };
      held.delete(guildId);
      return desired
        ? (callIn(guildId, desired.channelId) ?? begin(guildId, desired)).bring(desired)
        : leave(guildId);
    },
    chime: async (guildId, channelId, score) =>
      (!checks.has(guildId) && (await lineIn(guildId, channelId)?.ask({ about: 'once', score }))) ?? false,
    encryption: (guildId, channelId, withinMs = 0) => {
      if (withinMs > 0) held.set(guildId, performance.now() + withinMs + DECIDES_WITHIN);
      return settled(
        async () => (await callIn(guildId, channelId)?.encryption()) ?? { state: 'unknown' },
        withinMs,
      );
    },
    verification: async (guildId, channelId, account) =>
      lineIn(guildId, channelId)?.ask({ about: 'verification', account }),
    check,
  };

  const stop = async (): Promise<void> => {
    const guilds = [...calls.keys()];
    asking.stop();
    guilds.forEach(end);
    for (const guildId of guilds) if (gateway.standsIn(guildId) !== undefined) gateway.ask(guildId, NOWHERE);
    await process.stop();
  };

  return { voice, stop };
};
