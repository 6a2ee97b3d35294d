/** Opens the next session of a cohort, and with its first one closes the roster. */
import type { Cohort } from '../core/cohort.ts';
import { betweenCycles } from '../core/cycle.ts';
import { changeOccurrence, GIVEN_UP_AFTER, meetingFor } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { openSession as open, type Running } from '../core/session.ts';
import { after } from '../core/time.ts';
import { nextTopic, type Topic } from '../core/topic.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { keepAgreement } from './agreement-now.ts';
import { beginWatching } from './begin-watching.ts';
import { encryptionGate } from './encryption-gate.ts';
import { tellChange } from './tell-change.ts';
import { tellTalkTime } from './tell-talk-time.ts';
import { writePresence } from './write-presence.ts';

export interface OpeningDemand {
  readonly cohortId: string;
  /** Id of a topic of the programme; without it the next one that suits is taken. */
  readonly topicId?: string | undefined;
  /** Account of the member of staff who opens it. */
  readonly by: string;
}

export interface Opened {
  readonly session: Running;
  readonly topic: Topic;
}

const topicFor = async (
  { catalogue }: World,
  { sessions }: Records,
  { id, groupType }: Cohort,
  { topicId, number }: { readonly topicId: string | undefined; readonly number: number },
): Promise<Outcome<Topic>> => {
  const chosen = topicId === undefined ? undefined : catalogue.topic(topicId);
  const used = await sessions.topicsUsed(id);
  const topic = topicId === undefined ? nextTopic(catalogue.topics(), { groupType, used, number }) : chosen;
  return topic?.groupType === groupType ? allow(topic) : refuse({ code: 'no-such-topic' });
};

/** Everything that begins with a session: the closed roster, and the presence of whoever is there already. */
const begin = async (world: World, records: Records, cohort: Cohort, session: Running): Promise<void> => {
  const now = session.startedAt;
  // Saved at every opening: its version keeps the group from being archived at this very moment.
  await records.cohorts.save({ ...cohort, begunAt: cohort.begunAt ?? now });
  await writePresence(world, records, { cohort, sessionId: session.id, lastObserved: now, now });
};

/** The planned meeting for which this session is held, when there is one about this time. */
const holdMeeting = async ({ occurrences }: Records, session: Running): Promise<void> => {
  const now = session.startedAt;
  const ahead = await occurrences.ahead(session.cohortId, after(now, -GIVEN_UP_AFTER));
  const meeting = meetingFor(
    ahead.filter(({ individual }) => !individual),
    now,
  );
  if (!meeting) return;
  const held = changeOccurrence(meeting, { kind: 'hold', sessionId: session.id }, now);
  if (held.ok) await occurrences.save(held.value);
};

const openNow = (world: World, demand: OpeningDemand): Promise<Outcome<Opened>> =>
  world.store.change<Opened>(async (records) => {
    const cohort = await activeCohort(records, demand.cohortId);
    if (!cohort.ok) return cohort;
    const { id: cohortId, groupType, sessionMinutes } = cohort.value;
    const between = betweenCycles(await records.cycles.ofCohort(cohortId));
    if (between) return refuse({ code: 'cycle-is-over' });
    const number = (await records.sessions.count(cohortId)) + 1;
    const topic = await topicFor(world, records, cohort.value, { topicId: demand.topicId, number });
    if (!topic.ok) return topic;
    const now = world.clock.now();
    const agenda = world.catalogue.agenda(groupType, sessionMinutes);
    const opening = { id: world.ids.next(), cohortId, number, agenda, topicId: topic.value.id };
    const change = open(opening, now);
    await beginWatching(records, cohort.value.guildId, now);
    const added = await records.sessions.add(change.next, { events: change.events, by: demand.by, at: now });
    if (!added.ok) return added;
    await keepAgreement(world, records, cohortId);
    await begin(world, records, cohort.value, change.next);
    await holdMeeting(records, change.next);
    await tellChange(world, records, change, now);
    await tellTalkTime(world, records, cohort.value, now);
    return allow({ session: change.next, topic: topic.value });
  });

/** Whether its call lets it be opened; whatever else is in the way is found by the change itself. */
const gate = async (world: World, cohortId: string): Promise<Outcome<null>> => {
  const { cohorts, sessions } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  return cohort && !(await sessions.unfinished(cohortId)) ? encryptionGate(world, cohort) : allow(null);
};

/**
 * Opens it now; refused with `session-in-progress` while another is unfinished, and where the group asks for it, while its
 * call is not known to be encrypted with everybody in it.
 */
export const openSession = async (world: World, demand: OpeningDemand): Promise<Outcome<Opened>> => {
  const open = await gate(world, demand.cohortId);
  return open.ok ? openNow(world, demand) : open;
};
