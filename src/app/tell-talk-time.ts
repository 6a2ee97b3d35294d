/** Tells the room whether it is counted how long each speaks, and sees to it that this is forgotten in time. */
import type { Cohort, CohortSettings } from '../core/cohort.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { KEPT_FOR } from '../core/talk-time.ts';
import { after } from '../core/time.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { countsTalkNow } from './counts-talk-now.ts';

/**
 * Says in the group's room, within the change from which on it is so in a session, whether it is counted; nothing where
 * that is as it was. `before` is missing where the session just begins: then nothing was counted.
 */
export const tellTalkTime = async (
  world: Pick<World, 'catalogue' | 'ids'>,
  records: Pick<Records, 'announcements' | 'agreements' | 'jobs'>,
  cohort: Pick<Cohort, 'id' | 'settings'>,
  now: Date,
  before?: CohortSettings,
): Promise<void> => {
  const { id: cohortId } = cohort;
  const counts = await countsTalkNow(world, records, cohort);
  const did =
    before !== undefined && (await countsTalkNow(world, records, { id: cohortId, settings: before }));
  if (counts === did) return;
  const id = world.ids.next();
  const announcement = { kind: counts ? 'talk-time-counted' : 'talk-time-not-counted' } as const;
  await records.announcements.add({ id, cohortId, room: 'group', announcement, madeAt: now });
  await records.jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
};

/** Within the change that ends a session: what was counted in it is deleted thirty days later, if not before. */
export const forgetTalkInTime = async (
  { talkTimes, jobs }: Pick<Records, 'talkTimes' | 'jobs'>,
  {
    id: sessionId,
    cohortId,
    endedAt,
  }: { readonly id: string; readonly cohortId: string; readonly endedAt: Date },
): Promise<void> => {
  if ((await talkTimes.ofSession(sessionId)).length === 0) return;
  await jobs.enqueue({ name: 'forget-talk-time', cohortId, sessionId }, after(endedAt, KEPT_FOR));
};

/** The step that deletes it. */
export const forgetTalk = async (
  { talkTimes }: Pick<Records, 'talkTimes'>,
  { sessionId }: Extract<Job, { name: 'forget-talk-time' }>,
): Promise<Outcome<null>> => {
  await talkTimes.forget(sessionId);
  return allow(null);
};
