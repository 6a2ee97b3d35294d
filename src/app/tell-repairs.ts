/** The step that tells the staff, in one line, what was put right in their rooms. */
import { allow, type Outcome } from '../core/outcome.ts';
import { countRepairs } from '../core/room-repair.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Tells everything that is untold at once; nothing, when it was told already. */
export const tellRepairs = async (
  { ids }: Pick<World, 'ids'>,
  { repairs, announcements, jobs }: Records,
  { cohortId }: { readonly cohortId: string },
  now: Date,
): Promise<Outcome<null>> => {
  const untold = await repairs.untold(cohortId);
  const [first, last] = [untold[0], untold.at(-1)];
  if (!first || !last) return allow(null);
  const id = ids.next();
  const announcement = {
    kind: 'rooms-repaired',
    repairs: countRepairs(untold),
    from: first.at.toISOString(),
    to: last.at.toISOString(),
  } as const;
  await announcements.add({ id, cohortId, room: 'staff', announcement, madeAt: now });
  await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  await repairs.told(cohortId, now);
  return allow(null);
};
