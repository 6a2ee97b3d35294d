/** What facilitators hold is let go: by them, by the end of the session, or because Hearth was away. */
import type { Cohort } from '../core/cohort.ts';
import {
  admitting,
  type Holds,
  holdsOf,
  IN_VOICE,
  type LiftedWhy,
  lift,
  type Moderation,
  type ModerationAct,
} from '../core/moderation.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { tellLifted } from './tell-held.ts';

/** What follows from a change of what stands. */
export const followModeration = async ({ jobs }: Records, cohortId: string, until?: Date): Promise<void> => {
  await jobs.enqueue({ name: 'bring-rooms', cohortId });
  await jobs.enqueue({ name: 'bring-floor', cohortId });
  await jobs.enqueue({ name: 'bring-boards', cohortId });
  if (until) await jobs.enqueue({ name: 'bring-floor', cohortId }, until);
};

/** Which of what stands is lifted: all of it, if nothing is named. */
export interface Lifting {
  readonly acts?: readonly ModerationAct[];
  /** Account. */
  readonly account?: string;
  readonly personId?: string;
  /** Whether whoever it is about may come into the room if it is locked. */
  readonly admits?: true;
  readonly why: LiftedWhy;
  readonly by?: string;
}

/** Lifts it within a change, with what follows from that; what was lifted. */
export const liftIn = async (
  records: Records,
  cohortId: string,
  { acts, account, personId, admits, why, by }: Lifting,
  at: Date,
): Promise<readonly Moderation[]> => {
  const lifted = { at, why, ...(by !== undefined && { by }) };
  const meant = (each: Moderation): boolean =>
    !each.lifted &&
    (acts?.includes(each.act) ?? true) &&
    (account === undefined || each.person?.account === account) &&
    (personId === undefined || each.person?.id === personId);
  const unsettled = await records.moderations.unsettled(cohortId);
  const standing = unsettled.filter(meant);
  for (const each of standing) await records.moderations.save(lift(each, lifted));
  const lock = unsettled.find((each) => each.act === 'lock' && !each.lifted);
  const admitted = admits && lock && account !== undefined ? admitting(lock, account) : lock;
  if (admitted && admitted !== lock) await records.moderations.save(admitted);
  if (standing.length > 0 || admitted !== lock) await followModeration(records, cohortId);
  return standing;
};

/** A facilitator lifts it, and whom it was about is told; what stands after it. */
export const liftModeration = (world: World, cohort: Cohort, lifting: Lifting): Promise<Outcome<Holds>> =>
  world.store.change<Holds>(async (records) => {
    const lifted = await liftIn(records, cohort.id, lifting, world.clock.now());
    for (const each of lifted) await tellLifted(world, records, each);
    return allow(holdsOf(await records.moderations.unsettled(cohort.id)));
  });

/** Hearth was away: nobody stays muted or aside because of it. */
export const liftAfterRestart = async (world: World, guildId: string): Promise<void> => {
  for (const cohortId of await world.store.records.moderations.unsettledOf(guildId)) {
    await world.store.change(async (records) => {
      await liftIn(records, cohortId, { acts: [...IN_VOICE], why: 'restarted' }, world.clock.now());
      // What was lifted before, and is still in Discord, is taken back now.
      await followModeration(records, cohortId);
      return allow(null);
    });
  }
};
