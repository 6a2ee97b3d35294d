/**
 * Where everything is kept. All that belongs together is written in one `change`: state, what came to pass, and the
 * jobs that tell it. A write carries the version that it read; when somebody wrote in between, `change` runs its work
 * once more from the beginning and then gives up with the refusal `somebody-was-first`.
 */

import type { AgreementDraft, KeptAgreement, KeptNow, Signature } from '../core/agreement.ts';
import type { Alert, AlertEvent, AlertKind } from '../core/alert.ts';
import type { Attendance, Attestation, NewAmendment } from '../core/attendance.ts';
import type { Actor, AuditQuery, AuditRecord, Deed } from '../core/audit.ts';
import type { Announcement, Board } from '../core/board.ts';
import type { CheckIn } from '../core/check-in.ts';
import type { Cohort, Membership, Roster } from '../core/cohort.ts';
import type { OwnLines } from '../core/crisis-line.ts';
import type { Cycle } from '../core/cycle.ts';
import type { EmergencyAccess } from '../core/emergency.ts';
import type { CallEncryption } from '../core/encryption.ts';
import type { Erasing, Erasure, Tally } from '../core/erasure.ts';
import type { FailureOutcome } from '../core/failure.ts';
import type { CalendarFeed } from '../core/feed.ts';
import type { FormLink } from '../core/form-link.ts';
import type { Goal, GoalUpdate } from '../core/goal.ts';
import type { HelpMemory } from '../core/help.ts';
import type { EndedIndividual, IndividualSession, Pair, RunningIndividual } from '../core/individual.ts';
import type { NoticeCount, NoticeOutcome, NoticeRecord } from '../core/ledger.ts';
import type { LegalHold } from '../core/legal-hold.ts';
import type { SharedLink } from '../core/link.ts';
import type { MakeUp } from '../core/make-up.ts';
import type { MediaItem } from '../core/media.ts';
import type { MicrophoneTest, VoiceCheck } from '../core/microphone-check.ts';
import type { Moderation } from '../core/moderation.ts';
import type { Occurrence, PlannedOccurrence } from '../core/occurrence.ts';
import type { OnCall } from '../core/on-call.ts';
import type { Outcome } from '../core/outcome.ts';
import type { CohortDays, DataClass, Due, EndedTies, Gone, OwnRecord, Ties } from '../core/own-data.ts';
import type { Person } from '../core/person.ts';
import type { PlaceMark, PlaceWords, ToldPlace } from '../core/place.ts';
import type { Playback, Playing, UnfinishedPlayback } from '../core/playback.ts';
import type { Interval } from '../core/presence.ts';
import type { StatementAccepted } from '../core/private-answers.ts';
import type { Reflection } from '../core/reflection.ts';
import type { ContactPreference } from '../core/reminder.ts';
import type { Finding, FindingChanges } from '../core/room-finding.ts';
import type { Repair, RoomFace } from '../core/room-repair.ts';
import type { RoomId } from '../core/rooms.ts';
import type { Rsvp } from '../core/rsvp.ts';
import type { DraftSchedule, EndedSchedule, RunningSchedule, Schedule } from '../core/schedule.ts';
import type { GroupClaim } from '../core/seat.ts';
import type { SecondFactor } from '../core/second-factor.ts';
import type { Ended, Paused, Running, Session, SessionEvent } from '../core/session.ts';
import type { StaffSession } from '../core/staff-session.ts';
import type { Spoken } from '../core/talk-time.ts';
import type { Settled, Task, Tick } from '../core/task.ts';
import type { WaitlistEntry, WaitlistSettled } from '../core/waitlist.ts';
import type { LocalDate } from '../core/wall-time.ts';
import type { EventRef } from './calendar-events.ts';
import type { Job, Jobs } from './jobs.ts';

export interface People {
  /** The person behind a Discord account, made known when new. */
  known(account: string): Promise<Person>;
  /** The same, where they are known already. */
  find(account: string): Promise<Person | undefined>;
  /** Has every other change that holds one of them wait until this one is done: nobody is booked twice. */
  hold(personIds: readonly string[]): Promise<void>;
}

export interface Cohorts {
  byId(id: string): Promise<Cohort | undefined>;
  /** Active cohorts of a server, by name. */
  ofGuild(guildId: string): Promise<readonly Cohort[]>;
  /** Those of a server that have ended, too, after the active ones. */
  everOfGuild(guildId: string): Promise<readonly Cohort[]>;
  /** The cohort that a room belongs to. */
  byChannel(channelId: string): Promise<Cohort | undefined>;
  /** Active cohorts of a server of which somebody is staff or an undischarged member. */
  ofAccount(guildId: string, account: string): Promise<readonly Cohort[]>;
  /** Active cohorts of a server that somebody supervises, or of which they are a named therapist or have an open task. */
  ofHelper(guildId: string, account: string): Promise<readonly Cohort[]>;
  /** Active cohorts of any server of which somebody is staff, or which they help as a supervisor or therapist. */
  lookedAfterBy(account: string): Promise<readonly Cohort[]>;
  /** Cohorts of a server of which somebody is staff, is or once was a member, or has told something; ended ones, too, by name. */
  everOf(guildId: string, account: string): Promise<readonly Cohort[]>;
  /** Refused with `name-taken` when an active cohort of the server bears the name (whatever the case). */
  add(cohort: Cohort): Promise<Outcome<null>>;
  /** Guarded by the version. */
  save(cohort: Cohort): Promise<void>;
}

