/** How a group is told that its calendar has changed: times, and nothing else. */
import type { CalendarNews } from '../../core/calendar-news.ts';
import { moment } from '../markup.ts';
import { listed } from './list.ts';

/** Title of a meeting among the events of the server, where everybody may read it. */
export const EVENT_TITLE = 'Group meeting';

const when = (at: string): string => moment(new Date(at), 'F');

const all = (moments: readonly string[]): string => listed(moments.map(when));

/** One change, as a message. */
export const calendarNews = (said: CalendarNews): string => {
  switch (said.kind) {
    case 'meetings-skipped':
      return `We do not meet on ${all(said.at)}. The other meetings stay as they are.`;
    case 'meetings-restored':
      return `We do meet on ${all(said.at)}, after all.`;
    case 'meeting-moved':
      return `Our meeting on ${when(said.from)} is moved: we meet on ${when(said.to)} instead.`;
    case 'meeting-added':
      return `We also meet on ${when(said.at)}, for ${said.minutes} minutes.`;
    case 'schedule-set':
      return said.next.length === 0
        ? 'Our schedule was changed. `/schedule show` tells when we meet.'
        : `Our schedule was changed. We meet next on ${all(said.next)}. \`/schedule show\` tells more.`;
    case 'schedule-ended':
      return 'Our schedule has ended. `/schedule show` tells whether anything is still planned.';
  }
};
