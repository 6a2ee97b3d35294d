/** Keeps a schedule as somebody asks for it, to be shown to them before it is in force. */
import { type DraftFacts, upcoming } from '../core/calendar-facts.ts';
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { checkRule, type DraftSchedule } from '../core/schedule.ts';
import { readWish, type ScheduleWish } from '../core/schedule-wish.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { type Weighed, weighSchedule } from './weigh-schedule.ts';

export interface ScheduleAsked extends ScheduleWish {
  readonly cohortId: string;
  /** Account of the admin or facilitator who asks. */
  readonly by: string;
  readonly shownAsEvents?: boolean | undefined;
}

const factsOf = (
  { zones }: Pick<World, 'zones'>,
  cohort: Cohort,
  draft: DraftSchedule,
  { replacement, meetings, onHolidays }: Weighed,
): DraftFacts => {
  const [first] = meetings;
  return {
    cohort,
    draft,
    shownAsEvents: draft.shownAsEvents ?? cohort.settings.shownAsEvents,
    meetings: meetings.map((meeting) => upcoming(meeting, draft.zone, zones)),
    onHolidays,
    replacement,
    ...(first && draft.zone !== cohort.zone && { wallBefore: zones.wall(first.at, cohort.zone) }),
  };
};

/** Nothing is in force yet. Refused when it cannot be read, would never meet, or would overlap. */
export const draftSchedule = (world: World, asked: ScheduleAsked): Promise<Outcome<DraftFacts>> =>
  world.store.change<DraftFacts>(async (records) => {
    const { cohortId, by, shownAsEvents, ...wish } = asked;
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const now = world.clock.now();
    const names = Intl.supportedValuesOf('timeZone');
    const rule = readWish(wish, cohort.value, { now, zones: world.zones, names });
    if (!rule.ok) return rule;
    const checked = checkRule(rule.value, now, world.zones);
    if (!checked.ok) return checked;
    const running = await records.schedules.running(cohortId);
    const calendar = { records, cohort: cohort.value, now };
    const weighed = await weighSchedule(world, calendar, rule.value, running);
    if (!weighed.ok) return weighed;
    const draft: DraftSchedule = {
      ...rule.value,
      ...{ id: world.ids.next(), cohortId, writtenAt: now, writtenBy: by, version: 0, state: 'draft' },
      ...(running && { replaces: running.id }),
      ...(shownAsEvents !== undefined && { shownAsEvents }),
    };
    await records.schedules.addDraft(draft);
    const facts = factsOf(world, cohort.value, draft, weighed.value);
    return allow(running ? { ...facts, replaced: running } : facts);
  });
