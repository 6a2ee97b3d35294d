/** Everything that Hearth says in English. */
import * as agreement from './agreement.ts';
import * as announcements from './announcements.ts';
import * as attendance from './attendance.ts';
import * as boards from './boards.ts';
import * as calendar from './calendar.ts';
import * as checkIn from './check-in.ts';
import * as cohort from './cohort.ts';
import * as completions from './completion.ts';
import * as gate from './gate.ts';
import * as goal from './goal.ts';
import * as notices from './notices.ts';
import * as reflect from './reflect.ts';
import * as refusals from './refusals.ts';
import * as schedule from './schedule.ts';
import * as session from './session.ts';
import * as turn from './turn.ts';

export const en = {
  ...refusals,
  ...completions,
  ...gate,
  ...boards,
  ...announcements,
  ...notices,
  agreement,
  attendance,
  calendar,
  checkIn,
  cohort,
  goal,
  reflect,
  schedule,
  session,
  turn,
};
