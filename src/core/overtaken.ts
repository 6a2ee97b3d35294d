/** When something that a group was to be told is overtaken: told after what came later, it would be believed instead. */
import type { Announcement } from './board.ts';

/** The moments of which it says whether the group meets then, in ISO 8601; none when it is about something else. */
const momentsOf = (announcement: Announcement): readonly string[] => {
  switch (announcement.kind) {
    case 'meetings-skipped':
    case 'meetings-restored':
      return announcement.at;
    case 'meeting-moved':
      return [announcement.from, announcement.to];
    case 'meeting-added':
      return [announcement.at];
    default:
      return [];
  }
};

const isOfSchedule = ({ kind }: Announcement): boolean =>
  kind === 'schedule-set' || kind === 'schedule-ended';

/** Whether one of these may be overtaken at all. */
export const mayBeOvertaken = (announcement: Announcement): boolean =>
  isOfSchedule(announcement) || momentsOf(announcement).length > 0;

/**
 * Whether what the same group was to be told later says everything anew that this one says. A moment that is named by this one
 * alone keeps it from being dropped: nobody would learn of it.
 */
export const isOvertaken = (announcement: Announcement, later: readonly Announcement[]): boolean => {
  if (isOfSchedule(announcement)) return later.some(isOfSchedule);
  const moments = momentsOf(announcement);
  const anew = new Set(later.flatMap(momentsOf));
  return moments.length > 0 && moments.every((moment) => anew.has(moment));
};
