/** Says goodbye to somebody who leaves a cohort, and of them to the group, as the facilitators chose. */
import type { Membership } from '../core/cohort.ts';
import type { Goodbye } from '../core/farewell.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** Within the change that discharges them. */
export const sayGoodbye = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  { id: membershipId, cohortId, person }: Membership,
  { direct, line }: Goodbye,
): Promise<void> => {
  if (direct) {
    const key = `goodbye:${membershipId}`;
    await notify(world, records, { cohortId, key, person, notice: { kind: 'goodbye' }, alone: true });
  }
  if (line === 'none') return;
  const id = world.ids.next();
  const announcement = {
    kind: 'farewell',
    line,
    ...(line !== 'unnamed' && { account: person.account }),
  } as const;
  await records.announcements.add({ id, cohortId, room: 'group', announcement, madeAt: world.clock.now() });
  await records.jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
};
