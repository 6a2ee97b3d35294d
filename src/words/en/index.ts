/** Everything that Hearth says in English. */

import * as absence from './absence.ts';
import * as admin from './admin.ts';
import * as agreement from './agreement.ts';
import * as agreementEdit from './agreement-edit.ts';
import * as alert from './alert.ts';
import * as announcements from './announcements.ts';
import * as attendance from './attendance.ts';
import * as audit from './audit.ts';
import * as autoModeration from './auto-moderation.ts';
import * as boards from './boards.ts';
import * as breakGlass from './break-glass.ts';
import * as calendarFeed from './calendar-feed.ts';
import * as calendar from './calendar-news.ts';
import * as checkIn from './check-in.ts';
import * as cohort from './cohort.ts';
import * as completions from './completion.ts';
import * as crisisLines from './crisis-lines.ts';
import * as cycle from './cycle.ts';
import * as doctor from './doctor.ts';
import * as encryption from './encryption.ts';
import * as exercise from './exercise.ts';
import * as gate from './gate.ts';
import * as goal from './goal.ts';
import * as helpNow from './help-now.ts';
import * as individual from './individual.ts';
import * as makeUp from './make-up.ts';
import * as media from './media.ts';
import * as moderate from './moderate.ts';
import * as myData from './my-data.ts';
import * as notices from './notices.ts';
import * as onCall from './on-call.ts';
import * as place from './place.ts';
import * as policy from './policy.ts';
import * as reflect from './reflect.ts';
import * as refusals from './refusals.ts';
import * as reminders from './reminders.ts';
import * as report from './report.ts';
import * as retention from './retention.ts';
import * as rsvp from './rsvp.ts';
import * as schedule from './schedule.ts';
import * as session from './session.ts';
import * as sharedAnswers from './shared-answers.ts';
import * as signIn from './sign-in.ts';
import * as signatureReport from './signature-report.ts';
import * as task from './task.ts';
import * as turn from './turn.ts';
import * as voiceCheck from './voice-check.ts';
import * as waitlist from './waitlist.ts';

export const en = {
  ...refusals,
  ...completions,
  ...gate,
  ...boards,
  ...announcements,
  ...notices,
  admin,
  absence,
  agreement,
  agreementEdit,
  alert,
  attendance,
  audit,
  autoModeration,
  calendar,
  calendarFeed,
  checkIn,
  doctor,
  crisisLines,
  cycle,
  encryption,
  cohort,
  exercise,
  goal,
  helpNow,
  onCall,
  place,
  policy,
  individual,
  makeUp,
  media,
  moderate,
  myData,
  reflect,
  schedule,
  reminders,
  report,
  retention,
  rsvp,
  session,
  sharedAnswers,
  breakGlass,
  signatureReport,
  signIn,
  task,
  turn,
  voiceCheck,
  waitlist,
};
