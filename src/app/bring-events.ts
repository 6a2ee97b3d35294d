/** The job that makes a cohort's events in the server's calendar what they ought to be: the same however often it runs. */
import type { Cohort } from '../core/cohort.ts';
import { shares } from '../core/event-window.ts';
import { endsAt } from '../core/occurrence.ts';
import { allow } from '../core/outcome.ts';
import { after, HOUR } from '../core/time.ts';
import type { DesiredEvent } from '../ports/calendar-events.ts';
import type { World } from '../ports/world.ts';
import { planningHorizon } from './plan-occurrences.ts';
import { recordHindered } from './record-hindered.ts';

/** No meeting is longer, in milliseconds. */
const LONGEST = 4 * HOUR;

/** A meeting that is going on stays until its planned end; of those ahead the next few, as many as are its share. */
const desiredEvents = async (
  { store, clock }: World,
  cohort: Cohort,
  { channelId, title }: Pick<DesiredEvent, 'channelId' | 'title'>,
): Promise<readonly DesiredEvent[]> => {
  if (cohort.state !== 'active' || !cohort.settings.shownAsEvents) return [];
  const { occurrences } = store.records;
  const now = clock.now();
  const horizon = planningHorizon(now);
  const share = shares(await occurrences.shownAsEvents(cohort.guildId, now, horizon)).get(cohort.id) ?? 0;
  const around = (await occurrences.between(cohort.id, after(now, -LONGEST), after(horizon, 1))).filter(
    (each) => !each.individual && endsAt(each) > now && (each.state === 'planned' || each.state === 'held'),
  );
  const ahead = around.filter(({ startsAt }) => startsAt > now);
  const goingOn = around.filter(({ startsAt }) => startsAt <= now);
  return [...goingOn, ...ahead.slice(0, share)].map((each) => ({
    ...{ occurrenceId: each.id, channelId, title },
    ...{ startsAt: each.startsAt, endsAt: endsAt(each) },
  }));
};

/** Brings them, by a title that says nothing of the group. Without a voice room there is nowhere to meet, and no event. */
export const bringEvents = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
  title: string,
): Promise<void> => {
  const { cohorts, roomRefs, eventRefs } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  const channelId = await roomRefs.channelOf(cohortId, { kind: 'voice' });
  if (!cohort || channelId === undefined) return;
  const brought = await world.calendarEvents.bringEvents(
    cohort.guildId,
    await desiredEvents(world, cohort, { channelId, title }),
    await eventRefs.ofCohort(cohortId),
    async (occurrenceId, eventId) => {
      await world.store.change(async (records) =>
        allow(await records.eventRefs.put({ occurrenceId, eventId })),
      );
    },
    async (occurrenceId) => {
      await world.store.change(async (records) => allow(await records.eventRefs.remove(occurrenceId)));
    },
  );
  if (brought.did === 'forbidden') {
    return recordHindered(world, { job: { name: 'bring-events', cohortId }, missing: brought.missing });
  }
  if (brought.did !== 'done') world.log.warn('events-not-brought', { cohort: cohortId, did: brought.did });
};
