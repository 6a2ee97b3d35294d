/** What stands, always up to date, in a cohort's rooms: facts only; `words` makes cards of them. */
import type { Phase } from './agenda.ts';
import type { Agreement } from './agreement.ts';
import type { Alert } from './alert.ts';
import type { CalendarNews } from './calendar-news.ts';
import type { Arrival } from './check-in.ts';
import type { Cohort } from './cohort.ts';
import type { Confidential } from './confidential.ts';
import type { CallEncryption } from './encryption.ts';
import type { Course, Exercise } from './exercise.ts';
import type { Farewell } from './farewell.ts';
import type { Level } from './level.ts';
import type { LobbyState } from './lobby.ts';
import type { UnheardWhy } from './microphone-check.ts';
import type { Holds } from './moderation.ts';
import type { AlertTold } from './notice.ts';
import type { PlacesNow } from './place.ts';
import type { TakeAway } from './reflection.ts';
import type { Finding } from './room-finding.ts';
import type { RepairKind } from './room-repair.ts';
import type { Topic } from './topic.ts';

/** What the programme brings to a session. */
export type Material = Pick<Topic, 'title' | 'aim' | 'prompts' | 'exercise'>;

export interface SessionFacts {
  readonly sessionId: string;
  readonly number: number;
  readonly state: 'running' | 'paused';
  /** Index into the agenda. */
  readonly step: number;
  readonly steps: number;
  readonly phase: Phase;
  /** Missing while paused. */
  readonly plannedEndAt?: Date;
  /** Missing when the programme has the topic no longer. */
  readonly material?: Material;
  readonly speaker?: string;
  /** Accounts in the order in which they will be called. */
  readonly waiting: readonly string[];
}

/** How somebody arrived, as far as they let the readers of the board know. */
export interface SharedArrival {
  readonly account: string;
  readonly arrival: Arrival;
}

export interface SharedTakeAway {
  readonly account: string;
  readonly takeAway: TakeAway;
}

/** For the group: what is going on, and only what each chose to share with the group. */
export interface OpenSessionCard extends SessionFacts {
  readonly kind: 'session-card';
  /** Accounts of those who have checked in, in the order in which they did; a pass is a check-in. */
  readonly checkedIn: readonly string[];
  readonly arrivals: readonly SharedArrival[];
  /** Accounts of those who have closed the session for themselves; a pass counts as well. */
  readonly reflected: readonly string[];
  readonly takeAways: readonly SharedTakeAway[];
  /** What is known of the call; missing where Hearth does not come into the group's calls. */
  readonly encryption?: CallEncryption;
  /** Whether it is counted how long each speaks. */
  readonly countsTalk?: true;
  /** What was told stands on pages of Hearth's own. */
  readonly onPages?: true;
  readonly asksPlace?: AsksPlace;
  /** What facilitators hold for everybody; of what they do to somebody the group reads nothing. */
  readonly isChatHeld?: true;
  readonly isLocked?: true;
}

/** Each is asked where they are, and may pass unless the group is treatment. */
export interface AsksPlace {
  readonly mayPass: boolean;
}

/** What remains of it afterwards: nothing of how anybody was. */
export interface ClosedSessionCard {
  readonly kind: 'session-card';
  readonly sessionId: string;
  readonly number: number;
  readonly state: 'ended';
  readonly endedAt: Date;
  /** Until when a form that was open is still taken. */
  readonly answersUntil: Date;
  /** What was told stands on pages of Hearth's own. */
  readonly onPages?: true;
  readonly takeAways: readonly SharedTakeAway[];
}

export type SessionCard = OpenSessionCard | ClosedSessionCard;

/** What staff see of a session: of the values, those that were shared with them or with the group. */
export interface StaffView extends SessionFacts {
  /** Signed members in the voice room. */
  readonly here: readonly string[];
  /** Of those who are here, those who have neither spoken nor had a turn, and have not passed. */
  readonly notYetHeard: readonly string[];
  /** Id of the turn that is being spoken. */
  readonly speakingTurn?: string;
  /** Everybody who has checked in; without an arrival, they passed. */
  readonly checkIns: readonly { readonly account: string; readonly arrival?: Arrival }[];
  readonly takeAways: readonly SharedTakeAway[];
  /** What is known of the call; missing where Hearth does not come into the group's calls. */
  readonly encryption?: CallEncryption;
  /** Each one's share of what was spoken, in the order of the roster; missing where it is not counted. */
  readonly talk?: readonly { readonly account: string; readonly percent: number }[];
  /** What facilitators hold; missing when nothing is held. */
  readonly holds?: Holds;
  /** What sounds, or is paused. */
  readonly plays?: {
    readonly playbackId: string;
    readonly kind: Shown['kind'];
    readonly state: 'playing' | 'paused';
  };
}

