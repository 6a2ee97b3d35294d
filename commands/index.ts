/** Everything that a person may say to Hearth. */
import type { Entry } from '../src/command.ts';
import { absence } from './absence.ts';
import { admin } from './admin.ts';
import { agreement } from './agreement.ts';
import { alert } from './alert.ts';
import { attendance } from './attendance.ts';
import { audit } from './audit.ts';
import { breakGlass } from './break-glass.ts';
import { breathe } from './breathe.ts';
import { calendar } from './calendar.ts';
import { checkIn } from './check-in.ts';
import { cohort } from './cohort.ts';
import { contactMe } from './contact-me.ts';
import { crisisLines } from './crisis-lines.ts';
import { cycle } from './cycle.ts';
import { doctor } from './doctor.ts';
import { encryption } from './encryption.ts';
import { exercise } from './exercise.ts';
import { goal } from './goal.ts';
import { helpNow } from './help-now.ts';
import { individual } from './individual.ts';
import { makeUp } from './make-up.ts';
import { media } from './media.ts';
import { moderate } from './moderate.ts';
import { myData } from './my-data.ts';
import { onCall } from './on-call.ts';
import { place } from './place.ts';
import { reflect } from './reflect.ts';
import { reminders } from './reminders.ts';
import { report } from './report.ts';
import { retention } from './retention.ts';
import { rsvp } from './rsvp.ts';
import { schedule } from './schedule.ts';
import { session } from './session.ts';
import { signIn } from './sign-in.ts';
import { task } from './task.ts';
import { turn } from './turn.ts';
import { voiceCheck } from './voice-check.ts';
import { waitlist } from './waitlist.ts';

/** In the order of a group's life: it is made, it agrees, it meets, it is looked after. */
export const commands: readonly Entry[] = [
  ...[cohort, waitlist, agreement, cycle],
  ...[schedule, calendar, reminders, rsvp, absence],
  ...[session, place, checkIn, turn, reflect, goal],
  ...[voiceCheck, encryption],
  ...[exercise, breathe, media],
  ...[helpNow, contactMe, report, alert, onCall, crisisLines, moderate],
  ...[attendance, makeUp, individual, task, myData],
  ...[signIn, admin, breakGlass, retention, doctor, audit],
];
