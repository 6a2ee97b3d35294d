/** Finds which cohort somebody means, and who they are to it. */
import { type Known, type Standing, type Standings, standingsIn } from '../core/access.ts';
import { isInside } from '../core/agreement.ts';
import type { Cohort, Membership, Roster } from '../core/cohort.ts';
import { isId } from '../core/id.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

export interface Whereabouts extends Known {
  /** In a direct message: no server, no room. */
  readonly direct?: true;
  /** Asked on a page of Hearth's own. */
  readonly private?: true;
  readonly guildId: string;
  readonly channelId: string;
  readonly given: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly person: Person;
  readonly standings: Standings;
  readonly cohort?: Cohort;
}

/**
 * Whoever has an open task keeps it in sight, also when the person it concerns has left or has another therapist now.
 * Staff see theirs anyway, and whoever takes part in the group has none: of both nothing more is asked.
 */
const isTherapist = async (
  { store }: World,
  { account }: Known,
  cohort: Cohort,
  roster: Roster,
): Promise<boolean> => {
  if (roster.some(({ therapist }) => therapist?.account === account)) return true;
  const others = [cohort.lead, cohort.coFacilitator, ...roster.map(({ person }) => person)];
  if (others.some((each) => each.account === account)) return false;
  const open = await store.records.tasks.open(cohort.id);
  return open.some(({ assignee }) => assignee.account === account);
};

/** An admin whose emergency access is open: nobody else has one. */
const withEmergency = async (
  { store, clock }: World,
  { account }: Known,
  { id }: Cohort,
  standings: Standings,
): Promise<Standings> => {
  if (!standings.has('admin')) return standings;
  const isOpen = await store.records.emergencyAccesses.isOpen(id, account, clock.now());
  return isOpen ? new Set([...standings, 'break-glass']) : standings;
};

/** Whether a member is inside, from what has been signed and what must be, as it is now. */
const isInsideNow = async (world: World, membership: Membership, cohort: Cohort): Promise<boolean> => {
  const { records } = world.store;
  const [given, required] = await Promise.all([
    records.signatures.ofCohort(cohort.id),
    requiredNow(world, records, cohort),
  ]);
  return isInside(membership, given, required);
};

/** The standings of somebody in a cohort as they are now; what has been signed is asked for those alone who sign. */
const standingsOf = async (world: World, person: Known, cohort: Cohort): Promise<Standings> => {
  const roster = await world.store.records.memberships.roster(cohort.id);
  const membership = roster.find((member) => member.person.account === person.account);
  const [treats, inside] = await Promise.all([
    isTherapist(world, person, cohort, roster),
    membership && isInsideNow(world, membership, cohort),
  ]);
  const enrolment = inside === undefined ? 'absent' : inside ? 'signed' : 'enrolled';
  return withEmergency(world, person, cohort, standingsIn(person, cohort, enrolment, treats));
};

/** The group of that name in a server, or of that id anywhere. */
export const cohortNamed = async (
  world: World,
  guildId: string,
  name: string,
): Promise<Cohort | undefined> => {
  const { cohorts } = world.store.records;
  const wanted = name.trim().toLowerCase();
  const found = (await cohorts.ofGuild(guildId)).find((cohort) => cohort.name.toLowerCase() === wanted);
  // Buttons carry the id, by which a group is found after its end, too: a second tap is answered truly.
  return found ?? (isId(name) ? cohorts.byId(name) : undefined);
};

const meant = async (world: World, where: Whereabouts): Promise<Outcome<Cohort>> => {
  const { cohorts } = world.store.records;
  const name = where.given['cohort'];
  const found =
    typeof name === 'string'
      ? await cohortNamed(world, where.guildId, name)
      : await cohorts.byChannel(where.channelId);
  if (found && found.guildId === where.guildId) return allow(found);
  if (typeof name === 'string') return refuse({ code: 'no-group-here' });
  const own = await cohorts.ofAccount(where.guildId, where.account);
  const [only, another] = own.length > 0 ? own : await cohorts.ofHelper(where.guildId, where.account);
  if (!only) return refuse({ code: 'no-group-here' });
  return another ? refuse({ code: 'which-group' }) : allow(only);
};

/** In a direct message only the id that a button carries tells which group is meant: a name says nothing there. */
const carriedGroup = async ({ store }: World, { given }: Whereabouts): Promise<Outcome<Cohort>> => {
  const id = given['cohort'];
  const found = typeof id === 'string' && isId(id) ? await store.records.cohorts.byId(id) : undefined;
  return found ? allow(found) : refuse({ code: 'no-group-here' });
};

/** Whether what people tell and read in a group is for pages of Hearth's own. */
export const answersOnPages = (cohort: Cohort | undefined): cohort is Cohort =>
  cohort?.settings.privateAnswers === 'link';

/** They say nothing of which group was meant, and so nothing else of the answer may, either. */
const OF_NO_GROUP: ReadonlySet<Refusal['code']> = new Set([
  'no-group-here',
  'which-group',
  'asked-too-often',
]);

/** Whether the group that was meant answers on pages; where none is told of, whether any of the server does. */
export const mayBeOnPages = async (world: World, where: Whereabouts, refusal?: Refusal): Promise<boolean> => {
  const found = where.direct ? await carriedGroup(world, where) : await meant(world, where);
  if (found.ok && !(refusal && OF_NO_GROUP.has(refusal.code))) return answersOnPages(found.value);
  if (where.direct) return true;
  const groups = await world.store.records.cohorts.ofGuild(where.guildId);
  return groups.some(answersOnPages);
};

/** Nobody is an admin in a direct message: there is no server there of which Discord could say so. */
const knownIn = ({ account, admin, direct }: Whereabouts): Known => ({ account, admin: admin && !direct });

/** Whoever looks after a group, too, proves on pages that it is them, also for what is their own: it tells of others. */
const tending = (groups: readonly Cohort[], account: string): readonly Standing[] =>
  groups
    .flatMap((group) => [...standingsIn({ account, admin: false }, group, 'absent')])
    .filter((standing) => standing !== 'outsider');

/** Who asks for what is theirs; of the groups that they are or were in, one that answers on pages comes first. */
const themselves = async ({ store }: World, { guildId, account }: Whereabouts): Promise<Place> => {
  const { people, cohorts } = store.records;
  const [person, groups] = await Promise.all([people.known(account), cohorts.everOf(guildId, account)]);
  const cohort = groups.find(answersOnPages) ?? groups[0];
  if (!cohort) return { person, standings: new Set(['outsider']) };
  return { person, cohort, standings: new Set(['participant', ...tending(groups, account)]) };
};

/** Whom and what a request is about. Somebody outside learns nothing: a group that is not theirs is no group. */
export const locate = async (
  world: World,
  about: 'cohort' | 'server' | 'person',
  where: Whereabouts,
): Promise<Outcome<Place>> => {
  if (about === 'person') return allow(await themselves(world, where));
  const { people } = world.store.records;
  if (about === 'server') {
    const standings = new Set<Standing>(where.admin ? ['admin'] : []);
    return allow({ person: await people.known(where.account), standings });
  }
  const finding = where.direct ? carriedGroup(world, where) : meant(world, where);
  const [person, cohort] = await Promise.all([people.known(where.account), finding]);
  if (!cohort.ok) return cohort;
  const standings = await standingsOf(world, knownIn(where), cohort.value);
  return allow({ person, cohort: cohort.value, standings });
};
