/**
 * What the lobby of a meeting shows: it stands from ten minutes before, and says calmly whatever becomes of the meeting.
 *
 *   waiting ──> begun ──> late ──> not-held    its time has come; the facilitators have been asked; nobody opened it
 *      │          └─────────┴────> open ──> held
 *      └─ moved, skipped
 */
import type { CohortSettings } from './cohort.ts';
import { milestoneAt } from './milestone.ts';
import type { Occurrence } from './occurrence.ts';

export type LobbyState = 'waiting' | 'begun' | 'late' | 'open' | 'held' | 'not-held' | 'moved' | 'skipped';

/** States in which people are still waiting for it. */
export const isAwaited = (state: LobbyState): boolean =>
  state === 'waiting' || state === 'begun' || state === 'late';

/** How the lobby of a meeting stands; `openSessionId` is the session that is going on. */
export const lobbyState = (
  occurrence: Occurrence,
  settings: Pick<CohortSettings, 'leadPatienceMinutes'>,
  { now, openSessionId }: { readonly now: Date; readonly openSessionId: string | undefined },
): LobbyState => {
  if (occurrence.state === 'held') return occurrence.sessionId === openSessionId ? 'open' : 'held';
  if (occurrence.state !== 'planned') return occurrence.state;
  if (now < milestoneAt(occurrence, 'ten-minutes', settings)) return 'moved';
  if (now >= milestoneAt(occurrence, 'over', settings)) return 'not-held';
  if (now < occurrence.startsAt) return 'waiting';
  return now >= milestoneAt(occurrence, 'lead-late', settings) ? 'late' : 'begun';
};
