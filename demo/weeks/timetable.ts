/** What happens around each meeting, in the order of its moments, over all groups together. */
import { endsAt, type Occurrence } from '../../src/core/occurrence.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { GROUPS, type GroupPlan } from './programme.ts';
import type { WeeksStage } from './stage.ts';

/** `gather`: people join the voice room; `late`: somebody comes late; `over`: the meeting can no longer be held. */
export const MOMENTS = [
  'day',
  'hour',
  'lobby',
  'gather',
  'begins',
  'late',
  'middle',
  'ends',
  'over',
] as const;
export type MomentKind = (typeof MOMENTS)[number];

export interface Moment {
  readonly what: MomentKind;
  readonly at: Date;
  readonly group: GroupPlan;
  readonly occurrence: Occurrence;
}

/** A little later than the moment itself, so that what is due then is due. */
const THEN = 2_000;

const offset = (what: MomentKind, occurrence: Occurrence): Date => {
  const { startsAt, minutes } = occurrence;
  switch (what) {
    case 'day':
      return after(startsAt, -DAY);
    case 'hour':
      return after(startsAt, -HOUR);
    case 'lobby':
      return after(startsAt, -10 * MINUTE);
    case 'gather':
      return after(startsAt, -3 * MINUTE);
    case 'begins':
      return startsAt;
    case 'late':
      return after(startsAt, 12 * MINUTE);
    case 'middle':
      return after(startsAt, (minutes / 2) * MINUTE);
    case 'ends':
      return endsAt(occurrence);
    case 'over':
      return after(endsAt(occurrence), 31 * MINUTE);
  }
};

/** Meetings of all groups that are near a moment: those of the last hours, and those of the week ahead. */
const meetingsNear = async ({ records, sandbox }: WeeksStage, now: Date) => {
  const cohorts = await records.cohorts.ofGuild(sandbox.guild.id);
  const near = await Promise.all(
    GROUPS.map(async (group) => {
      const cohort = cohorts.find(({ name }) => name === group.name);
      if (!cohort) return [];
      const meetings = await records.occurrences.between(
        cohort.id,
        after(now, -6 * HOUR),
        after(now, 8 * DAY),
      );
      return meetings.map((occurrence) => ({ group, occurrence }));
    }),
  );
  return near.flat();
};

const keyOf = ({ what, occurrence }: Pick<Moment, 'what' | 'occurrence'>): string =>
  `${what} ${occurrence.id} ${occurrence.startsAt.toISOString()}`;

/** The moments of a programme, one after the other, each once; a meeting that was skipped has none. */
export const momentsUntil = async function* (stage: WeeksStage, end: Date): AsyncIterable<Moment> {
  const told = new Set<string>();
  for (;;) {
    const now = stage.now();
    const moments = (await meetingsNear(stage, now))
      .filter(({ occurrence: { state } }) => state !== 'skipped')
      .flatMap(({ group, occurrence }) =>
        MOMENTS.map((what) => ({ what, group, occurrence, at: after(offset(what, occurrence), THEN) })),
      )
      .filter((moment) => !told.has(keyOf(moment)) && moment.at > after(now, -5 * MINUTE))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const [next] = moments;
    if (!next || next.at > end) return;
    told.add(keyOf(next));
    yield next;
  }
};
