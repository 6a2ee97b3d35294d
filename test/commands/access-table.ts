/** Who may do what, and when: everything that anybody is answered, written out. A command without a row fails the test. */
import type { Refusal } from '../../src/core/refusal.ts';
import { ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';

export const ROLES = [
  'participant',
  'unsigned',
  'elsewhere',
  'co-facilitator',
  'lead',
  'admin',
  'outsider',
  'discharged',
  'therapist',
  'supervisor',
] as const;
export type Role = (typeof ROLES)[number];

/** Before the first session, in each phase of its agenda, paused (in the discussion), and after its end. */
export const STAGES = [
  'no session',
  'welcome',
  'check-in',
  'grounding',
  'review',
  'topic',
  'discussion',
  'exercise',
  'reflection',
  'paused',
  'ended',
] as const;
export type Stage = (typeof STAGES)[number];

export type Answer = 'allowed' | Refusal['code'];
/** `may`: what they are answered depends on the stage only. */
type Who = Readonly<Record<Role, 'may' | Answer>>;

export interface Row {
  readonly given?: Readonly<Record<string, unknown>>;
  readonly who: Who;
  readonly when: Readonly<Record<Stage, Answer>>;
}

/** Somebody outside is told nothing, whatever they ask. */
const UNKNOWN = {
  elsewhere: 'no-group-here',
  outsider: 'no-group-here',
  discharged: 'no-group-here',
} as const;

const ADMINS: Who = {
  ...UNKNOWN,
  admin: 'may',
  lead: 'admins-only',
  'co-facilitator': 'admins-only',
  participant: 'admins-only',
  unsigned: 'admins-only',
  therapist: 'admins-only',
  supervisor: 'admins-only',
};
/** It concerns no group: whoever is no admin is told so, wherever they belong. */
const SERVER_ADMINS: Who = {
  ...ADMINS,
  elsewhere: 'admins-only',
  outsider: 'admins-only',
  discharged: 'admins-only',
};
const STAFF: Who = {
  ...UNKNOWN,
  admin: 'staff-only',
  lead: 'may',
  'co-facilitator': 'may',
  participant: 'staff-only',
  unsigned: 'staff-only',
  therapist: 'staff-only',
  supervisor: 'staff-only',
};
/** Those who look after somebody of the group, and nobody else. */
const TENDING: Who = { ...STAFF, therapist: 'may', supervisor: 'may' };
/** The tasks of others are none: only the lead sees them all. */
const LEADING: Who = { ...TENDING, 'co-facilitator': 'no-such-task', supervisor: 'no-such-task' };
const PARTICIPANTS: Who = {
  ...UNKNOWN,
  admin: 'not-for-you',
  lead: 'not-for-you',
  'co-facilitator': 'not-for-you',
  participant: 'may',
  unsigned: 'sign-first',
  therapist: 'not-for-you',
  supervisor: 'not-for-you',
};
const PLANNERS: Who = { ...STAFF, admin: 'may' };
/** Staff, and whoever treats somebody of the group: with whom they have to do, each answer decides. */
const CARING: Who = { ...STAFF, therapist: 'may' };
const GROUP: Who = { ...PARTICIPANTS, lead: 'may', 'co-facilitator': 'may' };

/** Whoever an alert may reach. */
const RESPONSIBLE: Who = { ...PLANNERS, supervisor: 'may' };
/** Those who may open it: an admin in an emergency alone. */
const OPENING: Who = { ...RESPONSIBLE, admin: 'break-glass-first' };
const ANYONE: Who = {
  ...{ participant: 'may', unsigned: 'may', elsewhere: 'may', 'co-facilitator': 'may', lead: 'may' },
  ...{ admin: 'may', outsider: 'may', discharged: 'may', therapist: 'may', supervisor: 'may' },
};

/** The stages in their order. */
const stages = (...answers: readonly [Answer, ...Answer[]] & { readonly length: 11 }): Row['when'] =>
  // One answer for each of the eleven stages, as the type of the parameters says.
  Object.fromEntries(STAGES.map((stage, index) => [stage, answers[index]])) as Row['when'];

const always = (answer: Answer): Row['when'] =>
  stages(answer, answer, answer, answer, answer, answer, answer, answer, answer, answer, answer);

const COHORT = { cohort: 'Matrix' };
const PASS = { share: 'pass' };
const NO = 'no-session';
const OK = 'allowed';
const QUIET = 'not-a-talking-phase';
const EARLY = 'not-yet-reflection';
const BUSY = 'session-in-progress';
const HELD = 'session-paused';
const NONE = 'no-attendance-yet';

/** While a session goes on. */
const PLAYS: Row['when'] = { ...always(OK), 'no session': NO, paused: HELD, ended: NO };
/** Nothing sounds. */
const CONTROLS: Row['when'] = { ...always('nothing-plays'), 'no session': NO, paused: HELD, ended: NO };

const IN_SESSION: Row['when'] = { ...always(OK), 'no session': NO, ended: NO };
/** Asked in a session, and from an hour before a meeting on. */
const IN_PLACE: Row['when'] = { ...always(OK), 'no session': 'place-not-asked', ended: 'place-not-asked' };
const ABOUT_BEN = { person: BEN };
const moderating = (given?: Row['given'], when = IN_SESSION): Row => ({
  ...(given && { given }),
  ...{ who: STAFF, when },
});
/** What is undone needs no session. */
const MODERATING: Readonly<Record<string, Row>> = {
  'moderate lock': moderating(),
  'moderate unlock': moderating(undefined, always(OK)),
  'moderate hold-chat': moderating(),
  'moderate release-chat': moderating(undefined, always(OK)),
  'moderate mute': moderating(ABOUT_BEN),
  'moderate mute-all': moderating(),
  'moderate unmute': moderating(ABOUT_BEN, always(OK)),
  'moderate unmute-all': moderating(undefined, always(OK)),
  'moderate move-aside': moderating(ABOUT_BEN),
  'moderate remove': moderating(ABOUT_BEN),
  'moderate time-out': moderating(ABOUT_BEN),
  'moderate bring-back': moderating(ABOUT_BEN, always(OK)),
  'moderate undo': moderating(undefined, always(OK)),
};

/** A hand of somebody else is raised in every phase in which the group talks. */
export const TABLE: Readonly<Record<string, Row>> = {
  'cohort create': {
    given: { name: 'Another', type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR },
    who: SERVER_ADMINS,
    when: always(OK),
  },
  'cohort enrol': {
    given: { ...COHORT, person: OUTSIDER },
    who: ADMINS,
    when: { ...always('roster-closed'), 'no session': OK },
  },
  'cohort discharge': { given: { ...COHORT, person: CLEO, sure: 'yes' }, who: ADMINS, when: always(OK) },
  'cohort show': {
    given: COHORT,
    who: { ...STAFF, admin: 'may', participant: 'staff-only', unsigned: 'staff-only' },
    when: always(OK),
  },
  'cohort policy': { given: { ...COHORT, 'late-after': 5 }, who: ADMINS, when: always(OK) },
  'cohort supervisor': { given: { ...COHORT, person: OUTSIDER }, who: ADMINS, when: always(OK) },
  'cohort therapist': {
    given: { ...COHORT, person: ANA, therapist: OUTSIDER },
    who: ADMINS,
    when: always(OK),
  },
  'cohort archive': {
    given: { ...COHORT, sure: 'yes' },
    who: ADMINS,
    when: stages(OK, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, OK),
  },

  'agreement show': { who: { ...GROUP, unsigned: 'may' }, when: always(OK) },
  'agreement sign': {
    given: { confirm: 'I agree' },
    who: { ...PARTICIPANTS, participant: 'already-signed', unsigned: 'may' },
    when: always(OK),
  },
  'cycle begin': {
    given: COHORT,
    who: ADMINS,
    when: { ...always(BUSY), 'no session': OK, ended: OK },
  },
  'cycle end': { given: COHORT, who: ADMINS, when: always('no-cycle') },
  'cycle show': { who: PLANNERS, when: always(OK) },
  'waitlist add': {
    given: { ...COHORT, person: OUTSIDER },
    who: ADMINS,
    when: { ...always(OK), 'no session': 'place-is-free' },
  },
  'waitlist remove': {
    given: { ...COHORT, person: OUTSIDER },
    who: ADMINS,
    when: always('not-on-waitlist'),
  },
  'waitlist list': { who: PLANNERS, when: always(OK) },
  'waitlist next': { who: ADMINS, when: always('nobody-on-waitlist') },
  'cohort transfer': {
    given: { ...COHORT, person: ANA, to: 'Elsewhere' },
    who: ADMINS,
    when: always(OK),
  },
  'agreement edit': { given: COHORT, who: ADMINS, when: always(OK) },
  'agreement item': { given: { ...COHORT, words: 'Be kind.' }, who: ADMINS, when: always(OK) },
  'agreement publish': { given: COHORT, who: ADMINS, when: always('agreement-unchanged') },
  'agreement discard': { given: COHORT, who: ADMINS, when: always(OK) },
  'agreement withdraw': {
    given: { sure: 'yes' },
    who: { ...PARTICIPANTS, unsigned: 'not-signed' },
    when: always(OK),
  },

  'session open': { who: STAFF, when: stages(OK, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, OK) },
  'session next': { who: STAFF, when: stages(NO, OK, OK, OK, OK, OK, OK, OK, 'last-phase', HELD, NO) },
  'session back': { who: STAFF, when: stages(NO, 'first-phase', OK, OK, OK, OK, OK, OK, OK, HELD, NO) },
  'session skip': { who: STAFF, when: stages(NO, OK, OK, OK, OK, OK, OK, OK, 'last-phase', HELD, NO) },
  'session extend': {
    given: { minutes: 5 },
    who: STAFF,
    when: stages(NO, OK, OK, OK, OK, OK, OK, OK, OK, HELD, NO),
  },
  'session pause': { who: STAFF, when: stages(NO, OK, OK, OK, OK, OK, OK, OK, OK, HELD, NO) },
  'session resume': {
    who: STAFF,
    when: { ...always('not-paused'), 'no session': NO, paused: OK, ended: NO },
  },
  'session end': { who: STAFF, when: stages(NO, OK, OK, OK, OK, OK, OK, OK, OK, OK, NO) },

  'session answers': { who: GROUP, when: { ...always(OK), 'no session': NO } },

  'place confirm': {
    given: { alone: 'private', place: 'At home', contact: 'A friend' },
    who: PARTICIPANTS,
    when: IN_PLACE,
  },
  'place same': { who: PARTICIPANTS, when: IN_PLACE },
  'place pass': { who: PARTICIPANTS, when: IN_PLACE },
  // Whoever looks after the whole sees it while somebody has asked for help; a therapist at any time, of their own alone.
  'place show': {
    given: { ...COHORT, person: ANA },
    who: { ...CARING, admin: 'place-needs-alert', supervisor: 'place-needs-alert' },
    when: always(OK),
  },

  'check-in': { given: PASS, who: PARTICIPANTS, when: { ...always(OK), 'no session': NO } },

  'turn raise': {
    who: PARTICIPANTS,
    when: stages(NO, QUIET, QUIET, QUIET, OK, OK, OK, OK, QUIET, HELD, NO),
  },
  'turn pass': {
    who: PARTICIPANTS,
    when: stages(NO, QUIET, QUIET, QUIET, OK, OK, OK, OK, QUIET, HELD, NO),
  },
  'turn later': {
    who: PARTICIPANTS,
    when: stages(NO, QUIET, QUIET, QUIET, OK, OK, OK, OK, QUIET, HELD, NO),
  },
  'turn done': {
    who: PARTICIPANTS,
    when: {
      ...stages(NO, QUIET, QUIET, QUIET, OK, OK, OK, OK, QUIET, HELD, NO),
      ...{ review: 'not-speaking', topic: 'not-speaking' },
      ...{ discussion: 'not-speaking', exercise: 'not-speaking' },
    },
  },
  'turn next': { who: STAFF, when: stages(NO, QUIET, QUIET, QUIET, OK, OK, OK, OK, QUIET, HELD, NO) },
  'turn unheard': { who: STAFF, when: { ...always(OK), 'no session': NO, ended: NO } },

  'exercise start': { given: { name: 'body-scan' }, who: STAFF, when: PLAYS },
  'exercise pause': { who: STAFF, when: CONTROLS },
  'exercise resume': { who: STAFF, when: CONTROLS },
  'exercise stop': { who: STAFF, when: CONTROLS },
  'exercise list': { who: STAFF, when: always(OK) },
  'breathe start': { who: STAFF, when: PLAYS },
  'breathe alone': { who: GROUP, when: always(OK) },

  'media add': {
    given: {
      file: { name: 'bell.ogg', size: 9, url: 'https://cdn.discordapp.com/attachments/1/2/bell.ogg' },
      title: 'A bell',
      'in-words': 'A bell that rings three times',
    },
    who: PLANNERS,
    when: always('file-not-fetched'),
  },
  'media list': { who: PLANNERS, when: always(OK) },
  'media play': {
    given: { recording: '1' },
    who: STAFF,
    when: always('no-such-media'),
  },
  'media pause': { who: STAFF, when: CONTROLS },
  'media resume': { who: STAFF, when: CONTROLS },
  'media stop': { who: STAFF, when: CONTROLS },
  'media remove': { given: { recording: '1' }, who: PLANNERS, when: always('no-such-media') },
  'media link': {
    given: { address: 'https://example.org/a-film', title: 'A film' },
    who: STAFF,
    when: PLAYS,
  },

  // Ana has said that she cannot come on that day.
  rsvp: { given: { meeting: '2026-05-31', answer: 'coming' }, who: PARTICIPANTS, when: always(OK) },
  'absence tell': {
    given: { meeting: '2026-05-31', reason: 'A visit' },
    who: PARTICIPANTS,
    when: always(OK),
  },
  'absence withdraw': { given: { meeting: '2026-05-31' }, who: PARTICIPANTS, when: always(OK) },

  reflect: {
    given: PASS,
    who: PARTICIPANTS,
    when: stages(NO, EARLY, EARLY, EARLY, EARLY, EARLY, EARLY, EARLY, OK, EARLY, OK),
  },

  'goal set': {
    given: { goal: 'A walk each day', 'review-on': '2026-12-01', readers: 'staff' },
    who: PARTICIPANTS,
    when: always(OK),
  },
  'goal update': { given: { goal: '1', level: 1 }, who: PARTICIPANTS, when: always(OK) },
  'goal list': { given: { person: ANA }, who: GROUP, when: always(OK) },
  'goal show': { given: { goal: '1', person: ANA }, who: GROUP, when: always(OK) },

  'calendar link': { who: { ...GROUP, therapist: 'may' }, when: always(OK) },
  'calendar revoke': { who: { ...GROUP, unsigned: 'may', therapist: 'may' }, when: always(OK) },

  'schedule set': { given: { when: 'Sat 10:00' }, who: PLANNERS, when: always(OK) },
  'schedule show': { who: { ...GROUP, admin: 'may' }, when: always(OK) },
  'schedule skip': { given: { meeting: '2026-05-05', sure: 'y' }, who: PLANNERS, when: always(OK) },
  'schedule restore': { given: { meeting: '2026-05-07' }, who: PLANNERS, when: always(OK) },
  'schedule move': { given: { meeting: '2026-05-05', time: '17:00' }, who: PLANNERS, when: always(OK) },
  'schedule add': { given: { date: '2026-05-06', time: '6pm' }, who: PLANNERS, when: always(OK) },
  'schedule holiday': { given: { date: '2026-05-12' }, who: PLANNERS, when: always(OK) },
  'schedule end': { given: { sure: 'y' }, who: PLANNERS, when: always(OK) },
  'individual schedule': {
    given: { person: ANA, date: '2026-05-20', time: '10:00' },
    who: CARING,
    when: always(OK),
  },
  'individual move': {
    given: { person: ANA, date: '2026-05-20', time: '10:00' },
    who: CARING,
    when: always('no-such-meeting'),
  },
  'individual cancel': { given: { person: ANA }, who: CARING, when: always('no-such-meeting') },
  'individual list': { who: { ...GROUP, therapist: 'may' }, when: always(OK) },
  'individual end': { who: CARING, when: always('individual-not-open') },

  'make-up list': { who: { ...GROUP, therapist: 'may' }, when: always(OK) },
  'make-up offer': {
    given: { person: ANA, kind: 'individual', date: '2026-05-20', time: '10:00' },
    who: CARING,
    // Nobody was there: everybody may make up for it.
    when: { ...always('nothing-to-make-up'), ended: OK },
  },
  'make-up answer': { given: { answer: 'accept' }, who: PARTICIPANTS, when: always('offer-is-gone') },

  'reminders choose': { given: { direct: 'yes' }, who: GROUP, when: always(OK) },
  'reminders history': { who: GROUP, when: always(OK) },
  'reminders overview': { who: STAFF, when: always(OK) },

  'voice-check': { who: { ...GROUP, unsigned: 'may' }, when: always(OK) },
  'encryption show': { who: { ...GROUP, unsigned: 'may', admin: 'may' }, when: always(OK) },
  // Hearth is in no call here.
  'encryption code': { who: GROUP, when: always('no-code-now') },

  'attendance show': { who: { ...GROUP, admin: 'may' }, when: { ...always(NONE), ended: OK } },
  'attendance mark': {
    given: { person: ANA, status: 'excused', reason: 'Told us beforehand' },
    who: STAFF,
    when: { ...always(NONE), ended: OK },
  },

  doctor: { who: SERVER_ADMINS, when: always(OK) },
  // Whoever asks for help is answered, whoever they are.
  'help-now': { who: ANYONE, when: always(OK) },
  'contact-me': { who: { ...PARTICIPANTS, unsigned: 'may' }, when: always(OK) },
  report: {
    given: { person: BEN, words: 'Something that staff should know' },
    who: { ...GROUP, unsigned: 'may' },
    when: always(OK),
  },
  'on-call set': { given: { ...COHORT, person: LEAD, hours: 'always' }, who: PLANNERS, when: always(OK) },
  'on-call show': { given: COHORT, who: RESPONSIBLE, when: always(OK) },
  'on-call off': { given: COHORT, who: PLANNERS, when: always(OK) },
  'alert list': { given: COHORT, who: RESPONSIBLE, when: always(OK) },
  'alert view': { given: { ...COHORT, alert: 'A-12345' }, who: OPENING, when: always('no-such-alert') },
  'alert acknowledge': {
    given: { ...COHORT, alert: 'A-12345' },
    who: OPENING,
    when: always('no-such-alert'),
  },
  'alert close': {
    given: { ...COHORT, alert: 'A-12345', outcome: 'spoken-with' },
    who: OPENING,
    when: always('no-such-alert'),
  },
  ...MODERATING,
  'crisis-lines list': { who: SERVER_ADMINS, when: always(OK) },
  'crisis-lines set': {
    given: { country: 'ES', emergency: '112', lines: '024' },
    who: SERVER_ADMINS,
    when: always(OK),
  },
  'crisis-lines confirm': { given: { country: 'ES' }, who: SERVER_ADMINS, when: always(OK) },
  'crisis-lines reset': { given: { country: 'XX' }, who: SERVER_ADMINS, when: always('no-such-country') },

  'sign-in end': {
    who: { ...TENDING, admin: 'may' },
    when: always(OK),
  },
  'sign-in reset': { given: { person: LEAD }, who: ADMINS, when: always(OK) },

  'admin failures': { who: SERVER_ADMINS, when: always(OK) },
  'admin retry': { given: { failure: 'a1b2c3d4' }, who: SERVER_ADMINS, when: always('no-such-failure') },
  'admin dismiss': { given: { failure: 'a1b2c3d4' }, who: SERVER_ADMINS, when: always('no-such-failure') },
  'break-glass begin': {
    given: { ...COHORT, reason: 'Nobody else can be reached' },
    who: ADMINS,
    when: always(OK),
  },
  'break-glass end': { given: COHORT, who: ADMINS, when: always('no-emergency-access') },
  'break-glass show': { given: COHORT, who: RESPONSIBLE, when: always(OK) },
  'admin retention': { who: SERVER_ADMINS, when: always(OK) },
  'agreement report': { given: COHORT, who: ADMINS, when: always(OK) },
  'retention show': { who: ADMINS, when: always(OK) },
  'retention set': { given: { ...COHORT, what: 'check-in', days: 90 }, who: ADMINS, when: always(OK) },
  'retention hold': { given: { ...COHORT, reason: 'a letter' }, who: ADMINS, when: always(OK) },
  'retention lift': { given: COHORT, who: ADMINS, when: always('not-held') },
  'retention holds': { who: ADMINS, when: always(OK) },
  'audit show': { who: SERVER_ADMINS, when: always(OK) },
  // Of themselves alone, whoever they are, also when they have left.
  'my-data show': { who: ANYONE, when: always(OK) },
  'my-data export': { who: ANYONE, when: always(OK) },
  'my-data erase': { given: { what: 'all' }, who: ANYONE, when: always(OK) },
  'attendance attest': { who: STAFF, when: { ...always(NONE), ended: OK } },
  'attendance report': { who: { ...GROUP, admin: 'may' }, when: always(OK) },

  // The first is for Ana's therapist, since she cannot come.
  'task list': { who: TENDING, when: always(OK) },
  'task show': { given: { task: '1' }, who: LEADING, when: always(OK) },
  'task tick': {
    given: { task: '1', item: 'thanked' },
    who: LEADING,
    when: always(OK),
  },
  'task done': {
    given: { task: '1', outcome: 'looked-after' },
    who: LEADING,
    when: always(OK),
  },
};
