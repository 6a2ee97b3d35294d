/** A person in a call, inside of the sandbox: a real member of the encrypted group, with a voice and ears. */
import { DAVESession } from '@snazzah/davey';
import type { Snowflake } from '../world.ts';
import type { Delivery } from './delivery.ts';
import { DAVE } from './delivery.ts';
import { u16 } from './mls-wire.ts';
import { OP, type Participant } from './participant.ts';
import { SILENCE_FRAME } from './sound.ts';

/** A packet that arrived, and from whom; `encrypted` end to end, as it came. */
export type Heard = {
  readonly from: Snowflake;
  readonly packet: Buffer;
  readonly encrypted: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** A participant, with what the person's own client would show. */
export type PersonInCall = Participant & {
  /** 30 digits in groups of five; undefined while the call is not encrypted end to end. */
  privacyCode(): string | undefined;
  /** 45 digits in groups of five, for somebody else in the group. */
  verificationCode(userId: Snowflake): Promise<string>;
  readonly heard: Heard[];
  /** Begins to take part in the group; somebody whose client does not stays outside. */
  enterGroup(): void;
  /** A frame as it goes out now. */
  protect(packet: Buffer): Buffer;
};

/** What a person works with: who they are, where, and how they reach the server. */
export type PersonParts = {
  readonly userId: Snowflake;
  readonly channelId: Snowflake;
  readonly ssrc: number;
  readonly version: number;
  readonly delivery: Delivery;
  now(): number;
  /** What arrives that the person can understand. */
  hear(heard: Heard): void;
};

const AUDIO = 0;
/** The last two bytes of a frame that is encrypted end to end (DAVE, "magic marker"). */
const MARKER = 0xfafa;
const PASSTHROUGH_SECONDS = 24;
/** About ten minutes of one voice; of what is older nothing is kept. */
const MOST_HEARD = 30_000;

const isEncrypted = (packet: Buffer): boolean =>
  packet.length > 2 && packet.readUInt16BE(packet.length - 2) === MARKER;

/** Somebody who has just come in. */
export const personInCall = ({
  userId,
  channelId,
  ssrc,
  version,
  delivery,
  now,
  hear,
}: PersonParts): PersonInCall => {
  const recognized = new Set<Snowflake>([userId]);
  const coming = new Map<number, number>();
  const heard: Heard[] = [];
  let session: DAVESession | undefined;
  let sender: Buffer | undefined;
  let holds = 0;

  const begin = (): void => {
    if (session) session.reinit(DAVE, userId, channelId);
    else session = new DAVESession(DAVE, userId, channelId);
    if (sender) session.setExternalSender(sender);
    delivery.keyPackage(person, session.getSerializedKeyPackage());
  };
  const prepare = (to: number, id: number): void => {
    if (id === 0) {
      holds = to;
      return;
    }
    coming.set(id, to);
    if (to === 0) session?.setPassthroughMode(true, PASSTHROUGH_SECONDS);
    delivery.ready(person, id);
  };
  const hearProposals = (payload: Buffer): void => {
    const result = session?.processProposals(payload.readUInt8(0), payload.subarray(1), [...recognized]);
    if (!result?.commit) return;
    const { commit, welcome } = result;
    // Not within the server's own sentence, which goes to others first.
    queueMicrotask(() => delivery.commitWelcome(person, Buffer.concat([commit, welcome ?? Buffer.alloc(0)])));
  };
  const follow = (id: number, work: () => void): void => {
    try {
      work();
    } catch {
      // What cannot be followed is told, as clients do; they are let in anew.
      delivery.invalid(person);
      begin();
      return;
    }
    holds = DAVE;
    if (id > 0) queueMicrotask(() => delivery.ready(person, id));
  };
  const binary = (op: number, payload: Buffer): void => {
    if (op === OP.externalSender) {
      sender = payload;
      if (session) session.setExternalSender(payload);
      else begin();
    } else if (op === OP.proposals) hearProposals(payload);
    else {
      const body = payload.subarray(u16(0).length);
      const announced = op === OP.announceCommit;
      follow(payload.readUInt16BE(0), () =>
        announced ? session?.processCommit(body) : session?.processWelcome(body),
      );
    }
  };
  const json = (op: number, data: unknown): void => {
    const read = (name: string): unknown => Reflect.get(Object(data), name);
    if (op === OP.clientsConnect) for (const id of [read('user_ids')].flat()) recognized.add(String(id));
    else if (op === OP.clientDisconnect) recognized.delete(String(read('user_id')));
    else if (op === OP.prepareEpoch) begin();
    else if (op === OP.prepareTransition)
      prepare(Number(read('protocol_version')), Number(read('transition_id')));
    else if (op === OP.executeTransition) {
      const id = Number(read('transition_id'));
      holds = coming.get(id) ?? holds;
      coming.delete(id);
    }
  };
  let inGroup = false;
  const person: PersonInCall = {
    userId,
    ssrc,
    version,
    isReady: () => true,
    json: (op, data) => json(op, data),
    binary: (op, payload) => {
      if (inGroup) binary(op, payload);
      else if (op === OP.externalSender) sender = payload;
    },
    media(from, { payload }) {
      const encrypted = isEncrypted(payload);
      try {
        const isSealed = encrypted && !session?.ready;
        const packet = encrypted && session?.ready ? session.decrypt(from.userId, AUDIO, payload) : payload;
        const it: Heard = { from: from.userId, packet, encrypted, at: now() };
        if (heard.push(it) > MOST_HEARD) heard.splice(0, MOST_HEARD / 2);
        if (!isSealed) hear(it);
      } catch {
        // Nobody hears what they cannot decrypt.
      }
    },
    privacyCode: () => (holds > 0 && session?.ready ? session.voicePrivacyCode : undefined),
    async verificationCode(other) {
      if (!session) throw new Error(`${userId} is in no encrypted group`);
      return session.getVerificationCode(other);
    },
    heard,
    enterGroup() {
      inGroup = true;
      if (sender) begin();
    },
    protect: (packet) =>
      holds > 0 && session?.ready && !packet.equals(SILENCE_FRAME) ? session.encryptOpus(packet) : packet,
  };
  return person;
};
