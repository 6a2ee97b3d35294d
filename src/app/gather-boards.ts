/** Gathers, from what is kept and from who is there, everything that a cohort's boards show. */
import type {
  Board,
  ClosedSessionCard,
  NextMeeting,
  OpenSessionCard,
  SessionFacts,
  StaffPanel,
  StaffView,
} from '../core/board.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import type { CallEncryption } from '../core/encryption.ts';
import { holdsOf } from '../core/moderation.ts';
import { GIVEN_UP_AFTER } from '../core/occurrence.ts';
import { type Ended, GRACE, type Paused, phaseOf, type Running } from '../core/session.ts';
import { heardInCall, type Spoken, sharesOf } from '../core/talk-time.ts';
import { after, DAY } from '../core/time.ts';
import { notYetHeard, speaker, waiting } from '../core/turns.ts';
import { withoutWords } from '../core/without-words.ts';
import type { World } from '../ports/world.ts';
import { agreementNow } from './agreement-now.ts';
import { checkCards } from './check-cards.ts';
import { countsTalkNow } from './counts-talk-now.ts';
import { individualCards } from './individual-cards.ts';
import { type Signing, signedMembers } from './signed-members.ts';
import { asksPlace, gatherPlaces } from './tell-place.ts';
import { playbackNow, togetherCards } from './together-cards.ts';
import {
  accountsOf,
  arrivals,
  type Gathered,
  gathered,
  intentionsFor,
  takeAways,
  who,
} from './told-in-session.ts';
import { accountsPresent } from './write-presence.ts';

const factsOf = ({ catalogue }: World, session: Running | Paused, signed: Roster): SessionFacts => {
  const topic = catalogue.topic(session.topicId);
  const speaking = speaker(session.turns);
  const [speakerAccount] = speaking ? accountsOf(signed, [speaking.personId]) : [];
  return {
    sessionId: session.id,
    number: session.number,
    state: session.state,
    step: session.step,
    steps: session.agenda.length,
    phase: phaseOf(session),
    ...(session.state === 'running' && { plannedEndAt: session.plannedEndAt }),
    ...(topic && {
      material: { title: topic.title, aim: topic.aim, prompts: topic.prompts, exercise: topic.exercise },
    }),
    ...(speakerAccount !== undefined && { speaker: speakerAccount }),
    waiting: who(signed, waiting(session.turns)),
  };
};

/** What is known of the group's call while its session is open. */
interface Call {
  readonly encryption?: CallEncryption;
  /** Missing where it is not counted how long each speaks. */
  readonly talk?: readonly Spoken[];
}

const callOf = async (world: World, cohort: Cohort, sessionId: string): Promise<Call> => {
  if (!cohort.settings.joinsCalls) return {};
  const { records } = world.store;
  const { callEncryptions, talkTimes } = records;
  return {
    encryption: await callEncryptions.ofCohort(cohort.id),
    ...((await countsTalkNow(world, records, cohort)) && { talk: await talkTimes.ofSession(sessionId) }),
  };
};

const openCard = (facts: SessionFacts, told: Gathered, { encryption, talk }: Call): OpenSessionCard => ({
  ...facts,
  ...(encryption && { encryption }),
  ...(talk && { countsTalk: true }),
  kind: 'session-card',
  checkedIn: who(told.signed, told.checkIns),
  arrivals: arrivals(told, 'group'),
  reflected: who(told.signed, told.reflections),
  takeAways: takeAways(told, 'group'),
});

/** In the order of the roster: it is no ranking. */
const sharesAmong = (signed: Roster, talk: readonly Spoken[]): NonNullable<StaffView['talk']> => {
  const own = signed.flatMap(({ person }) => talk.find(({ personId }) => personId === person.id) ?? []);
  return sharesOf(own).flatMap(({ personId, percent }) =>
    accountsOf(signed, [personId]).map((account) => ({ account, percent })),
  );
};

const staffView = (
  facts: SessionFacts,
  told: Gathered,
  session: Running | Paused,
  { present, encryption, talk }: Call & { readonly present: readonly string[] },
): StaffView => {
  const here = told.signed.filter(({ person }) => present.includes(person.account));
  const speaking = speaker(session.turns);
  const unheard = notYetHeard(
    session.turns,
    here.map(({ person }) => person.id),
    heardInCall(talk ?? []),
  );
  return {
    ...facts,
    ...(encryption && { encryption }),
    ...(talk && { talk: sharesAmong(told.signed, talk) }),
    here: here.map(({ person }) => person.account),
    notYetHeard: accountsOf(told.signed, unheard),
    ...(speaking && { speakingTurn: speaking.id }),
    checkIns: told.checkIns.flatMap((checkIn) =>
      who(told.signed, [checkIn]).map((account) => ({
        account,
        ...(checkIn.share !== 'pass' && { arrival: checkIn.arrival }),
      })),
    ),
    takeAways: takeAways(told, 'staff'),
  };
};

const closedCard = (session: Ended, told: Gathered): ClosedSessionCard => ({
  kind: 'session-card',
  sessionId: session.id,
  number: session.number,
  state: 'ended',
  endedAt: session.endedAt,
  answersUntil: after(session.endedAt, GRACE),
  takeAways: takeAways(told, 'group'),
});

