/** The server's calendar as Discord shows it: an event for each time that a group is together, and nothing else of it. */
import type { Attempt } from './rooms.ts';

/** Which event of Discord's stands for an occurrence. */
export interface EventRef {
  readonly occurrenceId: string;
  readonly eventId: string;
}

export interface DesiredEvent {
  readonly occurrenceId: string;
  /** The voice room in which it takes place. */
  readonly channelId: string;
  /** Neutral words, 100 characters at most. */
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface CalendarEvents {
  /**
   * Makes the events that stand equal to those that are desired, with the fewest calls, the soonest first. What has begun
   * is never made, what has ended is taken away. `found` is called as soon as an event stands for an occurrence, `lost`
   * as soon as none does any more. `full` when the server's calendar takes no more.
   *
   * Everything that is desired in a channel is to be asked for together: an event of Hearth's own there that nobody knows
   * is taken for one of which the answer was lost, and is kept for its occurrence or taken away.
   */
  bringEvents(
    guildId: string,
    desired: readonly DesiredEvent[],
    known: readonly EventRef[],
    found: (occurrenceId: string, eventId: string) => Promise<void>,
    lost: (occurrenceId: string) => Promise<void>,
  ): Promise<Attempt | { readonly did: 'full' }>;
}
