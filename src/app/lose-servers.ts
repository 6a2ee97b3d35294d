/** Servers that a gateway does not see any more: who is in their voice rooms is not known until one sees them again. */
import type { World } from '../ports/world.ts';

/** To be called by the gateway that saw them. */
export const loseServers = async (
  { store }: World,
  gatewayId: string,
  guildIds: readonly string[],
): Promise<void> => {
  if (guildIds.length > 0) await store.records.sights.lose(gatewayId, guildIds);
};
