/** Makes the document of the story from what Hearth has kept and what Discord was asked. */
import { currentStatus } from '../src/core/attendance.ts';
import type { Cohort } from '../src/core/cohort.ts';
import type { Session } from '../src/core/session.ts';
import type { Recorded } from '../src/ports/store.ts';
import { EVERYBODY } from './cast.ts';
import type { StoryDocument } from './document.ts';
import type { Stage } from './stage.ts';

/** People by what Hearth calls them: their account, or the id that it gave them. */
interface Names {
  ofAccount(account: string): string;
  ofPerson(id: string): string;
}

const namesIn = async ({ records, who }: Stage, cohort: Cohort): Promise<Names> => {
  const accounts = new Map(EVERYBODY.map((name) => [who(name).id, name]));
  const roster = await records.memberships.roster(cohort.id);
  const people = new Map(roster.map(({ person }) => [person.id, person.account]));
  const ofAccount = (account: string): string => accounts.get(account) ?? 'somebody else';
  return { ofAccount, ofPerson: (id) => ofAccount(people.get(id) ?? '') };
};

/** Pairs each phase that was entered with the moment at which it was left. */
const phasesOf = (events: readonly Recorded[]): StoryDocument['phases'] =>
  events.flatMap(({ event, at }, index) => {
    if (event.kind !== 'phase-entered') return [];
    const left = events.slice(index).find(({ event: later }) => later.kind === 'phase-left');
    if (left?.event.kind !== 'phase-left') return [];
    return [
      { phase: event.phase, entered: at.toISOString(), left: left.at.toISOString(), how: left.event.how },
    ];
  });

const signaturesOf = async (
  { records }: Stage,
  cohort: Cohort,
  names: Names,
): Promise<StoryDocument['signatures']> => {
  const roster = await records.memberships.roster(cohort.id);
  return (await records.signatures.ofCohort(cohort.id)).map(
    ({ membershipId, version, sha256, signedAt }) => ({
      person: names.ofAccount(roster.find(({ id }) => id === membershipId)?.person.account ?? ''),
      version,
      sha256,
      signedAt: signedAt.toISOString(),
    }),
  );
};

const checkInsOf = async (
  { records }: Stage,
  session: Session,
  names: Names,
): Promise<StoryDocument['checkIns']> =>
  (await records.checkIns.ofSession(session.id)).map((checkIn) => {
    const told = checkIn.share === 'pass' ? undefined : checkIn.arrival;
    return {
      person: names.ofPerson(checkIn.personId),
      share: checkIn.share,
      mood: told?.mood ?? null,
      energy: told?.energy ?? null,
      words: [...(told?.words ?? [])],
      goalStatus: told?.goalStatus ?? null,
    };
  });

const turnsOf = (session: Session, names: Names): StoryDocument['turns'] =>
  session.turns.flatMap(({ personId, state }) =>
    state === 'waiting' || state === 'speaking' ? [] : [{ person: names.ofPerson(personId), state }],
  );

const attendanceOf = async (
  { records }: Stage,
  session: Session,
  names: Names,
): Promise<StoryDocument['attendance']> =>
  (await records.attendances.ofSession(session.id)).map((attendance) => ({
    person: names.ofAccount(attendance.person.account),
    status: currentStatus(attendance),
    minutes: attendance.minutes,
  }));

const goalsOf = async ({ records }: Stage, cohort: Cohort, names: Names): Promise<StoryDocument['goals']> => {
  const roster = await records.memberships.roster(cohort.id);
  const goals = await Promise.all(roster.map(({ person }) => records.goals.ofPerson(cohort.id, person.id)));
  return goals.flat().map(({ person, number, updates, reviewOn, readers }) => ({
    person: names.ofAccount(person.account),
    number,
    level: updates.at(-1)?.level ?? null,
    reviewOn,
    readers,
  }));
};

/** The document of a story that has been played to its end. */
export const reportOn = async (
  stage: Stage,
  cohort: Cohort,
  session: Session,
  told: Pick<StoryDocument, 'outsider' | 'microphoneChecks' | 'sounds'>,
): Promise<StoryDocument> => {
  const { records, sandbox } = stage;
  const names = await namesIn(stage, cohort);
  return {
    cohort: {
      name: cohort.name,
      groupType: cohort.groupType,
      capacity: cohort.capacity,
      enrolled: (await records.memberships.roster(cohort.id)).length,
      rooms: (await records.roomRefs.ofCohort(cohort.id)).map(({ kind }) => kind),
    },
    signatures: await signaturesOf(stage, cohort, names),
    phases: phasesOf(await records.sessions.events(session.id)),
    checkIns: await checkInsOf(stage, session, names),
    turns: turnsOf(session, names),
    attendance: await attendanceOf(stage, session, names),
    goals: await goalsOf(stage, cohort, names),
    ...told,
    restCalls: sandbox.transcript.countByRoute(sandbox.bot.id),
  };
};
