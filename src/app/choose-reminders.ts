/** Keeps how somebody of a group wants to be reached. */
import type { Reminder } from '../core/milestone.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { type ContactPreference, USUAL_PREFERENCE } from '../core/reminder.ts';
import type { World } from '../ports/world.ts';

export interface ReminderChoice {
  readonly direct?: boolean | undefined;
  readonly off?: readonly Reminder[] | undefined;
}

/** The choice that holds now: what is not chosen stays as it was, and with nothing chosen nothing is written. */
export const chooseReminders = (
  world: World,
  { cohortId, personId }: { readonly cohortId: string; readonly personId: string },
  { direct, off }: ReminderChoice,
): Promise<Outcome<ContactPreference>> =>
  world.store.change<ContactPreference>(async ({ contactPreferences }) => {
    const before = (await contactPreferences.ofPerson(cohortId, personId)) ?? USUAL_PREFERENCE;
    if (direct === undefined && off === undefined) return allow(before);
    const preference = { direct: direct ?? before.direct, off: off ?? before.off };
    await contactPreferences.put(cohortId, personId, preference);
    return allow(preference);
  });