export interface Memberships {
  roster(cohortId: string): Promise<Roster>;
  /** Everyone who was on the roster at some moment since then, also those who have been discharged. */
  rosterSince(cohortId: string, since: Date): Promise<Roster>;
  add(membership: Membership): Promise<void>;
  discharge(membershipId: string, at: Date): Promise<void>;
  /** Names their therapist; the lead is it again, when missing. */
  assign(membershipId: string, therapist: Person | undefined): Promise<void>;
  /** They need not wait for the consent of the others any more. */
  admit(membershipIds: readonly string[]): Promise<void>;
  /** The code under which reports name each person of a cohort, also those who have left, by the id of the person. */
  codes(cohortId: string): Promise<ReadonlyMap<string, string>>;
}

export interface Signatures {
  /** Every one that was ever given in a cohort, in the order of their giving: withdrawn ones, too, and of those who have left. */
  history(cohortId: string): Promise<readonly Signature[]>;
  /** Signatures of those on the roster that were not withdrawn. */
  ofCohort(cohortId: string): Promise<readonly Signature[]>;
  add(signature: Signature): Promise<void>;
  withdraw(membershipId: string, at: Date): Promise<void>;
}

export interface Waitlists {
  /** Those who wait, whoever was put on the list first first. */
  waiting(cohortId: string): Promise<readonly WaitlistEntry[]>;
  /** Refused with `already-on-waitlist` when they wait already. */
  add(entry: WaitlistEntry): Promise<void>;
  /** Guarded: only the first settles it. */
  settle(id: string, settled: WaitlistSettled): Promise<void>;
}

export interface Cycles {
  /** By number, from the first on. */
  ofCohort(cohortId: string): Promise<readonly Cycle[]>;
  /** Running ones of groups that go on, whose last day is before this one, and of which the ledger does not tell that yet. */
  untold(before: LocalDate, most: number): Promise<readonly Cycle[]>;
  /** Guarded: of two that begin at once, the first does. */
  add(cycle: Cycle): Promise<void>;
  /** Guarded: only the first ends it. */
  end(id: string, ended: NonNullable<Cycle['ended']>): Promise<void>;
}

/** Versions of the agreement that came to hold in cohorts, and what is being written of the next. */
export interface Agreements {
  now(cohortId: string): Promise<KeptNow>;
  /** The latest that was kept by then. */
  heldAt(cohortId: string, at: Date): Promise<KeptAgreement | undefined>;
  /** From the first on. */
  history(cohortId: string): Promise<readonly KeptAgreement[]>;
  /** Guarded: of two that would be the next, the first is. */
  keep(agreement: KeptAgreement): Promise<void>;
  /** One a language, by language. */
  drafts(cohortId: string): Promise<readonly AgreementDraft[]>;
  /** Guarded by the version: 0 for one that was not kept before. */
  saveDraft(draft: AgreementDraft): Promise<void>;
  discardDrafts(cohortId: string): Promise<void>;
}

/** How an event of a session is kept: who did it (nobody, when a job did), and when. */
export interface Happening {
  readonly events: readonly SessionEvent[];
  readonly by?: string;
  readonly at: Date;
}

export interface Recorded {
  readonly event: SessionEvent;
  readonly at: Date;
}

export interface InProgress {
  readonly guildId: string;
  readonly cohortId: string;
}

export interface Sessions {
  byId(id: string): Promise<Session | undefined>;
  /** The session that is running or paused. */
  unfinished(cohortId: string): Promise<Running | Paused | undefined>;
  /** Every cohort of every server that has an unfinished session. */
  inProgress(): Promise<readonly InProgress[]>;
  /** The session that ended last. */
  lastEnded(cohortId: string): Promise<Ended | undefined>;
  /** The session of that number, when it has ended. */
  ended(cohortId: string, number: number): Promise<Ended | undefined>;
  count(cohortId: string): Promise<number>;
  /** Sessions that have ended, of which any part lies within [from, to), in order. */
  endedBetween(cohortId: string, from: Date, to: Date): Promise<readonly Ended[]>;
  /** Ids of the topics of all its sessions, one for each, from the first on. */
  topicsUsed(cohortId: string): Promise<readonly string[]>;
  /** Refused with `session-in-progress` when one is unfinished already. */
  add(session: Running, happening: Happening): Promise<Outcome<null>>;
  /** Guarded by the version; turns and events are kept with it. */
  save(session: Session, happening: Happening): Promise<void>;
  events(sessionId: string): Promise<readonly Recorded[]>;
}

/** What sounds in the sessions of groups. */
export interface Playbacks {
  byId(id: string): Promise<Playback | undefined>;
  /** What sounds, or is paused, in a session. */
  unfinished(sessionId: string): Promise<UnfinishedPlayback | undefined>;
  /** What was started last in a session, also when it has ended. */
  lastOf(sessionId: string): Promise<Playback | undefined>;
  /** Refused with `already-playing` while something else is unfinished. */
  add(playback: Playing): Promise<Outcome<null>>;
  /** Guarded by the version. */
  save(playback: Playback): Promise<void>;
}

