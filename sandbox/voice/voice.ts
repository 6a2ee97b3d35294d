/** Keeps the voice of the sandbox: lets bots into calls as their voice states say, and shows what people say and hear. */
import { randomBytes } from 'node:crypto';
import { dropVoiceState } from '../changes/voice.ts';
import type { Guild, Snowflake, VoiceState, World } from '../world.ts';
import { startCalls } from './calls.ts';
import { CLOSE } from './close.ts';
import { type Ear, startEars } from './ears.ts';
import { startGrants } from './grants.ts';
import type { Heard } from './person-in-call.ts';
import { MODES, type Mode } from './rtp.ts';
import type { Utterance } from './sound.ts';
import { type Counts, startTally } from './tally.ts';
import type { VoiceFaults } from './voice-faults.ts';
import { makeVoiceServer, type VoiceServer } from './voice-server.ts';
import type { VoiceSocket } from './voice-socket.ts';

/** What somebody of the sandbox does in a call. */
export type Voiced = {
  /** Says something where the person is, and resolves when it is said; rejected where no bot is. */
  speak(utterance: Utterance): Promise<void>;
  /** Says a packet of Opus that comes at this moment; nothing becomes of it where no bot is. */
  pass(packet: Buffer): void;
  /** Listens along until the given function is called, or the person leaves voice; undefined for whoever is in no room. */
  attach(ear: Ear): (() => void) | undefined;
  /** What arrived since it was forgotten last, the oldest first; some ten minutes of one voice at most. */
  heard(): readonly Heard[];
  /** For calls that last: what was heard is kept no longer. */
  forget(): void;
  privacyCode(): string | undefined;
  verificationCode(userId: Snowflake): Promise<string>;
};

/** Voice as the rest of the sandbox has it. */
export type Voice = {
  /** The certificate of the voice server, as PEM. */
  readonly certificate: string;
  /** The same in a file, for NODE_EXTRA_CA_CERTS; it is gone when the sandbox stops. */
  certificateFile(): string;
  /** What a person does in the call in which they are; nothing is heard and shown where no bot is. */
  of(userId: Snowflake): Voiced;
  readonly faults: VoiceFaults;
  /** Frames by account: what was carried, and why the rest was dropped. */
  statistics(): Readonly<Record<Snowflake, Counts>>;
  /** Who is heard speaking at this moment. */
  speaking(): readonly Snowflake[];
  /** Voice states are not as they were. */
  follow(): void;
  stop(): Promise<void>;
};

/** How voice is to be. */
export type VoiceOptions = {
  /** The modes of encryption between client and server that are offered, the first first. */
  readonly modes?: readonly Mode[];
  readonly heartbeatMs?: number;
};

const HEARTBEAT_MS = 13_750;
const OPCODES_THAT_CRASH = [25, 27, 29, 30] as const;

const storm = (server: VoiceServer, socket: VoiceSocket, messages: number): void => {
  for (let count = 0; count < messages; count += 1) {
    const op = OPCODES_THAT_CRASH[count % OPCODES_THAT_CRASH.length] ?? 25;
    socket.raw(Buffer.concat([randomBytes(2), Buffer.from([op]), randomBytes(1 + (count % 60))]));
    const address = socket.address();
    if (address) server.send(randomBytes(1 + (count % 200)), address);
  }
};

