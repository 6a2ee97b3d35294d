/** Keeps the voice of the sandbox: calls as voice states ask for them, who is in them, and hands on what they say and hear. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { dropVoiceState } from '../changes/voice.ts';
import { BITS, channelPermissions, has } from '../permissions.ts';
import type { Guild, Snowflake, VoiceState, World } from '../world.ts';
import { type Call, startCall } from './call.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { type Listener, makeListener } from './listener.ts';
import { type Mouth, mouthOf } from './mouth.ts';
import { type Heard, type PersonInCall, personInCall } from './person-in-call.ts';
import { MODES, type Mode, type Trimmings } from './rtp.ts';
import type { Utterance } from './sound.ts';
import { openUdp, type Udp } from './udp.ts';
import { type PacketFaults, unreliable, type VoiceFaults } from './voice-faults.ts';
import {
  type Admission,
  type Grant,
  openVoiceSocket,
  type SocketParts,
  type VoiceSocket,
} from './voice-socket.ts';

/** What somebody of the sandbox does in a call. */
export type Voiced = {
  /** Says something where the person is, and resolves when it is said; rejected where no bot is. */
  speak(utterance: Utterance): Promise<void>;
  /** Everything that arrived since it was forgotten last, the oldest first. */
  heard(): readonly Heard[];
  /** For calls that last: what was heard is kept no longer. */
  forget(): void;
  privacyCode(): string | undefined;
  verificationCode(userId: Snowflake): Promise<string>;
};

/** Frames by account: sent to it, received from it, and not readable. */
export type VoiceStatistics = Readonly<
  Record<Snowflake, { readonly sent: number; readonly received: number; readonly unreadable: number }>
>;

