/** `/schedule`: when the group meets; admins and facilitators set it, everybody of the group may see it. */
import { z } from 'zod';
import { addMeeting } from '../src/app/add-meeting.ts';
import { confirmSchedule } from '../src/app/confirm-schedule.ts';
import { discardDraft } from '../src/app/discard-draft.ts';
import { draftSchedule } from '../src/app/draft-schedule.ts';
import { endable, endSchedule } from '../src/app/end-schedule.ts';
import { moveMeeting } from '../src/app/move-meeting.ts';
import { restoreMeeting } from '../src/app/restore-meeting.ts';
import { setHoliday } from '../src/app/set-holiday.ts';
import { showSchedule } from '../src/app/show-schedule.ts';
import { skipMeeting, skippable } from '../src/app/skip-meeting.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { GROUP, STAFF, type Standing } from '../src/core/access.ts';
import { SESSION_MINUTES, type SessionMinutes } from '../src/core/agenda.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { carried, choice, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { SESSION_LENGTHS, YES_OR_NO } from '../src/words/en/cohort.ts';
import { en } from '../src/words/en/index.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const PLANNERS: readonly Standing[] = ['admin', ...STAFF];

/** Characters of what is typed: a rule, a day with its time or an id, a time. */
const LONGEST_RULE = 200;
const LONGEST_MEETING = 40;
const LONGEST_TIME = 20;

const MOST_WEEKS = 52;

const cohort = text('Name of the group, for admins', 1, 40, 'cohort').optional();
const lengths = ['60', '75', '90'] as const;

const minutesOf = (chosen: keyof typeof SESSION_LENGTHS | undefined): SessionMinutes | undefined =>
  SESSION_MINUTES.find((minutes) => String(minutes) === chosen);

/** Carried by the button that asks once more. */
const sure = carried(z.literal('y')).optional();

const draftId = () => carried(z.uuid()).optional();

