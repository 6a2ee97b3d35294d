/** `/attendance`: who was there for how long; staff attest it and may correct what it counts as: the original stays. */
import { z } from 'zod';
import { attestAttendance } from '../src/app/attest-attendance.ts';
import { markAttendance } from '../src/app/mark-attendance.ts';
import { reportAttendance, reportTable } from '../src/app/report-attendance.ts';
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
  private: true,
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
  form: 'Correct attendance',
  private: true,
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

const attest = cohortCommand({
  name: 'attest',
  description: 'Attest that the attendance of a session is as it was',
  who: STAFF,
  input: z.object({ session: whichSession }),
  run: async ({ world, words, cohort, request, input }) => {
    const demand = { cohortId: cohort.id, by: request.account, number: input.session };
    const attested = await attestAttendance(world, demand);
    return attested.ok ? allow({ kind: 'tell', card: words.attendance.attested(attested.value) }) : attested;
  },
});

const MOST_WEEKS = 53;
const LONGEST_DAY = 10;

const report = cohortCommand({
  name: 'report',
  description: 'See minutes by day and week: your own; for facilitators and admins, of the whole group',
  who: ['participant', ...STAFF, 'admin'],
  input: z.object({
    person: account('For facilitators and admins: of whom').optional(),
    from: text('First day, like 2026-05-04', 1, LONGEST_DAY).optional(),
    to: text('Last day, like 2026-05-31 (today if not given)', 1, LONGEST_DAY).optional(),
    weeks: whole('How many weeks (4 if not given)', 1, MOST_WEEKS).optional(),
    cohort: text('Name of the group, for admins', 1, 40, 'cohort').optional(),
  }),
  run: async ({ world, words, cohort, person, standings, input }) => {
    const { person: of, from, to, weeks } = input;
    const wish = { cohort, asker: person, standings, account: of, from, to, weeks };
    const reported = await reportAttendance(world, wish);
    if (!reported.ok) return reported;
    const file = words.report.file(reported.value.report, reportTable(world, reported.value.report));
    return allow({ kind: 'tell', card: words.report.shown(reported.value), file });
  },
});

export const attendance: CommandGroup = {
  name: 'attendance',
  description: 'Who was there, and for how long',
  commands: [show, mark, attest, report],
};
