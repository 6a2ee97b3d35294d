/** Keeps the sessions that stand: begun by IDENTIFY, resumed on a new line, and let go when nobody comes back. */
import { randomBytes } from 'node:crypto';
import { dropVoiceState } from '../changes/voice.ts';
import { integer, isObject, object, text } from '../check/schema.ts';
import type { Cancel } from '../clock.ts';
import type { World } from '../world.ts';
import { GatewayClose } from './close.ts';
import { sendGuild } from './delivery.ts';
import { accountOf, newSession, readyData } from './identify.ts';
import { read } from './payload.ts';
import { type Line, missedSince, type Session, send } from './session.ts';

/** The sessions of a gateway. */
export type Sessions = {
  all(): Session[];
  /** Begins a session from the data of IDENTIFY. */
  begin(data: unknown, line: Line): Session;
  /** Goes on with the session that the data of RESUME names; null when it cannot be had any more. */
  resume(data: unknown, line: Line): Session | null;
  /** A line has ended: its session waits to be resumed, or ends, unless it has gone on elsewhere. */
  release(session: Session, line: Line, resumable: boolean): void;
};

// As long as Discord is seen to keep a session without a socket.
const RESUMABLE_FOR = 3 * 60_000;

const resumeForm = object({ token: text(), session_id: text(), seq: integer(0) });

const leaveVoice = (world: World, session: Session): void => {
  for (const guild of world.guilds.values())
    if (guild.voiceStates.get(session.user.id)?.sessionId === session.id)
      dropVoiceState(world, guild, session.user.id);
};

/** Starts with no sessions; `url` tells where clients are to resume. */
export const startSessions = (world: World, url: () => string): Sessions => {
  const sessions = new Map<string, Session>();
  const forgetting = new Map<string, Cancel>();

  const end = (session: Session): void => {
    sessions.delete(session.id);
    world.sessions.delete(session.id);
    leaveVoice(world, session);
  };
  const greet = (session: Session): void => {
    send(session, 'READY', readyData(world, session, url()));
    for (const guild of world.guilds.values())
      if (guild.members.has(session.user.id)) sendGuild(world, session, guild);
  };
  return {
    all: () => [...sessions.values()],
    begin(data, line) {
      const session = newSession(world, data, randomBytes(16).toString('hex'));
      session.line = line;
      sessions.set(session.id, session);
      world.sessions.set(session.id, { userId: session.user.id });
      greet(session);
      return session;
    },
    resume(data, line) {
      const user = accountOf(world, isObject(data) ? data['token'] : null);
      const { session_id, seq } = read(resumeForm, data);
      const session = sessions.get(session_id);
      if (session?.user.id !== user.id) return null;
      if (seq > session.seq) throw new GatewayClose('invalidSeq', 'Invalid seq.');
      const missed = missedSince(session, seq);
      if (!missed) return null;
      forgetting.get(session_id)?.();
      session.line?.hangUp();
      session.line = line;
      for (const payload of missed) line.write(payload, session);
      send(session, 'RESUMED', {});
      return session;
    },
    release(session, line, resumable) {
      if (session.line !== line) return;
      session.line = null;
      if (!resumable) end(session);
      else
        forgetting.set(
          session.id,
          world.clock.after(RESUMABLE_FOR, () => end(session)),
        );
    },
  };
};