/** Audio that programmes own; what was removed is found no longer. */
export interface Media {
  /** By number. */
  ofCohort(cohortId: string): Promise<readonly MediaItem[]>;
  byId(id: string): Promise<MediaItem | undefined>;
  byNumber(cohortId: string, number: number): Promise<MediaItem | undefined>;
  /** The highest number that was ever given in the cohort; 0 before the first. */
  lastNumber(cohortId: string): Promise<number>;
  /** The sound itself, as it was sent. */
  audio(id: string): Promise<Uint8Array | undefined>;
  add(item: MediaItem, audio: Uint8Array): Promise<void>;
  /** Nothing of what it held is kept. */
  remove(id: string, at: Date, by: string): Promise<void>;
}

/** Links that were shown to groups in their sessions. */
export interface SharedLinks {
  /** The one that was shown last in a session. */
  lastOf(sessionId: string): Promise<SharedLink | undefined>;
  put(link: SharedLink): Promise<void>;
}

/** Sessions of one participant and their therapist; those of the group know nothing of them. */
export interface IndividualSessions {
  byId(id: string): Promise<IndividualSession | undefined>;
  /** All that are going on in a cohort: one a person. */
  unfinished(cohortId: string): Promise<readonly RunningIndividual[]>;
  /** Every cohort of every server in which one is going on. */
  inProgress(): Promise<readonly InProgress[]>;
  /** How many the person has had in the cohort, with one that is going on. */
  count(cohortId: string, personId: string): Promise<number>;
  /** Those that have ended, of which any part lies within [from, to), in order. */
  endedBetween(cohortId: string, from: Date, to: Date): Promise<readonly EndedIndividual[]>;
  /** Refused with `session-in-progress` when one of the person is unfinished already. */
  add(session: RunningIndividual, happening: Happening): Promise<Outcome<null>>;
  /** Guarded by the version. */
  end(session: EndedIndividual, happening: Happening): Promise<void>;
}

/** Who has rooms of their own in a cohort. */
export interface Pairs {
  /** By number. */
  ofCohort(cohortId: string): Promise<readonly Pair[]>;
  add(pair: Pair): Promise<void>;
}

export interface MakeUps {
  byId(id: string): Promise<MakeUp | undefined>;
  /** By the session that was missed and the person, also what is no longer needed. */
  ofCohort(cohortId: string): Promise<readonly MakeUp[]>;
  ofPerson(cohortId: string, personId: string): Promise<readonly MakeUp[]>;
  ofAttendance(attendanceId: string): Promise<MakeUp | undefined>;
  /** Those for which a meeting is offered or booked, or was. */
  ofOccurrence(occurrenceId: string): Promise<readonly MakeUp[]>;
  /** Does nothing when there is one for the attendance. */
  add(makeUp: MakeUp): Promise<void>;
  /** Guarded by the version. */
  save(makeUp: MakeUp): Promise<void>;
}

export interface CheckIns {
  /** In the order in which people checked in; the latest of each. */
  ofSession(sessionId: string): Promise<readonly CheckIn[]>;
  put(checkIn: CheckIn): Promise<void>;
}

export interface Reflections {
  ofSession(sessionId: string): Promise<readonly Reflection[]>;
  /** The person's last reflection in the cohort from before the session of the given number. */
  lastOf(cohortId: string, personId: string, before: number): Promise<Reflection | undefined>;
  put(reflection: Reflection): Promise<void>;
}

export interface Goals {
  ofPerson(cohortId: string, personId: string): Promise<readonly Goal[]>;
  add(goal: Goal): Promise<void>;
  addUpdate(goalId: string, update: GoalUpdate): Promise<void>;
}

export interface Presences {
  ofSession(sessionId: string): Promise<readonly Interval[]>;
  ofSessions(sessionIds: readonly string[]): Promise<readonly Interval[]>;
  /** Intervals without an end, of an unfinished session or of one that has just ended. */
  open(sessionId: string): Promise<readonly Interval[]>;
  /** Guarded by the session: one that has ended meanwhile takes no more. */
  start(interval: Interval): Promise<void>;
  end(intervalId: string, at: Date): Promise<void>;
  /** When Hearth last saw the server's voice rooms. */
  lastObserved(guildId: string): Promise<Date | undefined>;
  observed(guildId: string, at: Date): Promise<void>;
}

/** A voice room, and the accounts of the people (never bots) in it. */
export interface VoiceRoom {
  readonly channelId: string;
  readonly accounts: readonly string[];
}

/** What gateways see, kept for the processes that have none. A gateway is a process, by an id of its own. */
export interface Sights {
  alive(gatewayId: string, at: Date): Promise<void>;
  /** The gateway has ended: nobody sees its servers. */
  end(gatewayId: string): Promise<void>;
  /** Forgets the gateways that were last alive before then; nobody sees their servers. */
  forget(before: Date): Promise<void>;
  /** The gateway sees the server from now on, with these people in the voice rooms of its cohorts. */
  see(gatewayId: string, guildId: string, rooms: readonly VoiceRoom[]): Promise<void>;
  /** The gateway does not see these servers any more. */
  lose(gatewayId: string, guildIds: readonly string[]): Promise<void>;
  /** Who is in a room of a server that is seen. */
  put(guildId: string, room: VoiceRoom): Promise<void>;
  /** Accounts in the room; undefined unless a gateway that was alive since then sees the server. */
  inRoom(guildId: string, channelId: string, aliveSince: Date): Promise<readonly string[] | undefined>;
}