/** Voice as the rest of the sandbox has it. */
export type Voice = {
  /** The certificate of the voice server, as PEM. */
  readonly certificate: string;
  /** The same in a file, for NODE_EXTRA_CA_CERTS; it is gone when the sandbox stops. */
  certificateFile(): string;
  /** What a person does in the call in which they are; nothing is heard and shown where no bot is. */
  of(userId: Snowflake): Voiced;
  readonly faults: VoiceFaults;
  statistics(): VoiceStatistics;
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
const CLOSE = {
  authenticationFailed: 4004,
  sessionGone: 4006,
  disconnected: 4014,
  callTerminated: 4022,
} as const;
const OPCODES_THAT_CRASH = [25, 27, 29, 30] as const;

const keyOf = (guildId: Snowflake, userId: Snowflake): string => `${guildId} ${userId}`;

/** Begins with nobody in any call, and nothing open: the server starts with the first bot that comes into one. */
export const startVoice = (
  world: World,
  { modes = MODES, heartbeatMs = HEARTBEAT_MS }: VoiceOptions = {},
): Voice => {
  const grants = new Map<string, Grant>();
  const sockets = new Set<VoiceSocket>();
  const calls = new Map<Snowflake, Call>();
  const persons = new Map<
    Snowflake,
    { readonly person: PersonInCall; readonly call: Call; readonly say: Mouth }
  >();
  const outside = new Set<Snowflake>();
  let trimmings: Trimmings = { extensionWords: 2, padding: 0 };
  let most = 1;
  let ssrc = 1_000;
  let refusing: number | undefined;
  let made: Certificate | undefined;
  let folder: string | undefined;
  let opening: Promise<{ readonly listener: Listener; readonly udp: Udp }> | undefined;

  const certificate = (): Certificate => (made ??= makeCertificate());
  const nextSsrc = (): number => (ssrc += 1);
  const stateOf = (userId: Snowflake): { readonly guild: Guild; readonly state: VoiceState } | undefined => {
    for (const guild of world.guilds.values()) {
      const state = guild.voiceStates.get(userId);
      if (state) return { guild, state };
    }
    return undefined;
  };

  const callParts = (channelId: Snowflake) => ({
    channelId,
    most: () => most,
    maySpeak: (userId: Snowflake): boolean => {
      const at = stateOf(userId);
      const channel = world.channels.get(channelId);
      if (!at || !channel || at.state.selfMute || at.guild.members.get(userId)?.mute) return false;
      return has(channelPermissions(world, channel, userId), BITS.SPEAK);
    },
    mayHear: (userId: Snowflake): boolean => {
      const at = stateOf(userId);
      return at !== undefined && !at.state.selfDeaf && at.guild.members.get(userId)?.deaf !== true;
    },
  });
  const callOf = (channelId: Snowflake): Call => {
    const call = calls.get(channelId) ?? startCall(callParts(channelId));
    calls.set(channelId, call);
    return call;
  };

  const grantOf = (said: { token: unknown }): Grant | undefined =>
    [...grants.values()].find(({ token }) => token === said.token);
  const admit: SocketParts['admit'] = (said): Admission => {
    const grant = grantOf(said);
    if (!grant || grant.userId !== said.userId || grant.guildId !== said.guildId)
      return { ok: false, code: CLOSE.authenticationFailed };
    return grant.sessionId === said.sessionId ? { ok: true, grant } : { ok: false, code: CLOSE.sessionGone };
  };
  /** Whose connection is gone for good is in the room no more. */
  const gone = (socket: VoiceSocket): void => {
    sockets.delete(socket);
    queueMicrotask(follow);
    const { grant } = socket;
    if (!grant || grants.get(keyOf(grant.guildId, grant.userId)) !== grant) return;
    const guild = world.guilds.get(grant.guildId);
    if (guild) dropVoiceState(world, guild, grant.userId);
  };
  const carrier = unreliable((packet, to) => void opening?.then(({ udp }) => udp.send(packet, to)));
  const accept = (udp: Udp, socket: WebSocket): void => {
    if (refusing !== undefined) {
      socket.close(refusing);
      return;
    }
    sockets.add(
      openVoiceSocket(socket, {
        ...{ heartbeatMs, modes, nextSsrc, admit, gone, udpPort: udp.port, send: carrier.send },
        resume: (said) =>
          [...sockets].find(
            ({ grant }) => grant?.token === said.token && grant?.sessionId === said.sessionId,
          ),
        callOf: ({ channelId }) => {
          const call = callOf(channelId);
          queueMicrotask(follow);
          return call;
        },
        trimmings: () => trimmings,
      }),
    );
  };
  const receive = (from: number, packet: Buffer): void => {
    [...sockets].find(({ participant }) => participant?.ssrc === from)?.receive(packet);
  };
  const open = () =>
    (opening ??= (async () => {
      const udp = await openUdp(receive);
      const listener = makeListener(certificate(), (socket) => accept(udp, socket));
      await listener.open();
      return { listener, udp };
    })());

  /** Tells a bot that has come into a room where the call is. */
  const invite = async (guild: Guild, { userId, channelId, sessionId }: VoiceState): Promise<void> => {
    const grant: Grant = {
      token: randomBytes(16).toString('hex'),
      userId,
      guildId: guild.id,
      channelId,
      sessionId,
    };
    grants.set(keyOf(guild.id, userId), grant);
    const { listener } = await open();
    if (grants.get(keyOf(guild.id, userId)) !== grant) return;
    world.emit({
      type: 'VOICE_SERVER_UPDATE',
      to: { users: [userId], session: sessionId },
      data: { token: grant.token, guild_id: guild.id, endpoint: listener.endpoint() },
    });
  };
  const followBots = (guild: Guild): void => {
    for (const userId of world.applications.keys()) {
      const state = guild.voiceStates.get(userId);
      const grant = grants.get(keyOf(guild.id, userId));
      if (!state) grants.delete(keyOf(guild.id, userId));
      else if (grant?.channelId !== state.channelId || grant.sessionId !== state.sessionId)
        void invite(guild, state);
    }
  };
  /** Whose grant holds no more is sent away. */
  const sendAway = (): void => {
    for (const socket of sockets) {
      const { grant } = socket;
      if (!grant || grants.get(keyOf(grant.guildId, grant.userId)) === grant) continue;
      const stands = world.channels.has(grant.channelId);
      socket.close(
        stands ? CLOSE.disconnected : CLOSE.callTerminated,
        stands ? 'Disconnected.' : 'Call terminated.',
      );
    }
  };
  const comeIn = (call: Call, userId: Snowflake): void => {
    const person = personInCall({
      ...{ userId, channelId: call.channelId, ssrc: nextSsrc(), version: 1, delivery: call.delivery },
      now: () => world.clock.now(),
    });
    persons.set(userId, { person, call, say: mouthOf(person) });
    call.enter(person);
    if (!outside.has(userId)) person.enterGroup();
    call.delivery.settle();
  };
  const inRoom = (channelId: Snowflake): readonly Snowflake[] => {
    const guild = world.guilds.get(world.channels.get(channelId)?.guildId ?? '');
    return [...(guild?.voiceStates.values() ?? [])]
      .filter((state) => state.channelId === channelId && !world.applications.has(state.userId))
      .map(({ userId }) => userId);
  };
  /** People are in the call of their room as long as a bot is. */
  const followPeople = (call: Call): void => {
    const bots = [...call.people.keys()].filter((id) => !persons.has(id));
    const wanted = new Set(bots.length > 0 ? inRoom(call.channelId) : []);
    for (const [userId, { call: at }] of persons) {
      if (at !== call || wanted.has(userId)) continue;
      persons.delete(userId);
      call.leave(userId);
    }
    for (const userId of wanted) if (!persons.has(userId)) comeIn(call, userId);
    if (call.people.size > 0) return;
    call.delivery.stop();
    calls.delete(call.channelId);
  };
  const follow = (): void => {
    for (const guild of world.guilds.values())
      if (guild.voiceStates.size > 0 || grants.size > 0) followBots(guild);
    sendAway();
    for (const call of [...calls.values()]) followPeople(call);
  };

  const socketsOf = (userId: Snowflake): readonly VoiceSocket[] =>
    [...sockets].filter(({ grant }) => grant?.userId === userId);
  const settleAll = (version: number): void => {
    most = version;
    for (const { delivery } of calls.values()) delivery.settle();
  };
  const faults: VoiceFaults = {
    downgrade: () => settleAll(0),
    upgrade: () => settleAll(1),
    keepOutside: (userId) => void outside.add(userId),
    trim: (changed) => {
      trimmings = { ...trimmings, ...changed };
    },
    packets: (changed: PacketFaults) => carrier.set(changed),
    close: (userId, code) => {
      for (const socket of socketsOf(userId)) {
        if (code === undefined) socket.cut();
        else socket.close(code, '');
      }
    },
    vanish: async () => (await opening)?.listener.close(),
    comeBack: async () => (await opening)?.listener.open(),
    storm: (userId, messages) => {
      for (const socket of socketsOf(userId)) {
        for (let count = 0; count < messages; count += 1) {
          const op = OPCODES_THAT_CRASH[count % OPCODES_THAT_CRASH.length] ?? 25;
          socket.raw(Buffer.concat([randomBytes(2), Buffer.from([op]), randomBytes(1 + (count % 60))]));
          const address = socket.address();
          if (address) void opening?.then(({ udp }) => udp.send(randomBytes(1 + (count % 200)), address));
        }
      }
    },
    refuse: (code) => {
      refusing = code;
    },
  };

  const here = (userId: Snowflake) => {
    const known = persons.get(userId);
    if (!known) throw new Error(`${userId} is in no call in which a bot is`);
    return known;
  };
  return {
    get certificate() {
      return certificate().certificate;
    },
    certificateFile() {
      folder ??= mkdtempSync(join(tmpdir(), 'sandbox-voice-'));
      const path = join(folder, 'certificate.pem');
      writeFileSync(path, certificate().certificate);
      return path;
    },
    of: (userId) => ({
      speak: (utterance) => here(userId).say(here(userId).call, utterance),
      heard: () => persons.get(userId)?.person.heard ?? [],
      forget: () => void persons.get(userId)?.person.heard.splice(0),
      privacyCode: () => persons.get(userId)?.person.privacyCode(),
      verificationCode: async (other) => here(userId).person.verificationCode(other),
    }),
    faults,
    statistics: () =>
      Object.fromEntries(
        [...sockets].flatMap(({ grant, counts }) => (grant ? [[grant.userId, counts]] : [])),
      ),
    follow,
    async stop() {
      grants.clear();
      if (folder) rmSync(folder, { recursive: true, force: true });
      for (const call of calls.values()) call.delivery.stop();
      const standing = await opening;
      await standing?.listener.close();
      standing?.udp.stop();
    },
  };
};
