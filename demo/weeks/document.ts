/** What `npm run demo -- --weeks 8 --json` prints: the programme in codes and moments, never a word that somebody wrote. */
import { z } from 'zod';
import { ATTENDANCE_STATUSES } from '../../src/core/attendance.ts';
import { MAKE_UP_STATES } from '../../src/core/make-up.ts';
import { REMINDERS } from '../../src/core/milestone.ts';
import { SKIPPED_FOR } from '../../src/core/occurrence.ts';

const name = z.string().describe('a person or a group of the programme');
const moment = z.iso.datetime();

export const ProgrammeDocument = z.strictObject({
  weeks: z.int(),
  begins: moment,
  ends: moment,
  groups: z.array(
    z.strictObject({ name, zone: z.string(), enrolled: z.int(), clockChanges: z.array(moment) }),
  ),
  occurrences: z.array(
    z.strictObject({
      group: name,
      kind: z.enum(['group', 'individual']),
      wall: z.string().describe('YYYY-MM-DDTHH:MM where the schedule put it, on the wall clock of the zone'),
      zone: z.string(),
      startsAt: moment,
      minutes: z.int(),
      state: z.enum(['planned', 'skipped', 'held', 'not-held']),
      skippedFor: z.enum(SKIPPED_FOR).nullable(),
      movedFrom: moment.nullable(),
    }),
  ),
  reminders: z.array(
    z.strictObject({
      person: name,
      group: name,
      startsAt: moment,
      reminder: z.enum(REMINDERS),
      outcome: z.enum(['pending', 'direct', 'mention', 'room', 'dropped']),
      why: z.string().nullable(),
    }),
  ),
  attendance: z.array(
    z.strictObject({
      person: name,
      group: name,
      startsAt: moment,
      kind: z.enum(['group', 'individual']),
      status: z.enum(ATTENDANCE_STATUSES),
      counted: z.enum(ATTENDANCE_STATUSES).describe('as it was computed, before corrections'),
      minutes: z.int(),
      unobservedMinutes: z.int(),
    }),
  ),
  makeUps: z.array(
    z.strictObject({
      person: name,
      group: name,
      missed: moment.describe('start of the session that was missed'),
      state: z.enum(MAKE_UP_STATES),
      kind: z.enum(['individual', 'group']).nullable(),
      creditedMinutes: z.int().nullable(),
    }),
  ),
  refused: z.array(z.strictObject({ what: z.string(), answer: z.string() })),
  troubles: z.strictObject({ kills: z.int(), drops: z.int(), refusals: z.int(), failures: z.int() }),
  directMessages: z.int(),
  restCalls: z.record(z.string(), z.int()),
});

export type ProgrammeDocument = z.infer<typeof ProgrammeDocument>;