export interface Attendances {
  ofSession(sessionId: string): Promise<readonly Attendance[]>;
  ofSessions(sessionIds: readonly string[]): Promise<readonly Attendance[]>;
  /** Of one person in the sessions of the whole group, that of the latest first; at most `most`. */
  latestOf(cohortId: string, personId: string, most: number): Promise<readonly Attendance[]>;
  /** As it was computed: corrections come later. */
  add(attendance: Omit<Attendance, 'amendments'>): Promise<void>;
  amend(attendanceId: string, amendment: NewAmendment): Promise<void>;
}

export interface Attestations {
  ofSessions(sessionIds: readonly string[]): Promise<readonly Attestation[]>;
  /** False when the session is attested already: the first attestation stays. */
  add(attestation: Attestation): Promise<boolean>;
}

/** What is known of the encryption of a group's call, while its session or its lobby is open. */
export interface CallEncryptions {
  /** `unknown` when nothing is kept. */
  ofCohort(cohortId: string): Promise<CallEncryption>;
  /** Instead of what was known before; `unknown` forgets it. */
  put(cohortId: string, encryption: CallEncryption): Promise<void>;
}

export interface MicrophoneChecks {
  /** Has every other change of the server's queue wait until this one is done. */
  hold(guildId: string): Promise<void>;
  byId(id: string): Promise<VoiceCheck | undefined>;
  /** Those that have not ended, of the whole server, whoever asked first first. */
  openOfServer(guildId: string): Promise<readonly VoiceCheck[]>;
  openOfCohort(cohortId: string): Promise<readonly VoiceCheck[]>;
  /** Servers in which any has not ended. */
  servers(): Promise<readonly string[]>;
  openOf(guildId: string, personId: string): Promise<VoiceCheck | undefined>;
  add(check: VoiceCheck): Promise<void>;
  /** Guarded by the version. */
  save(check: VoiceCheck): Promise<void>;
}

export interface MicrophoneTests {
  /** Whether the member has tested a microphone in this round of consent. */
  done(membershipId: string, consentRound: number): Promise<boolean>;
  /** The first of a round stays. */
  add(test: MicrophoneTest): Promise<void>;
}

export interface TalkTimes {
  ofSession(sessionId: string): Promise<readonly Spoken[]>;
  /** Instead of what was kept of this person in it; never of a session that has ended. */
  put(sessionId: string, spoken: Spoken): Promise<void>;
  /** Deletes all of a session. */
  forget(sessionId: string): Promise<void>;
}

export interface Schedules {
  byId(id: string): Promise<Schedule | undefined>;
  /** The schedule in force. */
  running(cohortId: string): Promise<RunningSchedule | undefined>;
  /** The one that ended last. */
  lastEnded(cohortId: string): Promise<EndedSchedule | undefined>;
  /** Running schedules of active cohorts whose occurrences are rows only until before `until`; at most `most`. */
  toPlan(until: Date, most: number): Promise<readonly RunningSchedule[]>;
  addDraft(draft: DraftSchedule): Promise<void>;
  /** Forgets a draft; what has been in force stays kept. */
  discard(id: string): Promise<void>;
  /** Guarded by the version. */
  save(schedule: Schedule): Promise<void>;
}

export interface Holidays {
  /** Days as YYYY-MM-DD, in order. */
  ofCohort(cohortId: string): Promise<readonly string[]>;
  add(cohortId: string, date: string, by: string, at: Date): Promise<void>;
  remove(cohortId: string, date: string): Promise<void>;
}

export interface Occurrences {
  byId(id: string): Promise<Occurrence | undefined>;
  ofSession(sessionId: string): Promise<Occurrence | undefined>;
  /** Of the group and of individuals, that begin within [from, to), in order. */
  between(cohortId: string, from: Date, to: Date): Promise<readonly Occurrence[]>;
  /** Planned and not yet ended at `from`, in order; of the group and of individuals; at most `most`. */
  ahead(cohortId: string, from: Date, most?: number): Promise<readonly PlannedOccurrence[]>;
  /**
   * How many meetings of the whole group are planned within (from, to], by cohort: of the server's active cohorts whose
   * meetings stand among its events.
   */
  shownAsEvents(guildId: string, from: Date, to: Date): Promise<ReadonlyMap<string, number>>;
  /**
   * Planned meetings of individuals that a person takes part in or leads, in any cohort of a server, and those of the
   * groups of which they are a member or which they lead or co-facilitate, that begin before `to` and may not have ended at `from`; in order.
   */
  ofPerson(guildId: string, personId: string, from: Date, to: Date): Promise<readonly PlannedOccurrence[]>;
  /** False when the schedule has made the one for this time already: whoever was first has it. */
  claim(occurrence: Occurrence): Promise<boolean>;
  /** The same for many at once: those that are had, the others left out. */
  claimAll<Each extends Occurrence>(occurrences: readonly Each[]): Promise<readonly Each[]>;
  /** Guarded by the version. */
  save(occurrence: Occurrence): Promise<void>;
}

/** Which events in the server's calendar stand for meetings. */
export interface EventRefs {
  ofCohort(cohortId: string): Promise<readonly EventRef[]>;
  put(ref: EventRef): Promise<void>;
  remove(occurrenceId: string): Promise<void>;
}

export interface Rsvps {
  /** The last answer of each who gave one, in the order in which they were given. */
  ofOccurrence(occurrenceId: string): Promise<readonly Rsvp[]>;
  ofPerson(occurrenceId: string, personId: string): Promise<Rsvp | undefined>;
  /** Instead of the person's earlier answer, if there was one. */
  put(rsvp: Rsvp): Promise<void>;
  /** All that were given to this meeting. */
  forget(occurrenceId: string): Promise<void>;
}