/** The next meeting, as staff prepare for it: from the day before on. */
export interface NextMeeting {
  readonly startsAt: Date;
  /** Accounts of those who have said that they cannot come, never why. */
  readonly notComing: readonly string[];
  /** Tasks of the staff that are still to be done. */
  readonly openTasks: number;
  /** Of those who chose to share theirs with staff, the last time. */
  readonly intentions: readonly { readonly account: string; readonly intention: Confidential<string> }[];
}

/** For staff: the controls, and who is here. */
export interface StaffPanel {
  readonly kind: 'staff-panel';
  readonly cohortName: string;
  readonly cohortState: Cohort['state'];
  /** What was told stands on pages of Hearth's own. */
  readonly onPages?: true;
  readonly unsigned: readonly string[];
  /** Have signed, and wait until everybody else has. */
  readonly awaited?: readonly string[];
  readonly enrolled: number;
  /** Who has confirmed where they are for the session that is near; missing while nobody is asked. */
  readonly places?: PlacesNow;
  /** Alerts that are not closed, and which both facilitators may open; missing when there are none. */
  readonly alerts?: readonly Pick<Alert, 'id' | 'kind' | 'openedAt' | 'times' | 'acknowledged'>[];
  readonly session?: StaffView;
  /** While none is open, the one that ended last, with the take-aways that were shared with staff or with the group. */
  readonly last?: {
    readonly number: number;
    readonly endedAt: Date;
    /** Whether a facilitator has attested its attendance. */
    readonly attested: boolean;
    readonly takeAways: readonly SharedTakeAway[];
  };
  /** While none is open, the meeting that is near. */
  readonly next?: NextMeeting;
}

/** For the group, before a meeting: when it begins, and who is ready. */
export interface Lobby {
  readonly kind: 'lobby';
  readonly occurrenceId: string;
  readonly startsAt: Date;
  readonly state: LobbyState;
  /** Accounts of those who will be there, or are already; nobody's, once it is no longer awaited. */
  readonly ready: readonly string[];
  readonly asksPlace?: AsksPlace;
  /** The card of the session, while that is open. */
  readonly card?: Spot;
}

/** For everybody enrolled: the agreement, with the button to sign. */
export interface AgreementCard {
  readonly kind: 'agreement';
  /** Shown in the first of its languages; each may read it in their own. */
  readonly agreement: Agreement;
  /** So many would join a running cycle, and wait until everybody else has signed. */
  readonly joining: number;
}

/** For a participant and their therapist, in the room that is theirs: when they meet, and that they do. */
export interface IndividualCard {
  readonly kind: 'individual-card';
  readonly occurrenceId: string;
  /** Of the pair whose room it is. */
  readonly room: number;
  readonly account: string;
  readonly therapist: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'planned' | 'running' | 'over' | 'cancelled';
  /** The participant is asked where they are, until it is over; `told` when they have confirmed it for this time. */
  readonly place?: AsksPlace & { readonly told: boolean };
}

/** For somebody who tests a microphone, in the room that is theirs meanwhile; `closed` once nobody has it. */
export type CheckCard = { readonly kind: 'check-card'; readonly room: number } & (
  | { readonly state: 'closed' }
  | ({ readonly checkId: string } & (
      | { readonly state: 'waiting'; readonly before: number }
      /** Called by their account, once for each time for which they have asked. */
      | { readonly state: 'ready'; readonly account: string; readonly askedAt: Date }
      | { readonly state: 'listening' | 'playing-back' }
      | { readonly state: 'heard'; readonly level: Level }
      | { readonly state: 'unheard'; readonly why: UnheardWhy }
    ))
);

/** What the group does or hears together. */
export type Shown =
  | { readonly kind: 'exercise'; readonly exercise: Exercise; readonly course: Course }
  | {
      readonly kind: 'media';
      readonly title: Confidential<string>;
      /** What is to be heard, in words. */
      readonly alternative: Confidential<string>;
      readonly lengthMs: number;
    };

/** For the group: what is done or heard together, in words, so that nobody needs to hear it. */
export interface ExerciseCard {
  readonly kind: 'exercise-card';
  readonly sessionId: string;
  readonly playbackId: string;
  /** Missing when the programme has it no longer. */
  readonly shows?: Shown;
  /** Whether it is heard in the voice room as well. */
  readonly isHeard: boolean;
  readonly startedAt: Date;
  readonly now:
    | { readonly state: 'playing'; readonly endsAt: Date }
    | { readonly state: 'paused'; readonly leftMs: number }
    | { readonly state: 'over'; readonly endedAt: Date };
}

