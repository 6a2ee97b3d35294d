/** Pauses, resumes and stops what sounds: because a facilitator says so, or because the session moves. */
import { type Outcome, refuse } from '../core/outcome.ts';
import { type Playback, type PlaybackRequest, transition } from '../core/playback.ts';
import type { Session, SessionEvent } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { runningSession } from './start-playback.ts';
import { tellPlayback } from './tell-playback.ts';

/** What is to become of something that sounds, within a change; nothing is saved when nothing changes. */
export const savePlayback = async (
  records: Records,
  playback: Playback,
  request: PlaybackRequest,
  now: Date,
): Promise<Outcome<Playback>> => {
  const changed = transition(playback, request, now);
  if (!changed.ok || changed.value === playback) return changed;
  await records.playbacks.save(changed.value);
  await tellPlayback(records, changed.value);
  return changed;
};

const ASKED = {
  pause: { kind: 'pause', because: 'asked' },
  resume: { kind: 'resume', because: 'asked' },
  stop: { kind: 'stop', how: 'stopped' },
} as const satisfies Readonly<Record<string, PlaybackRequest>>;

/** What a facilitator may ask of it. */
export type Control = keyof typeof ASKED;

export interface ControlDemand {
  readonly cohortId: string;
  readonly control: Control;
  /** Id of what a button was shown for; whatever sounds, when missing. */
  readonly meant: string | undefined;
}

/** Does what a facilitator asks; refused with `nothing-plays` when nothing sounds, or something else by now. */
export const changePlayback = (
  world: World,
  { cohortId, control, meant }: ControlDemand,
): Promise<Outcome<Playback>> =>
  world.store.change<Playback>(async (records) => {
    const session = await runningSession(records, cohortId);
    if (!session.ok) return session;
    const playback = await records.playbacks.unfinished(session.value.id);
    if (!playback || (meant !== undefined && playback.id !== meant)) return refuse({ code: 'nothing-plays' });
    return savePlayback(records, playback, ASKED[control], world.clock.now());
  });

const FOLLOWS: Partial<Readonly<Record<SessionEvent['kind'], PlaybackRequest>>> = {
  paused: { kind: 'pause', because: 'session' },
  resumed: { kind: 'resume', because: 'session' },
  'phase-left': { kind: 'stop', how: 'part-left' },
  ended: { kind: 'stop', how: 'session-ended' },
};

/** The end of a session leaves its last part as well: it is told as the end. */
const requestFor = (events: readonly SessionEvent[]): PlaybackRequest | undefined =>
  events.some(({ kind }) => kind === 'ended')
    ? FOLLOWS.ended
    : events.map(({ kind }) => FOLLOWS[kind]).find((request) => request !== undefined);

/** Lets what sounds follow its session, within the change of that. */
export const followSession = async (
  records: Records,
  session: Session,
  events: readonly SessionEvent[],
  now: Date,
): Promise<void> => {
  const request = requestFor(events);
  const playback = request && (await records.playbacks.unfinished(session.id));
  if (request && playback) await savePlayback(records, playback, request, now);
};
