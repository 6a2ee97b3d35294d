/** With what the jobs of a test are done: the machine's own time, and ids of its own. */
import type { Workshop } from '../../../src/adapters/jobs/jobs.ts';
import { clockOf, idsOf } from '../../../src/adapters/system/system.ts';
import type { Store } from '../../../src/ports/store.ts';

export const workshopOf = (store: Store): Workshop => ({ store, clock: clockOf(Date), ids: idsOf(Date) });