/** For the group: something to be watched together. */
export interface LinkCard {
  readonly kind: 'link-card';
  readonly sessionId: string;
  readonly linkId: string;
  readonly address: Confidential<string>;
  readonly title: Confidential<string>;
  /** What is to be seen and heard, in words. */
  readonly alternative?: Confidential<string>;
  /** Address of the invitation to watch it together in the voice room. */
  readonly invitation?: Confidential<string>;
}

export type Board =
  | SessionCard
  | StaffPanel
  | AgreementCard
  | Lobby
  | IndividualCard
  | CheckCard
  | ExerciseCard
  | LinkCard;

/** Where a message stands in Discord. */
export interface Spot {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
}

/** Said once, at the moment it is true, in the group's or the staff's room. */
/** What Discord does not let Hearth do: in a voice room, or with the rooms themselves. */
export type Barred = 'mute' | 'unmute' | 'move' | 'move-back' | 'rooms';

export type Announcement =
  | {
      readonly kind: 'session-opened';
      readonly number: number;
      readonly agreementVersion: string;
      readonly topicTitle?: string;
    }
  /** `card` where the session's card stood when it was made. */
  | {
      readonly kind: 'phase-entered';
      readonly phase: Phase;
      readonly topicTitle?: string;
      readonly card?: Spot;
    }
  /** `plannedEndAt` in ISO 8601, in UTC. */
  | { readonly kind: 'phase-ending'; readonly phase: Phase; readonly plannedEndAt: string }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed'; readonly phase: Phase; readonly card?: Spot }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'talk-time-counted' | 'talk-time-not-counted' }
  /** Somebody has left the group; `account` where the line names them. */
  | { readonly kind: 'farewell'; readonly line: Exclude<Farewell, 'none'>; readonly account?: string }
  /** A place is free, and so many wait for one. */
  | { readonly kind: 'place-free'; readonly waiting: number }
  /** Everybody has agreed: so many who joined a running cycle come in. */
  | { readonly kind: 'newcomers-admitted'; readonly people: number }
  /** A facilitator asked for it, and Discord does not let Hearth do it; `account` of whom it is about. */
  | { readonly kind: 'not-allowed'; readonly what: Barred; readonly account?: string }
  /** One of its facilitators had all of themselves erased: somebody else must be named. */
  | { readonly kind: 'facilitator-gone' }
  /** A cycle has begun; `signAgain` unless it is the first, for which those who had signed did so. */
  | { readonly kind: 'cycle-begun'; readonly number: number; readonly signAgain: boolean }
  | { readonly kind: 'cycle-ended'; readonly number: number }
  /** Its last day has passed, and nobody has ended it. */
  | {
      readonly kind: 'cycle-past';
      readonly number: number;
      readonly lastDay: string;
      readonly cohortId: string;
    }
  /** A new version is to be signed; `inSession` when that need not be before the end of the one that goes on. */
  | { readonly kind: 'agreement-published'; readonly version: string; readonly inSession: boolean }
  | CalendarNews
  /** For everybody who did not ask for a direct message; it names nobody. `startsAt` in ISO 8601, in UTC. */
  | { readonly kind: 'reminder'; readonly startsAt: string; readonly occurrenceId: string }
  /** Nobody has opened the meeting: the account of whoever is asked to. */
  | { readonly kind: 'take-over'; readonly startsAt: string; readonly account?: string }
  /** It cannot be opened, because another session of the group is open still: the account of whoever is asked to end that. */
  | { readonly kind: 'still-open'; readonly startsAt: string; readonly account?: string }
  /** It is open, and its lead is not there: the account of whoever is told. */
  | { readonly kind: 'lead-missing'; readonly account?: string }
  /** Something waits for somebody who is responsible: with nobody's name, in the staff's room. */
  | { readonly kind: 'task-opened' }
  /** Staff must see something: the account of whoever is told, where they can read it. */
  | ({ readonly kind: 'alert'; readonly account?: string } & AlertTold)
  /** So many entries of crisis lines that people of the server are shown are to be verified again. */
  | { readonly kind: 'lines-old'; readonly entries: number }
  /** Somebody changed rooms by hand, and they are as they ought to be again; `from` and `to` in ISO 8601, in UTC. */
  | {
      readonly kind: 'rooms-repaired';
      readonly repairs: readonly { readonly what: RepairKind; readonly count: number }[];
      readonly from: string;
      readonly to: string;
    }
  /** The second factor of that account, of somebody who looks after them, is gone: `by` an admin, or by whoever runs Hearth. */
  | { readonly kind: 'device-forgotten'; readonly account?: string; readonly by?: string }
  /** A look at the rooms found what Hearth cannot change. */
  | { readonly kind: 'rooms-looked-at'; readonly news: readonly Finding[] };