/** Where people are during sessions, and whom to call for them. */
export interface ToldPlaces {
  /** How each who answered did so last, and nothing of what they told. */
  marks(cohortId: string): Promise<readonly PlaceMark[]>;
  /** What somebody told last; nothing, when they passed. */
  wordsOf(cohortId: string, personId: string): Promise<PlaceWords | undefined>;
  /** Instead of the person's earlier answer, if there was one. */
  put(told: ToldPlace): Promise<void>;
  /** What they told last holds again from then on; false, when nothing is kept of it. */
  repeat(cohortId: string, personId: string, at: Date): Promise<boolean>;
}

export interface Tasks {
  byId(id: string): Promise<Task | undefined>;
  byNumber(cohortId: string, number: number): Promise<Task | undefined>;
  /** Those that nobody has settled, the oldest first. */
  open(cohortId: string): Promise<readonly Task[]>;
  /** The highest number so far; 0 before the first. */
  lastNumber(cohortId: string): Promise<number>;
  add(task: Task): Promise<void>;
  /** False when the item is ticked already: the first tick stays. */
  tick(taskId: string, tick: Tick): Promise<boolean>;
  /** Guarded: one that is settled already is not settled again. */
  settle(taskId: string, settled: Settled): Promise<void>;
}

export interface CalendarFeeds {
  /** The one of this person in this server that works. */
  live(personId: string, guildId: string): Promise<CalendarFeed | undefined>;
  /** One that works, by the SHA-256 of its secret part. */
  byToken(tokenSha256: string): Promise<CalendarFeed | undefined>;
  /** How many somebody was given then and later, in any server. */
  givenSince(personId: string, at: Date): Promise<number>;
  add(feed: CalendarFeed): Promise<void>;
  /** Those of this person in this server work no longer. */
  revoke(personId: string, guildId: string, at: Date): Promise<void>;
}

/** That admins accepted that clinical groups answer in Discord. */
export interface AnswersStatements {
  accepted(cohortId: string, version: number): Promise<StatementAccepted | undefined>;
  /** The first acceptance of a wording stays. */
  add(accepted: StatementAccepted): Promise<void>;
}

/** Addresses that open one page for one person, once. */
export interface FormLinks {
  /** Whatever its state, as long as it is kept. */
  byToken(tokenSha256: string): Promise<FormLink | undefined>;
  /** How many somebody was given then and later. */
  givenSince(personId: string, at: Date): Promise<number>;
  /** Forgets those that the person was given before then. */
  add(link: FormLink, forgetBefore: Date): Promise<void>;
  /** False when it was used already: only one of those who try at once uses it. */
  use(id: string, at: Date): Promise<boolean>;
}

/** Who is signed in on pages, or on their way there. */
export interface StaffSessions {
  /** Whatever its state. */
  byToken(tokenSha256: string): Promise<StaffSession | undefined>;
  add(session: StaffSession): Promise<void>;
  seen(id: string, at: Date): Promise<void>;
  /** Ends all of a person; how many went on. */
  end(personId: string, at: Date): Promise<number>;
}

export interface SecondFactors {
  ofPerson(personId: string): Promise<SecondFactor | undefined>;
  /** Instead of the one before. */
  put(factor: SecondFactor): Promise<void>;
  /** Digests of the codes for when the device is lost, instead of those before. */
  replaceCodes(personId: string, sha256s: readonly string[]): Promise<void>;
  /** How many of them were not used. */
  codesLeft(personId: string): Promise<number>;
  /** False for one that is wrong or was used. */
  useCode(personId: string, codeSha256: string, at: Date): Promise<boolean>;
  /** The person begins anew. */
  forget(personId: string): Promise<void>;
}

export interface RoomRef extends RoomId {
  readonly channelId: string;
}

export interface RoomRefs {
  ofCohort(cohortId: string): Promise<readonly RoomRef[]>;
  /** Where one of its rooms stands; nowhere, when missing. */
  channelOf(cohortId: string, room: RoomId): Promise<string | undefined>;
  /** Which room of which cohort a channel is. */
  byChannel(channelId: string): Promise<(RoomRef & { readonly cohortId: string }) | undefined>;
  put(cohortId: string, ref: RoomRef): Promise<void>;
  /** Codes of the rights that Hearth lacked when it last brought the rooms; none when nothing was in the way. */
  missing(cohortId: string): Promise<readonly string[]>;
  putMissing(cohortId: string, missing: readonly string[]): Promise<void>;
}

/** States to which rooms were brought, and what was put right in them. */
export interface Repairs {
  facesOf(cohortId: string, room: RoomId): Promise<readonly RoomFace[]>;
  /** The room is brought to this state, which holds from now on; those that held before then are forgotten. */
  putFace(cohortId: string, room: RoomId, face: string, at: Date, before: Date): Promise<void>;
  /** What is about to be put right, instead of the same that was begun and never done. */
  begin(repair: Repair): Promise<void>;
  /** What was begun and is not done. */
  begun(cohortId: string): Promise<readonly Repair[]>;
  /** These are done. */
  finish(cohortId: string, ids: readonly string[]): Promise<void>;
  /** Of these nothing was there to be put right. */
  drop(ids: readonly string[]): Promise<void>;
  /** What is done, the oldest first. */
  untold(cohortId: string): Promise<readonly Repair[]>;
  lastTold(cohortId: string): Promise<Date | undefined>;
  told(cohortId: string, at: Date): Promise<void>;
}

