/**
 * What must be done in Discord so that the events that stand become those that are desired, with the fewest calls.
 *
 * Discord takes no beginning in the past: an event is made only before its time, and one that has begun keeps its
 * beginning. One that nobody knows, of our own and in a room of ours, is one of which the answer was lost.
 */
import type { DesiredEvent, EventRef } from '../../ports/calendar-events.ts';

/** An event as it stands; one that was completed or cancelled does not. */
export interface ActualEvent {
  readonly id: string;
  readonly own: boolean;
  /** Missing when it takes place elsewhere than in a room. */
  readonly channelId?: string;
  readonly name: string;
  readonly startsAt: Date;
  readonly endsAt?: Date;
  /** Somebody has begun it. */
  readonly active: boolean;
  /** Without a description, and happening once. */
  readonly plain: boolean;
}

/** What differs of an event. */
export interface EventChange {
  readonly name?: string;
  readonly channelId?: string;
  readonly startsAt?: Date;
  readonly endsAt?: Date;
  readonly plain?: true;
}

export type EventStep =
  /** `occurrenceId` is missing of one that nobody knew. */
  | { readonly kind: 'remove'; readonly event: ActualEvent; readonly occurrenceId?: string }
  /** It does not stand, and is not made again. */
  | { readonly kind: 'forget'; readonly occurrenceId: string }
  /** `found` when nobody knew that it stands; `change` is missing when nothing differs. */
  | {
      readonly kind: 'keep';
      readonly wanted: DesiredEvent;
      readonly event: ActualEvent;
      readonly found: boolean;
      readonly change?: EventChange;
    }
  | { readonly kind: 'make'; readonly wanted: DesiredEvent };

export interface EventsAround {
  readonly actual: readonly ActualEvent[];
  readonly known: readonly EventRef[];
  readonly now: Date;
}

const same = (one: Date | undefined, other: Date | undefined): boolean => one?.getTime() === other?.getTime();

/** What may still be changed of one that has begun. */
const lateChange = ({ title, endsAt }: DesiredEvent, actual: ActualEvent): EventChange => ({
  ...(title === actual.name ? {} : { name: title }),
  ...(same(endsAt, actual.endsAt) || endsAt <= actual.startsAt ? {} : { endsAt }),
});

const wholeChange = (wanted: DesiredEvent, actual: ActualEvent): EventChange => ({
  ...(wanted.title === actual.name ? {} : { name: wanted.title }),
  ...(wanted.channelId === actual.channelId ? {} : { channelId: wanted.channelId }),
  ...(same(wanted.startsAt, actual.startsAt) ? {} : { startsAt: wanted.startsAt }),
  ...(same(wanted.endsAt, actual.endsAt) ? {} : { endsAt: wanted.endsAt }),
  ...(actual.plain ? {} : { plain: true as const }),
});

const keep = (wanted: DesiredEvent, event: ActualEvent, found: boolean, now: Date): EventStep => {
  const begun = wanted.startsAt <= now;
  // Put at another time by hand, and its own has come: it can neither be put right nor be made again.
  if (begun && !event.active && !same(wanted.startsAt, event.startsAt)) {
    return { kind: 'remove', event, occurrenceId: wanted.occurrenceId };
  }
  const change = begun || event.active ? lateChange(wanted, event) : wholeChange(wanted, event);
  return { kind: 'keep', wanted, event, found, ...(Object.keys(change).length > 0 ? { change } : {}) };
};

/** Discord takes blanks away; a title that never came out as wanted would be changed for ever. */
const tidy = (event: DesiredEvent): DesiredEvent => ({
  ...event,
  title: event.title.trim().replace(/\s+/g, ' '),
});

const stepsFor = (wanted: readonly DesiredEvent[], { actual, known, now }: EventsAround) => {
  const refs = new Map(known.map(({ occurrenceId, eventId }) => [occurrenceId, eventId]));
  const spoken = new Set(known.map(({ eventId }) => eventId));
  return wanted.flatMap((want): EventStep[] => {
    const eventId = refs.get(want.occurrenceId);
    const own = actual.find(({ id }) => id === eventId);
    const orphan = actual.find(
      (event) =>
        event.own &&
        !spoken.has(event.id) &&
        event.channelId === want.channelId &&
        same(event.startsAt, want.startsAt),
    );
    const event = own ?? orphan;
    if (event) spoken.add(event.id);
    if (event) return [keep(want, event, !own, now)];
    if (want.startsAt > now) return [{ kind: 'make', wanted: want }];
    return eventId === undefined ? [] : [{ kind: 'forget', occurrenceId: want.occurrenceId }];
  });
};

/** What is known and no longer wanted. */
const endings = (wanted: readonly DesiredEvent[], { actual, known }: EventsAround): readonly EventStep[] =>
  known
    .filter(({ occurrenceId }) => !wanted.some((want) => want.occurrenceId === occurrenceId))
    .map(({ occurrenceId, eventId }): EventStep => {
      const event = actual.find(({ id }) => id === eventId);
      return event ? { kind: 'remove', event, occurrenceId } : { kind: 'forget', occurrenceId };
    });

/** Of our own, in a room of ours, and for nothing that is wanted. */
const strays = (
  desired: readonly DesiredEvent[],
  steps: readonly EventStep[],
  { actual, known }: EventsAround,
): readonly EventStep[] => {
  const spoken = new Set(known.map(({ eventId }) => eventId));
  for (const step of steps) if ('event' in step) spoken.add(step.event.id);
  const rooms = new Set(desired.map(({ channelId }) => channelId));
  return actual
    .filter(({ own, id, channelId = '' }) => own && !spoken.has(id) && rooms.has(channelId))
    .map((event) => ({ kind: 'remove', event }));
};

const ORDER: Readonly<Record<EventStep['kind'], number>> = { remove: 0, forget: 1, keep: 2, make: 3 };

/** The steps in the order in which they are to be taken: what goes makes room for what comes, the soonest first. */
export const planEvents = (desired: readonly DesiredEvent[], around: EventsAround): readonly EventStep[] => {
  const wanted = desired
    .filter(({ endsAt }) => endsAt > around.now)
    .map(tidy)
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const steps = stepsFor(wanted, around);
  const all = [...endings(wanted, around), ...strays(desired, steps, around), ...steps];
  return all.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]);
};
