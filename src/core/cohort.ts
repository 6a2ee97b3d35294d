/** A cohort: a small closed group with its staff, its roster, its limits and its policy. */
import type { GroupType, SessionMinutes } from './agenda.ts';
import type { AutoModeration } from './auto-moderation.ts';
import type { EncryptionPolicy } from './encryption.ts';
import type { Reminder } from './milestone.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import type { AnswerPlace } from './private-answers.ts';

/** Most people that a group may hold (LCD L33632 for group psychotherapy: at most 12). */
export const MOST_PARTICIPANTS = 12;
/** A group outside these numbers works, but its admin is told. */
export const USUAL_PARTICIPANTS = { fewest: 5, most: 10 } as const;

export interface AttendancePolicy {
  /** Minutes after the start from which an arrival counts as late. */
  readonly lateAfterMinutes: number;
  /** Per cent of the session below which being there counts as partial. */
  readonly partialBelowPercent: number;
}

export const USUAL_POLICY: AttendancePolicy = { lateAfterMinutes: 10, partialBelowPercent: 75 };

/** What the programme asks of a week, whom it tells, and how it reminds. */
export interface CohortSettings {
  /** Hours a week that the programme asks of each participant. */
  readonly hoursPerWeek: number;
  /** Minutes from which on a day counts as a full one. */
  readonly dayMinutes: number;
  /** So many sessions in a row that somebody did not come to are told to the supervisor, too. */
  readonly supervisorAfterNoShows: number;
  /** Minutes after the start from which on the co-facilitator is asked to take over. */
  readonly leadPatienceMinutes: number;
  /** The reminders that the cohort sends, each of which a person may turn off. */
  readonly reminders: readonly Reminder[];
  /** Whether its meetings stand among the server's scheduled events. */
  readonly shownAsEvents: boolean;
  /** Whether a missed session may be made up for. */
  readonly offersMakeUps: boolean;
  /** Whether Hearth comes into the group's calls: without it nothing is verified and nothing sounds. */
  readonly joinsCalls: boolean;
  /** What happens while a call is not end-to-end encrypted with everybody in it. */
  readonly encryption: EncryptionPolicy;
  /** Whether a soft chime tells that a part of the session begins. */
  readonly chimes: boolean;
  /** Whether guided exercises sound, and are not only read. */
  readonly exerciseSounds: boolean;
  /** Whether it is counted how long each speaks, for staff. */
  readonly talkTime: boolean;
  /** Where private answers are given. */
  readonly privateAnswers: AnswerPlace;
  /** Whether people are asked before each session where they are, and whom to call for them. */
  readonly confirmsPlace: boolean;
  /** Whether Discord itself stops some messages in the rooms of the group. */
  readonly autoModeration: AutoModeration;
}

export const USUAL_SETTINGS: CohortSettings = {
  hoursPerWeek: 9,
  dayMinutes: 180,
  supervisorAfterNoShows: 2,
  leadPatienceMinutes: 5,
  reminders: ['day', 'hour', 'ten-minutes'],
  shownAsEvents: true,
  offersMakeUps: true,
  joinsCalls: true,
  encryption: 'warn',
  chimes: true,
  exerciseSounds: true,
  talkTime: false,
  privateAnswers: 'discord',
  confirmsPlace: false,
  autoModeration: 'off',
};

/** Bounds of what a policy may ask, both included. */
export const POLICY_LIMITS = {
  lateAfterMinutes: { least: 0, most: 60 },
  partialBelowPercent: { least: 0, most: 100 },
  hoursPerWeek: { least: 1, most: 60 },
  dayMinutes: { least: 15, most: 720 },
  supervisorAfterNoShows: { least: 1, most: 10 },
  leadPatienceMinutes: { least: 1, most: 30 },
} as const;

export interface Cohort {
  readonly id: string;
  /** Discord's id of the server. */
  readonly guildId: string;
  /** Chosen by the admin, unique among the server's active cohorts, neutral. */
  readonly name: string;
  readonly groupType: GroupType;
  /** Whether the programme treats its people: then they answer on pages of Hearth's own, unless an admin decides otherwise. */
  readonly clinical?: true;
  readonly capacity: number;
  readonly sessionMinutes: SessionMinutes;
  /** IANA time zone. */
  readonly zone: string;
  readonly lead: Person;
  readonly coFacilitator: Person;
  /** Told of what the therapists should not carry alone; nobody, when missing. */
  readonly supervisor?: Person;
  readonly policy: AttendancePolicy;
  readonly settings: CohortSettings;
  /** Counts how often consent was asked anew: a signature holds for one round. */
  readonly consentRound: number;
  readonly state: 'active' | 'archived';
  /** When its cycle was begun, or its first session opened; until the cycle ends, the roster is closed. */
  readonly begunAt?: Date;
  readonly createdAt: Date;
  readonly version: number;
}