/** Looks at the rooms of cohorts, and what they found. */
export interface RoomLooks {
  /** Asks for a look at each; those for which none was asked since `lost`, or the one that was is over. */
  ask(cohortIds: readonly string[], at: Date, lost: Date): Promise<readonly string[]>;
  /** Begins: whatever is asked for from now on is another look. */
  begin(cohortId: string, at: Date): Promise<void>;
  /** Active cohorts with rooms at which nobody has looked since then; at most `most`. */
  due(since: Date, most: number): Promise<readonly string[]>;
  /** Findings that are not gone. */
  open(cohortId: string): Promise<readonly Finding[]>;
  keep(cohortId: string, changes: FindingChanges, at: Date): Promise<void>;
}

/** A message of ours that stands in a room and is edited, never repeated. */
export interface StandingMessage {
  readonly id: string;
  readonly cohortId: string;
  readonly kind: Board['kind'];
  /** The session that a session card belongs to. */
  readonly sessionId?: string;
  /** The meeting that a lobby or a card of two people belongs to. */
  readonly occurrenceId?: string;
  /** The room in which somebody tests a microphone, to which a card of that belongs. */
  readonly number?: number;
  readonly channelId: string;
  /** Missing until Discord has told it. */
  readonly messageId?: string;
  /** Hash of what it shows; missing until it shows anything. */
  readonly shows?: string;
  /** For what it was posted anew: the opening of a session, the time of a meeting, another person who tests a microphone. */
  readonly postedFor?: string;
  /** The message before it, while that has still to be taken away. */
  readonly formerMessageId?: string;
}

export interface StandingMessages {
  /** `of`: the session, the meeting or the number of the room that it belongs to. */
  find(cohortId: string, kind: Board['kind'], of?: string): Promise<StandingMessage | undefined>;
  /** The one of the kind that was made last. */
  last(cohortId: string, kind: Board['kind']): Promise<StandingMessage | undefined>;
  put(standing: StandingMessage): Promise<void>;
  /** In the place of the one with that id, which is known no longer. */
  replace(id: string, standing: StandingMessage): Promise<void>;
}

export interface AnnouncementRecord {
  readonly id: string;
  readonly cohortId: string;
  readonly room: 'group' | 'staff';
  readonly announcement: Announcement;
  readonly madeAt: Date;
  readonly saidAt?: Date;
}

export interface Announcements {
  byId(id: string): Promise<AnnouncementRecord | undefined>;
  /** What the same room was to be told after this. */
  after(
    record: Pick<AnnouncementRecord, 'id' | 'cohortId' | 'room' | 'madeAt'>,
  ): Promise<readonly Announcement[]>;
  /** The latest of these kinds that was to be said in the cohort. */
  latest(cohortId: string, kinds: readonly Announcement['kind'][]): Promise<AnnouncementRecord | undefined>;
  /** Ids of the messages in which announcements of the cohort stand. */
  messages(cohortId: string): Promise<readonly string[]>;
  add(record: AnnouncementRecord): Promise<void>;
  said(id: string, at: Date, messageId: string): Promise<void>;
}

export interface FailureRecord {
  readonly id: string;
  /** Missing when the job concerned no server that is known: then only the log tells of it. */
  readonly guildId?: string;
  readonly cohortId?: string;
  readonly job: Job;
  readonly reference: string;
  readonly attempts: number;
  readonly failedAt: Date;
  readonly settled?: FailureSettled;
}

/** Who decided what about a failure, and when. */
export interface FailureSettled {
  readonly at: Date;
  readonly by: string;
  readonly outcome: FailureOutcome;
}

export interface Failures {
  /** Those of a server that nobody has settled: the newest so many. */
  open(guildId: string, most: number): Promise<readonly FailureRecord[]>;
  /** How many of a server, or of one cohort of it, nobody has settled. */
  countOpen(whose: { readonly guildId: string } | { readonly cohortId: string }): Promise<number>;
  /** By its id, or the newest by its reference, of this server alone. */
  find(guildId: string, idOrReference: string): Promise<FailureRecord | undefined>;
  /** The very same job that failed before and is still open stays one failure, told as it failed last. */
  put(failure: FailureRecord): Promise<void>;
  /** Guarded: only the first settles it. */
  settle(id: string, settled: FailureSettled): Promise<void>;
}

export interface ContactPreferences {
  /** Of those of the cohort who have chosen anything, by their id. */
  ofCohort(cohortId: string): Promise<ReadonlyMap<string, ContactPreference>>;
  ofPerson(cohortId: string, personId: string): Promise<ContactPreference | undefined>;
  put(cohortId: string, personId: string, preference: ContactPreference): Promise<void>;
}

