/** Hearth's own adapters, Discord's and that of voice, in a sandbox with two voice rooms, and people who come and go. */
import { expect } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { CallGateway } from '../../../src/adapters/discord/voice-gateway.ts';
import { clockOf } from '../../../src/adapters/system/system.ts';
import { openVoice } from '../../../src/adapters/voice/voice.ts';
import type { CallEncryption } from '../../../src/core/encryption.ts';
import type { Utterance } from '../../../src/core/talk-time.ts';
import type { CallOutcome, DesiredCall, Voice } from '../../../src/ports/voice.ts';
import { connectedSandbox, logIn } from '../discord/connected.ts';
import { keptLog } from './standing-in.ts';

export interface Company {
  readonly sandbox: Sandbox;
  readonly voice: Voice;
  readonly guildId: string;
  /** Two voice rooms. */
  readonly rooms: readonly [string, string];
  readonly people: readonly Person[];
  /** What was told of encryption, by room. */
  readonly told: { readonly channelId: string; readonly encryption: CallEncryption }[];
  readonly spoken: Utterance[];
  readonly log: ReturnType<typeof keptLog>;
  /** How often the gateway was asked for a call, and when (milliseconds of a clock that never goes back). */
  readonly asked: number[];
  /** The gateway, for who takes it over from the voice. */
  readonly calls: CallGateway;
  bring(desired?: Partial<DesiredCall>): Promise<CallOutcome>;
  /** Until Hearth is where it is wished. */
  joined(desired?: Partial<DesiredCall>): Promise<void>;
  /** Until everybody sees the same code, which is returned. */
  agreed(...people: readonly Person[]): Promise<string>;
  encryption(): Promise<CallEncryption>;
  stop(): Promise<void>;
}

const digits = (code: string | undefined): string => (code ?? '').replace(/\D/g, '');

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jana', 'Kim', 'Leo'];

const DESIRED = { notesSpeaking: false };

/** People who are logged in, of whom nobody is in a room yet. */
export const company = async (size: number): Promise<Company> => {
  const { sandbox, discord } = await connectedSandbox({}, { windowFactor: 0.01 });
  const people: Person[] = [];
  for (const name of NAMES.slice(0, size)) people.push(await logIn(sandbox, name));
  const guests = people.map(({ id: account }) => ({ account, right: 'join' as const }));
  const rooms: string[] = [];
  const found = async (_kind: string, id: string): Promise<void> => void rooms.push(id);
  for (const name of ['One', 'Two']) {
    await discord.rooms.bring(sandbox.guild.id, [{ kind: 'voice', name, guests, seats: 13 }], [], found);
  }
  const [one = '', two = ''] = rooms;
  await expect
    .poll(() => people.every((each) => each.sees(one) && each.sees(two)), { timeout: 10_000 })
    .toBe(true);
  const [log, asked] = [keptLog(), [] as number[]];
  const told: Company['told'] = [];
  const spoken: Utterance[] = [];
  const { calls } = discord;
  const { voice, stop } = openVoice({
    gateway: {
      ...calls,
      ask: (guildId, state) => {
        asked.push(performance.now());
        return calls.ask(guildId, state);
      },
    },
    clock: clockOf(Date),
    log,
    certificates: [sandbox.voice.certificate],
    hooks: {
      encryptionChanged: (_guild, channelId, encryption) => void told.push({ channelId, encryption }),
      spoke: (_guild, _channel, utterance) => void spoken.push(utterance),
    },
  });
  const guildId = sandbox.guild.id;
  const bring: Company['bring'] = (desired) =>
    voice.bring(guildId, { ...DESIRED, channelId: one, ...desired });
  const encryption = (): Promise<CallEncryption> => voice.encryption(guildId, one);
  return {
    ...{ sandbox, calls, voice, guildId, people, told, spoken, log, asked, bring, encryption },
    rooms: [one, two],
    joined: (desired) =>
      expect.poll(() => bring(desired), { timeout: 30_000, interval: 50 }).toEqual({ did: 'joined' }),
    agreed: async (...members) => {
      const codes = async (): Promise<readonly string[]> => {
        const seen = await encryption();
        const theirs = members.map(({ id }) => digits(sandbox.voice.of(id).privacyCode()));
        return [...new Set([seen.state === 'on' ? seen.privacyCode : seen.state, ...theirs])];
      };
      await expect
        .poll(codes, { timeout: 30_000, interval: 20 })
        .toEqual([expect.stringMatching(/^\d{30}$/)]);
      return (await codes())[0] ?? '';
    },
    stop: async () => {
      await stop();
      for (const each of people) each.close();
      await discord.stop();
      await sandbox.stop();
    },
  };
};
