/** Puts somebody on call for a group, or nobody. */
import type { Cohort } from '../core/cohort.ts';
import { isOnCall, ladderOf, mayBeOnCall, type OnCall, readHours, USUAL_PATIENCE } from '../core/on-call.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { World } from '../ports/world.ts';

export interface OnCallWish {
  /** Account. */
  readonly first: string;
  /** As it was written. */
  readonly hours: string;
  /** Minutes. */
  readonly patience: Partial<OnCall['patience']>;
  readonly by: string;
}

/** Who is on call, in which order they are told, and whether these are the hours. */
export interface OnCallShown {
  readonly onCall?: OnCall;
  readonly ladder: readonly Person[];
  readonly zone: string;
  readonly isNow: boolean;
}

const shownOf = ({ clock, zones }: World, cohort: Cohort, onCall: OnCall | undefined): OnCallShown => ({
  ladder: ladderOf(cohort, onCall),
  zone: cohort.zone,
  isNow: onCall !== undefined && isOnCall(onCall.hours, zones.wall(clock.now(), cohort.zone)),
  ...(onCall && { onCall }),
});

/** Who is on call now. */
export const showOnCall = async (world: World, cohort: Cohort): Promise<OnCallShown> =>
  shownOf(world, cohort, await world.store.records.onCalls.ofCohort(cohort.id));

/** Switches alerts on: somebody is on call, in these hours, and a supervisor is there for what nobody acknowledges. */
export const setOnCall = (world: World, cohort: Cohort, wish: OnCallWish): Promise<Outcome<OnCallShown>> =>
  world.store.change<OnCallShown>(async ({ onCalls }) => {
    const hours = readHours(wish.hours);
    if (!hours.ok) return hours;
    const first = mayBeOnCall(cohort, wish.first);
    if (!first.ok) return first;
    const onCall: OnCall = {
      cohortId: cohort.id,
      first: first.value,
      hours: hours.value,
      patience: { ...USUAL_PATIENCE, ...wish.patience },
      setBy: wish.by,
      setAt: world.clock.now(),
    };
    await onCalls.put(onCall);
    return allow(shownOf(world, cohort, onCall));
  });

/** Switches alerts off; those that are open go on. */
export const endOnCall = (world: World, cohort: Cohort): Promise<Outcome<OnCallShown>> =>
  world.store.change<OnCallShown>(async ({ onCalls }) => {
    await onCalls.remove(cohort.id);
    return allow(shownOf(world, cohort, undefined));
  });
