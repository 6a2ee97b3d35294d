/** Whether it is counted in a cohort now how long each speaks. */
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
