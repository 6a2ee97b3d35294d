/** Somebody is told by themselves what a facilitator did to them in a session, and nobody else is. */
import type { Moderation } from '../core/moderation.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** Within the change that keeps it: a mute and a move once they are done, for before that they may not come to pass. */
export const tellHeld = async (
  world: World,
  records: Records,
  { id, cohortId, act, person, until, isTold }: Moderation,
): Promise<void> => {
  if (!isTold || !person || act === 'lock' || act === 'hold-chat') return;
  await notify(world, records, {
    ...{ cohortId, key: `held:${id}`, person, alone: true },
    notice: {
      ...{ kind: 'held', act, cohortId, moderationId: id },
      ...(until && { until: until.toISOString() }),
    },
  });
};
