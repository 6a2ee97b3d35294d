/** Keeps which event in the server's calendar stands for which meeting. */
import type { EventRefs } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

/** Events as they are known, in a transaction. */
export const eventRefsIn = (tx: Transaction): EventRefs => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.scheduledEvent.findMany({ where: { occurrence: { cohortId } } });
    return rows.map(({ occurrenceId, eventId }) => ({ occurrenceId, eventId }));
  },
  put: async ({ occurrenceId, eventId }) => {
    await tx.scheduledEvent.upsert({
      where: { occurrenceId },
      create: { occurrenceId, eventId },
      update: { eventId },
    });
  },
  remove: async (occurrenceId) => {
    await tx.scheduledEvent.deleteMany({ where: { occurrenceId } });
  },
});
