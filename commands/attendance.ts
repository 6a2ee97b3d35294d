/** `/attendance`: who was there for how long; staff may correct what it counts as, and the original stays. */
import { z } from 'zod';
import { markAttendance } from '../src/app/mark-attendance.ts';
import { showAttendance } from '../src/app/show-attendance.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { ATTENDANCE_STATUSES, REASON_LENGTH } from '../src/core/attendance.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { account, choice, text, whole } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const MOST_SESSIONS = 1_000;

const whichSession = whole(
  'Number of the session (the last that ended if not given)',
  1,
  MOST_SESSIONS,
).optional();

const show = cohortCommand({
  name: 'show',
  description: 'See attendance: your own; for facilitators and admins, of the whole group',
  who: ['participant', ...STAFF, 'admin'],
  input: z.object({
    session: whichSession,
    cohort: text('Name of the group, for admins', 1, 40, 'cohort').optional(),
  }),
  run: async ({ world, words, cohort, person, standings, input }) => {
    const asked = { cohortId: cohort.id, asker: person, standings, number: input.session };
    const attendance = await showAttendance(world, asked);
    return attendance.ok
      ? allow({ kind: 'tell', card: words.attendance.shown(attendance.value) })
      : attendance;
  },
});

const mark = cohortCommand({
  name: 'mark',
  description: 'Correct what somebody’s attendance counts as; what was counted stays kept',
  who: STAFF,
  input: z.object({
    person: account('Whose attendance'),
    status: choice('What it counts as', ATTENDANCE_STATUSES, en.attendance.STATUSES),
    reason: text(
      'Why; the person and the facilitators can read it',
      REASON_LENGTH.fewest,
      REASON_LENGTH.most,
    ),
    session: whichSession,
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const marked = await markAttendance(world, {
      cohortId: cohort.id,
      account: input.person,
      status: input.status,
      reason: confidential(input.reason),
      by: request.account,
      number: input.session,
    });
    return marked.ok ? allow({ kind: 'tell', card: words.attendance.marked(marked.value) }) : marked;
  },
});

export const attendance: CommandGroup = {
  name: 'attendance',
  description: 'Who was there, and for how long',
  commands: [show, mark],
};
