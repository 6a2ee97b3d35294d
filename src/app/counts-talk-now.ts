/** Whether it is counted in a cohort now how long each speaks, and whether everybody there was told so. */
import type { Cohort } from '../core/cohort.ts';
import { countsTalk } from '../core/talk-time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { agreementNow } from './agreement-now.ts';

/** By its policy, and by what everybody in its rooms has signed. */
export const countsTalkNow = async (
  world: Pick<World, 'catalogue'>,
  records: Pick<Records, 'agreements'>,
  { id, settings }: Pick<Cohort, 'id' | 'settings'>,
): Promise<boolean> => countsTalk(settings, (await agreementNow(world, records, id)).holding);

/** Whether it is counted in the session that goes on, and the room has been told: nobody's time is counted before that. */
export const countsTalkAsTold = async (
  world: Pick<World, 'catalogue'>,
  records: Pick<Records, 'agreements' | 'announcements'>,
  cohort: Pick<Cohort, 'id' | 'settings'>,
): Promise<boolean> => {
  if (!(await countsTalkNow(world, records, cohort))) return false;
  const kinds = ['talk-time-counted', 'talk-time-not-counted'] as const;
  const told = await records.announcements.latest(cohort.id, kinds);
  return told?.announcement.kind === 'talk-time-counted' && told.saidAt !== undefined;
};
