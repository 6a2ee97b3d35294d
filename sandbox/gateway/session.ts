/** Keeps a gateway session: who it is, what it was sent, and what it knows; it outlives its socket for a while. */
import type { Snowflake, User } from '../world.ts';

/** A message of the gateway, either way. */
export type Payload = {
  readonly op: number;
  readonly d: unknown;
  readonly s?: number | null;
  readonly t?: string | null;
};

/** A session; `intents` is null for people, who have no need of any. */
export type Session = {
  readonly id: string;
  readonly user: User;
  readonly intents: number | null;
  readonly shard: readonly [id: number, count: number];
  seq: number;
  /** What was sent, for replay; the oldest are forgotten. */
  readonly sent: Payload[];
  /** The channels that this client may view, as far as it has been told. */
  readonly known: Set<Snowflake>;
  /** The line to the client; null while there is none. */
  line: Line | null;
};

/** What a session speaks through. */
export type Line = {
  write(payload: Payload, session: Session): void;
  /** Ends the line because the session goes on elsewhere. */
  hangUp(): void;
};

// Discord keeps what a client missed for a while; more than this was never needed to catch up.
const MOST_REPLAYED = 2000;

/** Sends an event: numbered, kept for replay, and written when a socket is there. */
export const send = (session: Session, type: string, data: unknown): void => {
  session.seq += 1;
  const payload: Payload = { op: 0, d: data, s: session.seq, t: type };
  session.sent.push(payload);
  if (session.sent.length > MOST_REPLAYED) session.sent.shift();
  session.line?.write(payload, session);
};

/** What came after a number; null when that is no longer known. */
export const missedSince = (session: Session, seq: number): readonly Payload[] | null => {
  const first = session.sent[0]?.s ?? session.seq + 1;
  if (seq > session.seq || seq + 1 < first) return null;
  return session.sent.filter((payload) => (payload.s ?? 0) > seq);
};

/** Whether a guild (or, with null, direct messages) belongs to a session's shard. */
export const onShard = ({ shard: [id, count] }: Session, guildId: Snowflake | null): boolean =>
  guildId === null ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