const set = cohortCommand({
  name: 'set',
  description: 'Say when the group meets; it is shown to you before anything is saved',
  who: PLANNERS,
  input: z.object({
    when: text('Days and times, like: Mon Wed 18:00; Fri 10:00 14:00', 1, LONGEST_RULE).optional(),
    cron: text('Or cron expressions, with a semicolon between them', 1, LONGEST_RULE).optional(),
    minutes: choice(
      'Length of a meeting (as the group’s sessions if not given)',
      lengths,
      SESSION_LENGTHS,
    ).optional(),
    first: text('First day, like 2026-05-31 (today if not given)', 1, LONGEST_TIME).optional(),
    last: text('Last day, like 2026-07-31', 1, LONGEST_TIME).optional(),
    weeks: whole('Or how many weeks (8 if neither is given)', 1, MOST_WEEKS).optional(),
    zone: text('Time zone, like Europe/Madrid (the group’s if not given)', 1, 60).optional(),
    events: choice('Show the meetings among the events of this server?', ['yes', 'no'], YES_OR_NO).optional(),
    cohort,
    save: draftId(),
    leave: draftId(),
  }),
  run: async ({ world, words, request, cohort: { id: cohortId }, input }) => {
    const { save, leave, minutes, events, cohort: _named, ...wish } = input;
    if (leave !== undefined) {
      const discarded = await discardDraft(world, { cohortId, draftId: String(leave) });
      return discarded.ok ? tell(words.schedule.left()) : discarded;
    }
    if (save !== undefined) {
      const confirmed = await confirmSchedule(world, { cohortId, draftId: String(save) });
      return confirmed.ok ? tell(words.schedule.saved(confirmed.value)) : confirmed;
    }
    const drafted = await draftSchedule(world, {
      ...wish,
      cohortId,
      by: request.account,
      minutes: minutesOf(minutes),
      shownAsEvents: events && events === 'yes',
    });
    return drafted.ok ? tell(words.schedule.drafted(drafted.value)) : drafted;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See when the group meets',
  who: [...GROUP, 'admin'],
  input: z.object({ cohort }),
  run: async ({ world, words, cohort: shown }) => {
    const facts = await showSchedule(world, shown);
    return facts.ok ? tell(words.schedule.shown(facts.value)) : facts;
  },
});

const skip = cohortCommand({
  name: 'skip',
  description: 'Leave one meeting out',
  who: PLANNERS,
  input: z.object({
    meeting: text('Which meeting, or its day and time', 1, LONGEST_MEETING, 'meeting'),
    cohort,
    sure,
  }),
  run: async ({ world, words, cohort: of, input: { meeting, sure: certain } }) => {
    const named = { cohortId: of.id, meeting };
    const skipped = await (certain === undefined ? skippable(world, named) : skipMeeting(world, named));
    if (!skipped.ok) return skipped;
    const { skipping, skipped: done } = words.schedule;
    return tell((certain === undefined ? skipping : done)(of, skipped.value));
  },
});

const restore = cohortCommand({
  name: 'restore',
  description: 'Take up a meeting again that was left out',
  who: PLANNERS,
  input: z.object({
    meeting: text('Which meeting, or its day and time', 1, LONGEST_MEETING, 'skipped-meeting'),
    cohort,
  }),
  run: async ({ world, words, cohort: { id: cohortId }, input: { meeting } }) => {
    const restored = await restoreMeeting(world, { cohortId, meeting });
    return restored.ok ? tell(words.schedule.restored(restored.value)) : restored;
  },
});

const move = cohortCommand({
  name: 'move',
  description: 'Move one meeting to another time',
  who: PLANNERS,
  input: z.object({
    meeting: text('Which meeting, or its day and time', 1, LONGEST_MEETING, 'meeting'),
    date: text('New day, like 2026-05-31 (the same if not given)', 1, LONGEST_TIME).optional(),
    time: text('New time, like 18:00 or 6pm (the same if not given)', 1, LONGEST_TIME).optional(),
    cohort,
  }),
  run: async ({ world, words, cohort: { id: cohortId }, input: { meeting, date, time } }) => {
    const moved = await moveMeeting(world, { cohortId, meeting, date, time });
    return moved.ok ? tell(words.schedule.moved(moved.value)) : moved;
  },
});

const add = cohortCommand({
  name: 'add',
  description: 'Add one meeting by hand',
  who: PLANNERS,
  input: z.object({
    date: text('Day, like 2026-05-31', 1, LONGEST_TIME),
    time: text('Time, like 18:00 or 6pm', 1, LONGEST_TIME),
    minutes: choice('Length (as the group’s sessions if not given)', lengths, SESSION_LENGTHS).optional(),
    cohort,
  }),
  run: async ({ world, words, cohort: of, input: { date, time, minutes } }) => {
    const added = await addMeeting(world, { cohortId: of.id, date, time, minutes: minutesOf(minutes) });
    return added.ok ? tell(words.schedule.added(of, added.value)) : added;
  },
});

const holiday = cohortCommand({
  name: 'holiday',
  description: 'Say that the group does not meet on a day, or that it does after all',
  who: PLANNERS,
  input: z.object({
    date: text('Day, like 2026-12-25', 1, LONGEST_TIME),
    what: choice(
      'Whether the group meets (it does not, if not given)',
      ['add', 'remove'],
      en.schedule.HOLIDAY_CHANGES,
    ).default('add'),
    cohort,
  }),
  run: async ({ world, words, request, cohort: of, input: { date, what } }) => {
    const done = await setHoliday(world, { cohortId: of.id, date, what, by: request.account });
    return done.ok ? tell(words.schedule.holiday(of, done.value)) : done;
  },
});

const end = cohortCommand({
  name: 'end',
  description: 'End the schedule: what has taken place stays kept',
  who: PLANNERS,
  input: z.object({ cohort, sure }),
  run: async ({ world, words, cohort: of, input }) => {
    if (input.sure === undefined) {
      const found = await endable(world, of);
      return found.ok ? tell(words.schedule.ending(of, found.value)) : found;
    }
    const ended = await endSchedule(world, of.id);
    return ended.ok ? tell(words.schedule.ended(ended.value)) : ended;
  },
});

export const schedule: CommandGroup = {
  name: 'schedule',
  description: 'When the group meets: set it, see it, change one meeting',
  commands: [set, show, skip, restore, move, add, holiday, end],
};