export interface Notices {
  byId(id: string): Promise<NoticeRecord | undefined>;
  /** False when one bears the key already. */
  claim(record: NoticeRecord): Promise<boolean>;
  /** It is to be told by name in the room instead, because direct messages are closed. */
  fallBack(id: string): Promise<void>;
  /** What became of it, and of all that were told in it. Guarded: what is settled already stays as it is. */
  settle(id: string, outcome: Exclude<NoticeOutcome, { outcome: 'pending' }>): Promise<void>;
  /** Whether a later reminder of the same meeting at the same time was made for the same person or room, and not dropped. */
  isOvertaken(record: NoticeRecord): Promise<boolean>;
  /** The person's own, the latest first; at most `most`. */
  ofPerson(cohortId: string, personId: string, most: number): Promise<readonly NoticeRecord[]>;
  /** Those to people, counted. */
  counts(occurrenceIds: readonly string[]): Promise<readonly NoticeCount[]>;
  /** Ids of the messages in which notices of the cohort made since then stand. */
  messages(cohortId: string, since: Date): Promise<readonly string[]>;
  /** Ids of those that are to be told in the room of a pair, and wait until it is open. */
  waitingForPairs(cohortId: string): Promise<readonly string[]>;
  /** Numbers of the pairs in whose room something was told, or is to be told, since then, of a time that is ahead. */
  pairsTold(cohortId: string, since: Date, now: Date): Promise<readonly number[]>;
}

/** Groups that want Hearth in their call, of one server or of all: those that have a voice room. */
export interface Claims {
  /** With a session that is not over. */
  ofSessions(guildId?: string): Promise<readonly GroupClaim[]>;
  /** With a meeting that begins within (from, to] and was not opened; since when it begins. */
  ofMeetings(from: Date, to: Date, guildId?: string): Promise<readonly GroupClaim[]>;
}

/** What every process is told of as soon as the change is committed; whoever is not there then does not hear of it. */
export interface Signals {
  /** What Hearth is to do in the voice of the cohort's server may have changed. */
  voiceOf(cohortId: string): Promise<void>;
}

/** The keys that open what people own. */
export interface DataKeys {
  /** For good: nothing opens any more of what a person wrote, or what was written about them. */
  destroy(personId: string, at: Date): Promise<void>;
}

/** That something was erased: kept with it, and copied to a record outside of the database. */
export interface Erasures {
  note(erasing: Erasing): Promise<void>;
  /** Those of then and later, in the order in which they happened. */
  since(at: Date): Promise<readonly Erasure[]>;
  /** How many there are, sealed with that moment. */
  tally(at: Date): Promise<Tally>;
}

/** Whose data it is, in one server; in all of them, when none is named. */
export interface Whose {
  readonly personId: string;
  readonly guildId?: string;
}

/** What is kept of a person, and what becomes of it. */
export interface OwnData {
  /** How much there is of each class. */
  counts(whose: Whose): Promise<ReadonlyMap<DataClass, number>>;
  /** All of it; what opens for nobody any more is empty. */
  all(whose: Whose): Promise<readonly OwnRecord[]>;
  /** How much of the class was erased. */
  erase(whose: Whose, is: DataClass): Promise<number>;
  /** As they are seen from a server: what ties them there, and elsewhere what they took up themselves. */
  tiesOf(personId: string, guildId: string): Promise<Ties>;
  /** Ids of the servers in which somebody has done something as staff, helper or admin. */
  actedIn(personId: string): Promise<ReadonlySet<string>>;
  /** Ends whatever ties somebody who is erased. */
  endTies(personId: string, at: Date): Promise<EndedTies>;
  /** What stays of them is of nobody: their account leads to them no longer, and belongs to a new person from then on. */
  unname(personId: string): Promise<void>;
  /** How much of the class was kept long enough, in a server; so many days where a cohort has no others. */
  due(guildId: string, is: DataClass, days: number, now: Date): Promise<Due>;
  /** Takes away what is not held of it, in every server. */
  dispose(is: DataClass, days: number, now: Date): Promise<readonly Gone[]>;
}

/** For how long cohorts keep what, where that is other than usual. */
export interface Retentions {
  ofCohorts(cohortIds: readonly string[]): Promise<readonly CohortDays[]>;
  set(days: CohortDays): Promise<void>;
  forget(cohortId: string, is: DataClass): Promise<void>;
}

export interface LegalHolds {
  /** Those that are not lifted. */
  ofCohort(cohortId: string): Promise<readonly LegalHold[]>;
  /** Whether anything is held of what is kept of somebody. */
  holds(whose: Whose): Promise<boolean>;
  /** Refused when the same is held already. */
  place(hold: LegalHold): Promise<void>;
  lift(id: string, by: string, at: Date): Promise<void>;
}

/** Of whom, in which server, from when on, and how often at most. */
export interface DeniedBound {
  readonly personId: string;
  readonly guildId: string;
  readonly since: Date;
  readonly most: number;
}

export interface Audit {
  /**
   * Notes what no method of a store tells by itself: an export, a sign-in, a command that was refused. What methods do
   * is noted without anybody's doing.
   */
  note(deed: Deed): Promise<void>;
  /**
   * Notes that somebody asked for what is not theirs, unless that was noted of them in that server so often already, however
   * many ask at once; whether it did.
   */
  noteUpTo(deed: Deed, bound: DeniedBound): Promise<boolean>;
  /** The latest entries of a server that are asked for; at most `most`. */
  page(query: AuditQuery, most: number): Promise<readonly AuditRecord[]>;
}

/** Whose crisis lines people are shown, and what admins have put in the place of some. */
export interface CrisisLineRecords {
  /** The country that somebody has chosen for themselves; none, when missing. */
  chooseCountry(personId: string, country: string | undefined): Promise<void>;
  countryOf(personId: string): Promise<string | undefined>;
  ofServer(guildId: string): Promise<readonly OwnLines[]>;
  /** Countries that any member of an active cohort has chosen, or for which an admin has put lines, by server. */
  inUse(): Promise<ReadonlyMap<string, readonly string[]>>;
  put(guildId: string, lines: OwnLines, by: string): Promise<void>;
  remove(guildId: string, country: string): Promise<void>;
}

