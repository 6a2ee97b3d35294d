/** What `npm run demo -- --once --json` prints: the story in codes, never a word that somebody wrote. */
import { z } from 'zod';
import { GROUP_TYPES, PHASES } from '../src/core/agenda.ts';
import { ATTENDANCE_STATUSES } from '../src/core/attendance.ts';
import { GOAL_STATUSES, MOOD_WORDS, SHARES } from '../src/core/check-in.ts';
import { GOAL_READERS } from '../src/core/goal.ts';
import { LEVELS } from '../src/core/level.ts';

const name = z.string().describe('a person of the cast');
const moment = z.iso.datetime();

export const StoryDocument = z.strictObject({
  cohort: z.strictObject({
    name: z.string(),
    groupType: z.enum(GROUP_TYPES),
    capacity: z.int(),
    enrolled: z.int(),
    rooms: z.array(z.string()).describe('kinds of rooms that stand in Discord'),
  }),
  signatures: z.array(
    z.strictObject({ person: name, version: z.string(), sha256: z.string().length(64), signedAt: moment }),
  ),
  phases: z.array(z.strictObject({ phase: z.enum(PHASES), entered: moment, left: moment, how: z.string() })),
  checkIns: z.array(
    z.strictObject({
      person: name,
      share: z.enum(SHARES),
      mood: z.int().min(0).max(10).nullable(),
      energy: z.int().min(0).max(10).nullable(),
      words: z.array(z.enum(MOOD_WORDS)),
      goalStatus: z.enum(GOAL_STATUSES).nullable(),
    }),
  ),
  turns: z.array(z.strictObject({ person: name, state: z.enum(['done', 'passed', 'closed']) })),
  attendance: z.array(
    z.strictObject({ person: name, status: z.enum(ATTENDANCE_STATUSES), minutes: z.int().min(0) }),
  ),
  goals: z.array(
    z.strictObject({
      person: name,
      number: z.int(),
      level: z.int().min(-2).max(2).nullable(),
      reviewOn: z.iso.date(),
      readers: z.enum(GOAL_READERS),
    }),
  ),
  microphoneChecks: z.array(z.strictObject({ person: name, level: z.enum(LEVELS) })),
  sounds: z.array(
    z
      .strictObject({
        person: name,
        what: z.enum(['microphone-check', 'breathing']),
        encrypted: z.boolean().describe('end to end'),
        dBFS: z.int(),
      })
      .describe('what somebody heard of Hearth in a call'),
  ),
  outsider: z.strictObject({
    rooms: z.array(z.string()).describe('rooms of the cohort that the outsider could see: must be empty'),
    messages: z
      .array(z.string())
      .describe('messages of the cohort that the outsider could read: must be empty'),
    tried: z.array(z.strictObject({ what: z.string(), answer: z.string() })),
  }),
  restCalls: z.record(z.string(), z.int()).describe("the bot's calls to Discord, by route"),
});

export type StoryDocument = z.infer<typeof StoryDocument>;
