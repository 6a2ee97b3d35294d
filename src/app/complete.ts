/** What an option may be completed with: only what the person who types may know of anyway. */
import { GROUP, INSIDE, mayAct, STAFF } from '../core/access.ts';
import type { Completed, Completion } from '../core/completion.ts';
import type { World } from '../ports/world.ts';
import { listTasks } from './list-tasks.ts';
import { locate, type Whereabouts } from './locate.ts';
import { showSchedule } from './show-schedule.ts';

type Listing = (world: World, where: Whereabouts) => Promise<readonly Completion[]>;

const cohorts: Listing = async ({ store }, { guildId, account, admin }) => {
  const { cohorts: kept } = store.records;
  if (admin) return (await kept.ofGuild(guildId)).map(({ name }) => ({ kind: 'cohort', name }));
  const own = [...(await kept.ofAccount(guildId, account)), ...(await kept.ofHelper(guildId, account))];
  return [...new Set(own.map(({ name }) => name))].map((name) => ({ kind: 'cohort', name }));
};

const topics: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort || !mayAct(INSIDE, place.value.standings).ok) return [];
  const { groupType } = place.value.cohort;
  return world.catalogue
    .topics()
    .filter((topic) => topic.groupType === groupType)
    .map(({ id, title }) => ({ kind: 'topic', id, title }));
};

const goals: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort) return [];
  const { cohort, person } = place.value;
  const own = await world.store.records.goals.ofPerson(cohort.id, person.id);
  // What is offered while somebody types passes through Discord.
  const inWords = where.private || cohort.settings.privateAnswers === 'discord';
  return own.map(({ number, text }) => ({ kind: 'goal', number, ...(inWords && { text }) }));
};

const meetings: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort || !mayAct(INSIDE, place.value.standings).ok) return [];
  const { cohort, person } = place.value;
  const ahead = await world.store.records.occurrences.ahead(cohort.id, world.clock.now());
  return ahead
    .filter(({ individual }) => !individual || individual.person.id === person.id)
    .map(({ id, startsAt, zone }) => ({
      kind: 'meeting',
      id,
      wall: world.zones.wall(startsAt, zone),
      zone,
    }));
};

const skippedMeetings: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort || !mayAct(INSIDE, place.value.standings).ok) return [];
  const shown = await showSchedule(world, place.value.cohort);
  if (!shown.ok) return [];
  const { skipped, cohort } = shown.value;
  return skipped.map(({ id, startsAt }) => ({
    kind: 'skipped-meeting',
    id,
    wall: world.zones.wall(startsAt, cohort.zone),
    zone: cohort.zone,
  }));
};

const tasks: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort) return [];
  const { cohort, person: asker, standings } = place.value;
  const open = await listTasks(world, { cohort, asker, standings });
  return open.map(({ number, kind }) => ({ kind: 'task', number, about: kind }));
};

const exercises: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort || !mayAct(GROUP, place.value.standings).ok) return [];
  return world.catalogue.exercises().map(({ id, title }) => ({ kind: 'exercise', id, title }));
};

const breathing: Listing = async (world, where) => {
  const found = await exercises(world, where);
  const isBreathing = (id: string): boolean => world.catalogue.exercise(id)?.kind === 'breathing';
  return found.flatMap((each) =>
    each.kind === 'exercise' && isBreathing(each.id) ? [{ ...each, kind: 'breathing' as const }] : [],
  );
};

const media: Listing = async (world, where) => {
  const place = await locate(world, 'cohort', where);
  if (!place.ok || !place.value.cohort || !mayAct([...STAFF, 'admin'], place.value.standings).ok) return [];
  const kept = await world.store.records.media.ofCohort(place.value.cohort.id);
  return kept.map(({ number, title }) => ({ kind: 'media', number, title }));
};

const LISTINGS: Readonly<Record<Completed, Listing>> = {
  cohort: cohorts,
  topic: topics,
  goal: goals,
  meeting: meetings,
  'skipped-meeting': skippedMeetings,
  task: tasks,
  exercise: exercises,
  breathing,
  media,
};

const isCompleted = (list: string): list is Completed => Object.hasOwn(LISTINGS, list);

/** Everything on a list that an option names; what was typed narrows it once it is in words. Throws on an unknown list. */
export const complete = (world: World, list: string, where: Whereabouts): Promise<readonly Completion[]> => {
  if (!isCompleted(list)) throw new RangeError(`no list is called ${list}`);
  return LISTINGS[list](world, where);
};