export interface Membership {
  readonly id: string;
  readonly cohortId: string;
  readonly person: Person;
  /** Their own therapist; the lead of the cohort, when missing. */
  readonly therapist?: Person;
  readonly enrolledAt: Date;
  readonly dischargedAt?: Date;
  /** Joined a running cycle: the rooms stay closed to them until everybody else has signed again. */
  readonly awaitsConsent?: true;
}

/** The therapist of a member: the lead, where no other is named. */
export const therapistOf = (member: Membership, cohort: Pick<Cohort, 'lead'>): Person =>
  member.therapist ?? cohort.lead;

/** The roster as it stands: members who have not been discharged. */
export type Roster = readonly Membership[];

export type SizeNote = 'small' | 'usual' | 'large';

/** Whether a number of people is usual for a group. */
export const sizeNote = (people: number): SizeNote =>
  people < USUAL_PARTICIPANTS.fewest ? 'small' : people > USUAL_PARTICIPANTS.most ? 'large' : 'usual';

/** Staff of a cohort are two people, and never bots. */
export const staffable = (
  lead: { account: string; bot: boolean },
  coFacilitator: { account: string; bot: boolean },
): Outcome<null> => {
  if (lead.bot || coFacilitator.bot) return refuse({ code: 'is-bot' });
  if (lead.account === coFacilitator.account) return refuse({ code: 'same-facilitator' });
  return allow(null);
};

export interface Enrolment {
  readonly cohort: Cohort;
  readonly roster: Roster;
  readonly newcomer: { readonly account: string; readonly bot: boolean };
  /** The admin asks the whole group to sign again so that somebody may join after the beginning. */
  readonly reopenConsent: boolean;
}

type EnrolmentRule = (enrolment: Enrolment) => Outcome<null>;

const activeCohort: EnrolmentRule = ({ cohort }) =>
  cohort.state === 'active' ? allow(null) : refuse({ code: 'cohort-archived' });

const aPerson: EnrolmentRule = ({ newcomer }) => (newcomer.bot ? refuse({ code: 'is-bot' }) : allow(null));

const notStaff: EnrolmentRule = ({ cohort, newcomer }) =>
  [cohort.lead.account, cohort.coFacilitator.account].includes(newcomer.account)
    ? refuse({ code: 'is-staff' })
    : allow(null);

/** Whoever looks after people of the group is no part of it. */
const noHelper: EnrolmentRule = ({ cohort, roster, newcomer }) =>
  [cohort.supervisor, ...roster.map(({ therapist }) => therapist)].some(
    (helper) => helper?.account === newcomer.account,
  )
    ? refuse({ code: 'is-helper' })
    : allow(null);

const notYetThere: EnrolmentRule = ({ roster, newcomer }) =>
  roster.some((member) => member.person.account === newcomer.account)
    ? refuse({ code: 'already-enrolled' })
    : allow(null);

const roomLeft: EnrolmentRule = ({ cohort, roster }) =>
  roster.length >= cohort.capacity ? refuse({ code: 'cohort-full', capacity: cohort.capacity }) : allow(null);

const openRoster: EnrolmentRule = ({ cohort, reopenConsent }) =>
  cohort.begunAt && !reopenConsent ? refuse({ code: 'roster-closed' }) : allow(null);

const ENROLMENT_RULES: readonly EnrolmentRule[] = [
  activeCohort,
  aPerson,
  notStaff,
  noHelper,
  notYetThere,
  roomLeft,
  openRoster,
];

/** Whether somebody may join, and whether the whole group must sign again for it; or the first rule that says no. */
export const admit = (enrolment: Enrolment): Outcome<{ readonly consentReopened: boolean }> => {
  for (const rule of ENROLMENT_RULES) {
    const answer = rule(enrolment);
    if (!answer.ok) return answer;
  }
  return allow({ consentReopened: enrolment.cohort.begunAt !== undefined });
};
