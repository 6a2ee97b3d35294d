/** What is done with each kind of job: the steps that change our own tables, and the deeds that are seen on Discord. */
import type { Handlers } from './adapters/jobs/handlers.ts';
import { bringAutoModeration } from './app/bring-auto-moderation.ts';
import { bringBoards } from './app/bring-boards.ts';
import { bringEvents } from './app/bring-events.ts';
import { bringFloor } from './app/bring-floor.ts';
import { bringRooms } from './app/bring-rooms.ts';
import { checkDue } from './app/check-due.ts';
import { climbAlert } from './app/climb-alert.ts';
import { deliverNotice } from './app/deliver-notice.ts';
import { endIndividualInTime } from './app/end-individual.ts';
import { endPlayback } from './app/end-playback.ts';
import { lookAtRooms } from './app/look-at-rooms.ts';
import { occurrenceDue } from './app/occurrence-due.ts';
import { planOccurrences } from './app/plan-occurrences.ts';
import { sayAnnouncement } from './app/say-announcement.ts';
import { tellRepairs } from './app/tell-repairs.ts';
import { forgetTalk } from './app/tell-talk-time.ts';
import { warnPhaseEnd } from './app/warn-phase-end.ts';
import type { World } from './ports/world.ts';
import { en } from './words/en/index.ts';

/** The handlers of a world, one for every kind of job. */
export const handlersIn = (world: World): Handlers => ({
  'bring-rooms': { deed: (job) => bringRooms(world, job) },
  'bring-boards': { deed: (job) => bringBoards(world, job) },
  'bring-events': { deed: (job) => bringEvents(world, job, en.calendar.EVENT_TITLE) },
  'bring-auto-moderation': { deed: (job) => bringAutoModeration(world, job, en.autoModeration) },
  'bring-floor': { deed: (job) => bringFloor(world, job) },
  announce: { deed: (job, attempt) => sayAnnouncement(world, job, attempt) },
  'deliver-notice': { deed: (job, attempt) => deliverNotice(world, job, attempt) },
  'plan-occurrences': { step: (records, job) => planOccurrences(world, records, job) },
  'occurrence-due': { step: (records, job, now) => occurrenceDue(world, records, job, now) },
  'end-individual': { step: (records, job, now) => endIndividualInTime(world, records, job, now) },
  'check-due': { step: (records, job) => checkDue(world, records, job) },
  'forget-talk-time': { step: (records, job) => forgetTalk(records, job) },
  'end-playback': { step: (records, job, now) => endPlayback(records, job, now) },
  'alert-due': { step: (records, job) => climbAlert(world, records, job) },
  'look-at-rooms': { deed: (job) => lookAtRooms(world, job) },
  'tell-repairs': { step: (records, job, now) => tellRepairs(world, records, job, now) },
  'warn-phase-end': { step: (records, job, now) => warnPhaseEnd(world, records, job, now) },
});
