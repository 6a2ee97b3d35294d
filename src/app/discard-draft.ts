/** Leaves the calendar as it is: a schedule that was only shown is forgotten. */
import { allow, type Outcome } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

/** Forgets it; what has been saved meanwhile stays in force. */
export const discardDraft = (
  { store }: Pick<World, 'store'>,
  { cohortId, draftId }: { readonly cohortId: string; readonly draftId: string },
): Promise<Outcome<null>> =>
  store.change<null>(async ({ schedules }) => {
    const draft = await schedules.byId(draftId);
    if (draft?.cohortId === cohortId) await schedules.discard(draftId);
    return allow(null);
  });