/** Begins with nobody in any call, and nothing open: the server starts with the first bot that comes into one. */
export const startVoice = (
  world: World,
  { modes = MODES, heartbeatMs = HEARTBEAT_MS }: VoiceOptions = {},
): Voice => {
  const grants = startGrants();
  const tally = startTally();
  /** Voice states of bots that were seen: one that asks to be somewhere, even where it is, has another by that. */
  const seen = new WeakSet<VoiceState>();
  let ssrc = 1_000;
  const nextSsrc = (): number => (ssrc += 1);
  const ears = startEars((userId) =>
    [...world.guilds.values()].some(({ voiceStates }) => voiceStates.has(userId)),
  );
  const calls = startCalls({ world, tally, nextSsrc, hear: ears.hear });

  /** Whose connection is gone for good is in the room no more. */
  const gone = ({ grant }: VoiceSocket): void => {
    queueMicrotask(follow);
    const guild = grant && grants.holds(grant) ? world.guilds.get(grant.guildId) : undefined;
    if (grant && guild) dropVoiceState(world, guild, grant.userId);
  };
  const server = makeVoiceServer({
    ...{ heartbeatMs, modes, nextSsrc, tally, gone, admit: grants.admit },
    callOf: ({ channelId }) => {
      queueMicrotask(follow);
      return calls.in(channelId);
    },
  });

  /** Tells a bot that has come into a room where the call is. */
  const invite = async (guild: Guild, state: VoiceState): Promise<void> => {
    const grant = grants.give(guild.id, state);
    const endpoint = await server.open();
    if (!grants.holds(grant)) return;
    world.emit({
      type: 'VOICE_SERVER_UPDATE',
      to: { users: [state.userId], session: state.sessionId },
      data: { token: grant.token, guild_id: guild.id, endpoint },
    });
  };
  /** Who asks again to be where they are is told anew, when no connection of theirs stands there. */
  const needsInvitation = (guild: Guild, state: VoiceState, asks: boolean): boolean => {
    const grant = grants.of(guild.id, state.userId);
    if (grant?.channelId !== state.channelId || grant.sessionId !== state.sessionId) return true;
    return asks && ![...server.sockets].some((socket) => socket.grant === grant && socket.stands());
  };
  const followBots = (guild: Guild): void => {
    for (const userId of world.applications.keys()) {
      const state = guild.voiceStates.get(userId);
      if (!state) grants.withdraw(guild.id, userId);
      else {
        const asks = !seen.has(state);
        seen.add(state);
        if (needsInvitation(guild, state, asks)) void invite(guild, state);
      }
    }
  };
  /** Whose grant holds no more is sent away. */
  const sendAway = (): void => {
    for (const socket of server.sockets) {
      const { grant } = socket;
      if (!grant || grants.holds(grant)) continue;
      if (world.channels.has(grant.channelId)) socket.close(CLOSE.disconnected, 'Disconnected.');
      else socket.close(CLOSE.callTerminated, 'Call terminated.');
    }
  };
  const follow = (): void => {
    for (const guild of world.guilds.values())
      if (guild.voiceStates.size > 0 || !grants.isEmpty()) followBots(guild);
    sendAway();
    calls.follow();
    ears.follow();
  };

  const faults: VoiceFaults = {
    downgrade: () => calls.settleAll(0),
    upgrade: () => calls.settleAll(1),
    keepOutside: calls.keepOutside,
    trim: server.trim,
    packets: server.packets,
    close: (userId, code) => {
      for (const socket of server.socketsOf(userId))
        if (code === undefined) socket.cut();
        else socket.close(code, '');
    },
    vanish: server.vanish,
    comeBack: server.comeBack,
    storm: (userId, messages) => {
      for (const socket of server.socketsOf(userId)) storm(server, socket, messages);
    },
    refuse: server.refuse,
  };

  const here = (userId: Snowflake) => {
    const known = calls.person(userId);
    if (!known) throw new Error(`${userId} is in no call in which a bot is`);
    return known;
  };
  return {
    get certificate() {
      return server.certificate();
    },
    certificateFile: server.certificateFile,
    of: (userId) => ({
      speak: (utterance) => here(userId).mouth.say(here(userId).call, utterance),
      pass: (packet) => {
        const there = calls.person(userId);
        there?.mouth.pass(there.call, packet);
      },
      attach: (ear) => ears.attach(userId, ear),
      heard: () => calls.person(userId)?.person.heard ?? [],
      forget: () => void calls.person(userId)?.person.heard.splice(0),
      privacyCode: () => calls.person(userId)?.person.privacyCode(),
      verificationCode: async (other) => here(userId).person.verificationCode(other),
    }),
    faults,
    statistics: tally.all,
    speaking: tally.speaking,
    follow,
    async stop() {
      grants.clear();
      calls.stop();
      await server.stop();
    },
  };
};
