/** Changes the session that is going on: every command that moves it comes through here. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import {
  type Change,
  type Paused,
  type Running,
  type Session,
  type SessionRequest,
  transition,
} from '../core/session.ts';
import type { Happening, Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { endOldAgreement } from './agreement-now.ts';
import { followSession } from './change-playback.ts';
import { closeAttendance } from './close-attendance.ts';
import { liftIn } from './lift-moderation.ts';
import { tellChange } from './tell-change.ts';
import { forgetTalkInTime } from './tell-talk-time.ts';
import { seeBeforeEnd } from './write-presence.ts';

export interface SessionDemand {
  readonly cohortId: string;
  readonly request: SessionRequest;
  /** Account of whoever asks; missing when a job does. */
  readonly by?: string;
}

/** Saves a change with all that follows from it; a change in which nothing came to pass is none. */
export const saveChange = async (
  world: World,
  records: Records,
  change: Change,
  { by, at }: Pick<Happening, 'by' | 'at'>,
): Promise<void> => {
  const { next, events } = change;
  if (events.length === 0) return;
  const cohort = next.state === 'ended' ? await records.cohorts.byId(next.cohortId) : undefined;
  if (cohort) await seeBeforeEnd(world, records, { cohort, sessionId: next.id }, at);
  await records.sessions.save(next, { events, at, ...(by !== undefined && { by }) });
  if (next.state === 'ended' && cohort) {
    await liftIn(records, cohort.id, { why: 'session-ended' }, at);
    await closeAttendance(world, records, next, cohort);
    await records.callEncryptions.put(cohort.id, { state: 'unknown' });
    await forgetTalkInTime(records, next);
    await endOldAgreement(world, records, next);
  }
  await followSession(records, next, events, at);
  await tellChange(world, records, change, at);
};

/** What goes with it: it may refuse, seeing the session as it is within the change, and nothing is done then. */
type Beside = (session: Running | Paused, records: Records) => Outcome<null> | Promise<Outcome<null>>;

/** The session after what was asked of it, and of what goes with it. */
export const changeSession = (
  world: World,
  { cohortId, request, by }: SessionDemand,
  beside: Beside = () => allow(null),
): Promise<Outcome<Session>> =>
  world.store.change<Session>(async (records) => {
    const session = await records.sessions.unfinished(cohortId);
    if (!session) return refuse({ code: 'no-session' });
    const done = await beside(session, records);
    if (!done.ok) return done;
    const at = world.clock.now();
    const changed = transition(session, request, at);
    if (!changed.ok) return changed;
    await saveChange(world, records, changed.value, { at, ...(by !== undefined && { by }) });
    return allow(changed.value.next);
  });
