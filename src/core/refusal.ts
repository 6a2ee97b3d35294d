/** Every reason for which Hearth says no. Worded, exhaustively by type, in `words`. */
import type { Phase } from './agenda.ts';

export type Refusal =
  | { readonly code: 'not-for-you' }
  | { readonly code: 'admins-only' }
  | { readonly code: 'staff-only' }
  | { readonly code: 'break-glass-first' }
  | { readonly code: 'no-emergency-access' }
  | { readonly code: 'no-group-here' }
  | { readonly code: 'asked-too-often'; readonly minutes: number }
  | { readonly code: 'which-group' }
  | { readonly code: 'sign-first' }
  | { readonly code: 'somebody-was-first' }
  | { readonly code: 'name-taken'; readonly name: string }
  | { readonly code: 'cohort-archived' }
  | { readonly code: 'cohort-full'; readonly capacity: number }
  | { readonly code: 'roster-closed' }
  | { readonly code: 'already-enrolled' }
  | { readonly code: 'not-enrolled' }
  | { readonly code: 'is-staff' }
  | { readonly code: 'is-helper' }
  | { readonly code: 'is-member' }
  | { readonly code: 'is-bot' }
  | { readonly code: 'same-facilitator' }
  | { readonly code: 'no-such-zone'; readonly written: string; readonly suggestions: readonly string[] }
  | { readonly code: 'session-in-progress' }
  | { readonly code: 'already-signed' }
  | { readonly code: 'not-signed' }
  | { readonly code: 'agreement-changed' }
  | { readonly code: 'agreement-does-not-allow' }
  | { readonly code: 'encryption-needs-calls' }
  | { readonly code: 'encryption-unknown' }
  | { readonly code: 'encryption-not-agreed' }
  | { readonly code: 'call-not-encrypted' }
  | { readonly code: 'outside-encryption'; readonly people: number }
  | { readonly code: 'no-code-now' }
  | { readonly code: 'check-is-over' }
  | { readonly code: 'confirmation-differs'; readonly expected: string }
  | { readonly code: 'no-such-topic' }
  | { readonly code: 'no-session' }
  | { readonly code: 'session-ended' }
  | { readonly code: 'session-paused' }
  | { readonly code: 'not-paused' }
  | { readonly code: 'moved-on'; readonly phase: Phase }
  | { readonly code: 'first-phase' }
  | { readonly code: 'last-phase' }
  | { readonly code: 'not-a-talking-phase'; readonly phase: Phase }
  | { readonly code: 'not-yet-reflection'; readonly phase: Phase }
  | { readonly code: 'hand-already-raised' }
  | { readonly code: 'already-speaking' }
  | { readonly code: 'not-speaking' }
  | { readonly code: 'nobody-waiting' }
  | { readonly code: 'no-such-exercise' }
  | { readonly code: 'already-playing' }
  | { readonly code: 'nothing-plays' }
  | { readonly code: 'playback-paused' }
  | { readonly code: 'playback-goes-on' }
  | { readonly code: 'no-such-media' }
  | { readonly code: 'too-many-media'; readonly most: number }
  | { readonly code: 'file-too-big'; readonly mebibytes: number }
  | { readonly code: 'file-not-fetched' }
  | { readonly code: 'not-audio' }
  | { readonly code: 'not-opus' }
  | { readonly code: 'audio-damaged' }
  | { readonly code: 'audio-too-long'; readonly minutes: number }
  | { readonly code: 'link-unreadable' }
  | { readonly code: 'no-such-goal' }
  | { readonly code: 'which-person' }
  | { readonly code: 'date-not-ahead' }
  | { readonly code: 'no-such-date' }
  | { readonly code: 'date-unreadable'; readonly written: string }
  | { readonly code: 'date-too-far'; readonly last: string }
  | { readonly code: 'time-unreadable'; readonly written: string }
  | { readonly code: 'schedule-in-the-past'; readonly today: string }
  | { readonly code: 'ends-before-it-begins' }
  | { readonly code: 'last-or-weeks' }
  | { readonly code: 'no-times-given' }
  | { readonly code: 'cycle-too-long' }
  | { readonly code: 'when-unreadable'; readonly written: string }
  | { readonly code: 'cron-unreadable'; readonly written: string }
  | { readonly code: 'meetings-overlap'; readonly first: Date; readonly second: Date }
  /** The other time belongs to two people alone: nothing is said of it. */
  | { readonly code: 'overlaps-kept-time'; readonly at: Date }
  | { readonly code: 'meets-too-often'; readonly most: number }
  | { readonly code: 'never-meets' }
  /** `lastDay`: of the cycle that was the last, as YYYY-MM-DD. */
  | { readonly code: 'no-schedule'; readonly lastDay?: string }
  | { readonly code: 'draft-is-gone' }
  | { readonly code: 'no-such-meeting' }
  | { readonly code: 'which-meeting' }
  | { readonly code: 'meeting-has-begun' }
  | { readonly code: 'meeting-is-skipped' }
  | { readonly code: 'meeting-is-planned' }
  | { readonly code: 'meeting-is-then' }
  | { readonly code: 'move-into-the-past' }
  | { readonly code: 'is-holiday' }
  | { readonly code: 'no-holiday' }
  | { readonly code: 'no-absence-told' }
  | { readonly code: 'no-such-task' }
  | { readonly code: 'task-is-settled' }
  | { readonly code: 'not-on-the-list' }
  | { readonly code: 'no-such-period' }
  | { readonly code: 'no-attendance-yet' }
  | { readonly code: 'no-such-person-here' }
  | { readonly code: 'no-such-failure' }
  | { readonly code: 'failure-settled' }
  | { readonly code: 'person-is-busy' }
  | { readonly code: 'therapist-is-busy' }
  | { readonly code: 'too-many-rooms'; readonly most: number }
  | { readonly code: 'individual-not-open' }
  | { readonly code: 'nothing-to-make-up' }
  | { readonly code: 'make-up-booked'; readonly startsAt: Date }
  | { readonly code: 'made-up-already' }
  | { readonly code: 'not-an-extra-meeting' }
  | { readonly code: 'offer-is-gone' }
  | { readonly code: 'pages-not-safe' }
  | { readonly code: 'statement-first'; readonly cohortId: string }
  | { readonly code: 'link-used' }
  | { readonly code: 'too-many-pages'; readonly minutes: number }
  | { readonly code: 'too-many-calendars'; readonly minutes: number }
  | { readonly code: 'cycle-runs'; readonly number: number }
  | { readonly code: 'no-cycle' }
  | { readonly code: 'cycle-is-over' }
  | { readonly code: 'place-is-free' }
  | { readonly code: 'already-on-waitlist' }
  | { readonly code: 'not-on-waitlist' }
  | { readonly code: 'nobody-on-waitlist' }
  | { readonly code: 'same-group' }
  | { readonly code: 'no-such-group' }
  | { readonly code: 'no-such-item' }
  | { readonly code: 'last-item' }
  | { readonly code: 'too-many-items'; readonly most: number }
  | { readonly code: 'agreement-too-long'; readonly most: number }
  | { readonly code: 'agreement-unchanged' }
  | { readonly code: 'agreement-draft-is-gone' }
  | { readonly code: 'languages-differ' }
  | { readonly code: 'no-such-language' }
  | { readonly code: 'hours-unreadable'; readonly written: string }
  | { readonly code: 'on-call-is-staff' }
  | { readonly code: 'no-supervisor' }
  | { readonly code: 'no-such-country' }
  | { readonly code: 'lines-unreadable' }
  | { readonly code: 'no-such-alert' }
  | { readonly code: 'alert-is-closed' }
  | { readonly code: 'voice-not-seen' }
  | { readonly code: 'not-in-voice' }
  | { readonly code: 'nobody-in-voice' }
  | { readonly code: 'nobody-goes-along' }
  | { readonly code: 'aside-is-taken'; readonly account: string }
  | { readonly code: 'rules-need-right' }
  | { readonly code: 'rules-need-fewer-rooms' }
  | { readonly code: 'place-not-asked' }
  | { readonly code: 'place-is-needed' }
  | { readonly code: 'place-needs-alert' }
  | { readonly code: 'wait-before-code'; readonly until: Date }
  | { readonly code: 'wrong-code' }
  | { readonly code: 'not-signed-in' }
  | { readonly code: 'own-device' }
  | { readonly code: 'device-not-here' }
  | { readonly code: 'still-takes-part' }
  | { readonly code: 'on-hold' }
  | { readonly code: 'no-such-cycle' }
  | { readonly code: 'already-held' }
  | { readonly code: 'not-held' }
  | { readonly code: 'still-staff' };
