/** Somebody is told by themselves what a facilitator did to them in a session, and nobody else is. */
import { IN_VOICE, type Moderation } from '../core/moderation.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

const tell = async (
  world: World,
  records: Records,
  { id, cohortId, act, person, isTold }: Moderation,
  { key, ...more }: { readonly key: string; readonly until?: string; readonly lifted?: true },
): Promise<void> => {
  if (!isTold || !person || act === 'lock' || act === 'hold-chat') return;
  await notify(world, records, {
    ...{ cohortId, key: `${key}:${id}`, person, alone: true },
    notice: { ...{ kind: 'held', act, cohortId, moderationId: id }, ...more },
  });
};

/** Within the change that keeps it: a mute and a move once they are done, for before that they may not come to pass. */
export const tellHeld = (world: World, records: Records, moderation: Moderation): Promise<void> => {
  const until = moderation.until?.toISOString();
  return tell(
    world,
    records,
    moderation,
    until === undefined ? { key: 'held' } : { key: `held-${until}`, until },
  );
};

/** Once, that rooms are open to them again: of a mute and of a time aside they are told by hearing, and by coming back. */
export const tellLifted = async (world: World, records: Records, moderation: Moderation): Promise<void> => {
  if (IN_VOICE.has(moderation.act)) return;
  await tell(world, records, moderation, { key: 'held-no-more', lifted: true });
};
