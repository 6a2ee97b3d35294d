/** What is done once a day, in the night of UTC: by whichever process, and after each of its starts. */
import type { World } from '../ports/world.ts';

/** Does the work when a new day has begun since it was last done here; done twice, it must find nothing more to do. */
export const daily = (world: World, work: (world: World) => Promise<void>): (() => Promise<void>) => {
  let last = '';
  return async () => {
    const today = world.clock.now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    if (today === last) return;
    await work(world);
    last = today;
  };
};
