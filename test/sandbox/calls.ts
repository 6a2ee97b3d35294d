/** A stock client of Discord's voice, in a sandbox: a bot that can be in calls, and people in the room. */
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { entersState, joinVoiceChannel, type VoiceConnection, VoiceConnectionStatus } from '@discordjs/voice';
import { Client, Events } from 'discord.js';
import { type Person, person } from '../../sandbox/people.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';

export interface Room {
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>;
  readonly bot: Client<true>;
  readonly channelId: string;
  readonly otherId: string;
  /** Somebody new, in the first voice room. */
  comesIn(name: string): Promise<Person>;
  /** The bot in a room, ready. */
  joins(channelId?: string, deaf?: boolean): Promise<VoiceConnection>;
  stop(): Promise<void>;
}

/** Resolves when something is true; fails after ten seconds. */
export const eventually = async (what: string, isTrue: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 10_000; !isTrue(); await sleep(10)) {
    if (Date.now() > deadline) throw new Error(`it did not come to pass that ${what}`);
  }
};

const withDigits = (code: string | undefined): string => (code ?? '').replace(/\D/g, '');

/** 30 digits when all codes are the same; else what they are. */
export const sameCode = (codes: readonly (string | undefined)[]): string => {
  const different = [...new Set(codes.map(withDigits))];
  return different.length === 1 ? (different[0] ?? '') : different.join(' / ');
};

/** A sandbox with a bot that is logged in, and two voice rooms. */
export const aRoom = async (options: SandboxOptions = {}): Promise<Room> => {
  const sandbox = await startSandbox({ windowFactor: 0.01, ...options });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), sandbox.voice.certificate]);
  const bot = new Client({ intents: ['Guilds', 'GuildVoiceStates'], rest: { api: sandbox.restUrl } });
  const ready = new Promise<Client<true>>((resolve) => bot.once(Events.ClientReady, resolve));
  await bot.login(sandbox.bot.token);
  const client = await ready;
  const guild = await client.guilds.fetch(sandbox.guild.id);
  const [room, other] = [
    await guild.channels.create({ name: 'talk', type: 2 }),
    await guild.channels.create({ name: 'elsewhere', type: 2 }),
  ];
  const people: Person[] = [];
  return {
    sandbox,
    bot: client,
    channelId: room.id,
    otherId: other.id,
    async comesIn(name) {
      const { token } = sandbox.addPerson(name);
      const somebody = await person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token });
      people.push(somebody);
      await somebody.join('talk');
      return somebody;
    },
    async joins(channelId = room.id, deaf = false) {
      const connection = joinVoiceChannel({
        ...{ guildId: guild.id, channelId, selfDeaf: deaf, selfMute: false },
        adapterCreator: guild.voiceAdapterCreator,
      });
      connection.on('error', () => undefined);
      await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
      return connection;
    },
    async stop() {
      for (const somebody of people) somebody.close();
      await client.destroy();
      await sandbox.stop();
    },
  };
};