export interface OnCalls {
  /** Undefined while nobody is on call. */
  ofCohort(cohortId: string): Promise<OnCall | undefined>;
  /** Instead of whoever was. */
  put(onCall: OnCall): Promise<void>;
  remove(cohortId: string): Promise<void>;
  /** All that a process remembers for whoever asks for help. */
  memory(): Promise<HelpMemory>;
}

export interface Alerts {
  byId(id: string): Promise<Alert | undefined>;
  /** Those that are not closed, the oldest first. */
  unclosed(cohortId: string): Promise<readonly Alert[]>;
  /** All, the newest first; at most `most`. */
  ofCohort(cohortId: string, most: number): Promise<readonly Alert[]>;
  unclosedOf(cohortId: string, personId: string, kind: AlertKind): Promise<Alert | undefined>;
  add(alert: Alert): Promise<void>;
  /** Guarded by the version. */
  save(alert: Alert): Promise<void>;
  note(alertId: string, event: AlertEvent): Promise<void>;
  /** In the order in which they came to pass. */
  events(alertId: string): Promise<readonly AlertEvent[]>;
  /** False when the request was counted before, for whichever alert. */
  count(requestId: string, alertId: string): Promise<boolean>;
  wasCounted(requestId: string): Promise<boolean>;
}

/** Emergency accesses of admins. */
export interface EmergencyAccesses {
  isOpen(cohortId: string, account: string, now: Date): Promise<boolean>;
  /** The latest first; at most `most`. */
  ofCohort(cohortId: string, most: number): Promise<readonly EmergencyAccess[]>;
  add(access: EmergencyAccess): Promise<void>;
  /** False when none was open. */
  end(cohortId: string, personId: string, now: Date): Promise<boolean>;
}

/** What facilitators did to keep sessions safe. */
export interface Moderations {
  /** Of a cohort: what stands, and what is lifted and may still be in Discord; the oldest first. */
  unsettled(cohortId: string): Promise<readonly Moderation[]>;
  /** Ids of the cohorts of a server of which any is unsettled. */
  unsettledOf(guildId: string): Promise<readonly string[]>;
  ofSession(sessionId: string): Promise<readonly Moderation[]>;
  add(moderation: Moderation): Promise<void>;
  /** Guarded by the version. */
  save(moderation: Moderation): Promise<void>;
}

export interface Records {
  readonly people: People;
  readonly cohorts: Cohorts;
  readonly memberships: Memberships;
  readonly signatures: Signatures;
  readonly agreements: Agreements;
  readonly cycles: Cycles;
  readonly waitlists: Waitlists;
  readonly sessions: Sessions;
  readonly playbacks: Playbacks;
  readonly media: Media;
  readonly sharedLinks: SharedLinks;
  readonly individualSessions: IndividualSessions;
  readonly pairs: Pairs;
  readonly makeUps: MakeUps;
  readonly checkIns: CheckIns;
  readonly reflections: Reflections;
  readonly goals: Goals;
  readonly presences: Presences;
  readonly sights: Sights;
  readonly attendances: Attendances;
  readonly attestations: Attestations;
  readonly callEncryptions: CallEncryptions;
  readonly talkTimes: TalkTimes;
  readonly microphoneChecks: MicrophoneChecks;
  readonly microphoneTests: MicrophoneTests;
  readonly schedules: Schedules;
  readonly holidays: Holidays;
  readonly occurrences: Occurrences;
  readonly eventRefs: EventRefs;
  readonly rsvps: Rsvps;
  readonly toldPlaces: ToldPlaces;
  readonly tasks: Tasks;
  readonly calendarFeeds: CalendarFeeds;
  readonly roomRefs: RoomRefs;
  readonly standingMessages: StandingMessages;
  readonly repairs: Repairs;
  readonly roomLooks: RoomLooks;
  readonly announcements: Announcements;
  readonly failures: Failures;
  readonly contactPreferences: ContactPreferences;
  readonly notices: Notices;
  readonly claims: Claims;
  readonly answersStatements: AnswersStatements;
  readonly formLinks: FormLinks;
  readonly crisisLines: CrisisLineRecords;
  readonly onCalls: OnCalls;
  readonly alerts: Alerts;
  readonly emergencyAccesses: EmergencyAccesses;
  readonly moderations: Moderations;
  readonly staffSessions: StaffSessions;
  readonly secondFactors: SecondFactors;
  readonly signals: Signals;
  readonly dataKeys: DataKeys;
  readonly erasures: Erasures;
  readonly ownData: OwnData;
  readonly retentions: Retentions;
  readonly legalHolds: LegalHolds;
  readonly jobs: Jobs;
  readonly audit: Audit;
}

export interface Store {
  /** For looking only: no transaction. What somebody reads of others is noted before it is given. */
  readonly records: Records;
  /** All of it or nothing of it: a refusal, too, leaves nothing behind. What it does is noted with it. */
  change<Value>(work: (records: Records) => Promise<Outcome<Value>>): Promise<Outcome<Value>>;
  /** The same store in the hands of somebody: what is done with it is noted as theirs, and as Hearth's own otherwise. */
  by(actor: Actor): Store;
}
