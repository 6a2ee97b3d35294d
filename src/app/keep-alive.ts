/** The heartbeat of a gateway: what it keeps of voice rooms is believed as long as it says that it is alive. */
import { after, DAY } from '../core/time.ts';
import type { World } from '../ports/world.ts';

/** Gateways that were not heard of for so long have ended. */
const FORGOTTEN_AFTER = DAY;

/** Says so, and forgets those that have long ended. */
export const keepAlive = async ({ store, clock }: World, gatewayId: string): Promise<void> => {
  const { sights } = store.records;
  const now = clock.now();
  await sights.alive(gatewayId, now);
  await sights.forget(after(now, -FORGOTTEN_AFTER));
};
