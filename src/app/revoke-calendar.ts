/** Ends the address of somebody's calendar. */
import { allow, type Outcome } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

/** The same whether there was one or not. */
export const revokeCalendar = (
  { store, clock }: World,
  { personId, guildId }: { readonly personId: string; readonly guildId: string },
): Promise<Outcome<null>> =>
  store.change(async ({ calendarFeeds }) => {
    await calendarFeeds.revoke(personId, guildId, clock.now());
    return allow(null);
  });
