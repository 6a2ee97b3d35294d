/** Makes somebody an address of their own for their calendar; one that they had before ends with it. */
import { GIVEN_CALENDARS } from '../core/often.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { after, MINUTE } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { endAddress } from './revoke-calendar.ts';

export interface LinkDemand {
  readonly person: Person;
  readonly guildId: string;
  /** BCP 47: what language the calendar is to speak. */
  readonly locale: string;
  /** Whether an address that works may end. */
  readonly sure: boolean;
}

/** `had`: one works already, and nothing was done. `made`: the secret part of the new one, told this once. */
export type Linked =
  | { readonly is: 'had'; readonly madeAt: Date }
  | { readonly is: 'made'; readonly token: string };

/** Of the secret only its digest is kept. Refused with `too-many-calendars`. */
export const linkCalendar = (
  { store, clock, ids, secrets }: World,
  { person, guildId, locale, sure }: LinkDemand,
): Promise<Outcome<Linked>> =>
  store.change<Linked>(async (records) => {
    const { calendarFeeds } = records;
    // So that two who ask at once are counted one after the other.
    await records.people.hold([person.id]);
    const live = await calendarFeeds.live(person.id, guildId);
    if (live && !sure) return allow({ is: 'had', madeAt: live.madeAt });
    const [token, madeAt] = [secrets.make(), clock.now()];
    const { most, within } = GIVEN_CALENDARS;
    if ((await calendarFeeds.givenSince(person.id, after(madeAt, -within))) >= most) {
      return refuse({ code: 'too-many-calendars', minutes: within / MINUTE });
    }
    await endAddress(records, { id: ids.next(), personId: person.id, guildId, at: madeAt });
    const tokenSha256 = secrets.digest(token);
    await calendarFeeds.add({ id: ids.next(), person, guildId, tokenSha256, locale, madeAt });
    return allow({ is: 'made', token });
  });
