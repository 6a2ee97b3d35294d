/** Keeps how people of a cohort want to be reached. */
import { REMINDERS } from '../../core/milestone.ts';
import type { ContactPreference } from '../../core/reminder.ts';
import type { ContactPreferences } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { ContactPreference as PreferenceRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const preferenceOf = ({ direct, off }: PreferenceRow): ContactPreference => ({
  direct,
  off: off.map((each) => oneOf(REMINDERS, each)),
});

/** Contact preferences, in a transaction. */
export const contactPreferencesIn = (tx: Transaction): ContactPreferences => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.contactPreference.findMany({ where: { cohortId } });
    return new Map(rows.map((row) => [row.personId, preferenceOf(row)]));
  },
  ofPerson: async (cohortId, personId) => {
    const row = await tx.contactPreference.findUnique({
      where: { cohortId_personId: { cohortId, personId } },
    });
    return row ? preferenceOf(row) : undefined;
  },
  put: async (cohortId, personId, { direct, off }) => {
    const choice = { direct, off: [...off] };
    await tx.contactPreference.upsert({
      where: { cohortId_personId: { cohortId, personId } },
      create: { cohortId, personId, ...choice },
      update: choice,
    });
  },
});