/** The meeting of the group that is near, from the day before on. */
const nextMeeting = async (
  { store, clock }: World,
  cohort: Cohort,
  { signed, unsigned }: Signing,
  last: Last | undefined,
): Promise<{ readonly next?: NextMeeting }> => {
  const now = clock.now();
  const ahead = await store.records.occurrences.ahead(cohort.id, after(now, -GIVEN_UP_AFTER));
  const meeting = ahead.find(({ individual }) => !individual);
  if (!meeting || meeting.startsAt > after(now, DAY) || cohort.state !== 'active') return {};
  const answers = await store.records.rsvps.ofOccurrence(meeting.id);
  const absent = answers.filter(({ answer }) => answer === 'not-coming');
  return {
    next: {
      startsAt: meeting.startsAt,
      notComing: accountsOf(
        [...signed, ...unsigned],
        absent.map(({ person }) => person.id),
      ),
      openTasks: (await store.records.tasks.open(cohort.id)).length,
      intentions: last ? intentionsFor(last.told) : [],
    },
  };
};

/** Those that either facilitator may open: what is about one of them stands nowhere where they read. */
const alertsOf = async ({ store }: World, cohort: Cohort): Promise<Pick<StaffPanel, 'alerts'>> => {
  const unclosed = await store.records.alerts.unclosed(cohort.id);
  const alerts = unclosed
    .filter(({ readers }) => readers === 'staff')
    .map(({ id, kind, openedAt, times, acknowledged }) => ({
      ...{ id, kind, openedAt, times, ...(acknowledged && { acknowledged }) },
    }));
  return alerts.length > 0 ? { alerts } : {};
};

const placesOf = async (
  world: World,
  cohort: Cohort,
  signed: Roster,
): Promise<Pick<StaffPanel, 'places'>> => {
  const places = await gatherPlaces(world, cohort, signed);
  return places ? { places } : {};
};

const panel = async (
  world: World,
  cohort: Cohort,
  { signed, unsigned, awaited }: Signing,
  shown: Pick<StaffPanel, 'session' | 'last' | 'next'>,
): Promise<StaffPanel> => ({
  kind: 'staff-panel',
  ...(await alertsOf(world, cohort)),
  cohortName: cohort.name,
  cohortState: cohort.state,
  unsigned: unsigned.map(({ person }) => person.account),
  ...(awaited.length > 0 && { awaited: awaited.map(({ person }) => person.account) }),
  enrolled: signed.length + unsigned.length + awaited.length,
  ...(await placesOf(world, cohort, signed)),
  ...shown,
});

/** The session that ended last, with what its people told. */
interface Last {
  readonly session: Ended;
  readonly told: Gathered;
  readonly attested: boolean;
}

const lastOf = async (world: World, session: Ended, signed: Roster): Promise<Last> => ({
  session,
  told: await gathered(world, session.id, signed),
  attested: (await world.store.records.attestations.ofSessions([session.id])).length > 0,
});

const lastView = ({
  session: { number, endedAt },
  told,
  attested,
}: Last): NonNullable<StaffPanel['last']> => ({
  number,
  endedAt,
  attested,
  takeAways: takeAways(told, 'staff'),
});

const sessionBoards = async (
  world: World,
  cohort: Cohort,
  signing: Signing,
  last: Last | undefined,
): Promise<readonly Board[]> => {
  const { records } = world.store;
  const session = await records.sessions.unfinished(cohort.id);
  if (!session) {
    const next = await nextMeeting(world, cohort, signing, last);
    return [await panel(world, cohort, signing, { ...(last && { last: lastView(last) }), ...next })];
  }
  const told = await gathered(world, session.id, signing.signed);
  const facts = factsOf(world, session, signing.signed);
  const present = (await accountsPresent(world, records, cohort)) ?? [];
  const call = await callOf(world, cohort, session.id);
  const plays = await playbackNow(world, session.id);
  const unsettled = await records.moderations.unsettled(cohort.id);
  const held = unsettled.length > 0 ? holdsOf(unsettled) : undefined;
  const forAll = {
    ...(held?.isChatHeld && { isChatHeld: true as const }),
    ...(held?.insideOnly && { isLocked: true as const }),
  };
  return [
    { ...openCard(facts, told, call), ...asksPlace(cohort), ...forAll },
    await panel(world, cohort, signing, {
      session: {
        ...staffView(facts, told, session, { ...call, present }),
        ...plays,
        ...(held && { holds: held }),
      },
    }),
    ...(await togetherCards(world, cohort, session)),
  ];
};

const allBoards = async (world: World, cohort: Cohort): Promise<readonly Board[]> => {
  const { records } = world.store;
  const signing = await signedMembers(world, records, cohort);
  const joining = [...signing.awaited, ...signing.unsigned].filter(({ awaitsConsent }) => awaitsConsent);
  const { toSign } = await agreementNow(world, records, cohort.id);
  const ended = await records.sessions.lastEnded(cohort.id);
  const last = ended && (await lastOf(world, ended, signing.signed));
  return [
    ...(await sessionBoards(world, cohort, signing, last)),
    { kind: 'agreement', agreement: toSign, joining: joining.length },
    ...(last ? [closedCard(last.session, last.told)] : []),
    ...(last ? await togetherCards(world, cohort, last.session) : []),
    ...(await individualCards(world, cohort.id)),
    ...(await checkCards(world, cohort)),
  ];
};

/** Every board of the cohort as it ought to be now; of ended sessions that of the last. */
export const gatherBoards = async (world: World, cohort: Cohort): Promise<readonly Board[]> => {
  const boards = await allBoards(world, cohort);
  return cohort.settings.privateAnswers === 'link' ? boards.map(withoutWords) : boards;
};
