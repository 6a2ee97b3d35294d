/** Ends the address of somebody's calendar, for good: no backup brings it back. */
import type { Erasing } from '../core/erasure.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** The same whether there was one or not. */
export const revokeCalendar = (
  { store, clock, ids }: World,
  { personId, guildId }: { readonly personId: string; readonly guildId: string },
): Promise<Outcome<null>> =>
  store.change(async (records) => {
    await endAddress(records, { id: ids.next(), personId, guildId, at: clock.now() });
    return allow(null);
  });

/** Within a change; kept outside of the database, too, when there was one. */
export const endAddress = async (
  { calendarFeeds, erasures }: Pick<Records, 'calendarFeeds' | 'erasures'>,
  { id, personId, guildId, at }: Required<Omit<Erasing, 'classes'>>,
): Promise<void> => {
  if (await calendarFeeds.live(personId, guildId)) {
    await erasures.note({ id, at, personId, guildId, classes: ['calendar-link'] });
  }
  await calendarFeeds.revoke(personId, guildId, at);
};
