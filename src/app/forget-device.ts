/** Has somebody begin anew whose device is lost: signed out everywhere, without a second factor, and told, since that is how an account is taken over. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

export interface LostDevice {
  readonly cohort: Cohort;
  /** The admin. */
  readonly by: Person;
  /** Of whoever lost it. */
  readonly account: string;
}

/**
 * Whose device may be forgotten in a server: theirs who look after groups there, or manage it, and do so nowhere else. A
 * server is quickly made, in which somebody is named who looks after the groups of another: so elsewhere counts only where
 * they have done something as staff. A server that only names them has nothing forgotten, and hinders nobody who has.
 */
const worksHereAlone = async (
  { members }: World,
  { cohorts, ownData }: Records,
  guildId: string,
  { id, account }: Person,
): Promise<boolean> => {
  const named = new Set((await cohorts.lookedAfterBy(account)).map((each) => each.guildId));
  const mayWork = async (server: string) => named.has(server) || (await members.manages(server, account));
  if (!(await mayWork(guildId))) return false;
  const acted = await ownData.actedIn(id);
  for (const server of acted) if (server !== guildId && (await mayWork(server))) return false;
  // Whoever has done nothing yet may be meant by all who name them: nobody can tell whose staff they are.
  return acted.has(guildId) || [...named].every((server) => server === guildId);
};

/** Whoever has the account of an admin would else need no device of theirs. */
const mayForget = async (
  world: World,
  records: Records,
  { cohort: { guildId }, by }: LostDevice,
  person: Person,
): Promise<Outcome<null>> => {
  if (by.id === person.id) return refuse({ code: 'own-device' });
  return (await worksHereAlone(world, records, guildId, person))
    ? allow(null)
    : refuse({ code: 'device-not-here' });
};

/** Who has it forgotten, and the servers whose staff is told. */
interface Forgetting {
  /** The admin; whoever runs Hearth, when missing. */
  readonly by?: Person;
  readonly servers: readonly string[];
}

/** Groups of the servers that they look after; all of those where they look after none, for then it is an admin's device. */
const groupsIn = async (
  { cohorts }: Records,
  { account }: Person,
  servers: readonly string[],
): Promise<readonly Cohort[]> => {
  const theirs = (await cohorts.lookedAfterBy(account)).filter(({ guildId }) => servers.includes(guildId));
  if (theirs.length > 0) return theirs;
  return (await Promise.all(servers.map((guildId) => cohorts.ofGuild(guildId)))).flat();
};

/** To themselves, whatever they chose, and to the staff of the groups, by name: whoever has their account reads what they are sent. */
const tell = async (
  world: Pick<World, 'clock' | 'ids'>,
  records: Records,
  person: Person,
  { by, servers }: Forgetting,
  id: string,
): Promise<void> => {
  const said = by ? { by: by.account } : {};
  const key = `device-forgotten:${id}`;
  const groups = await groupsIn(records, person, servers);
  for (const [index, { id: cohortId }] of groups.entries()) {
    const notice = { kind: 'device-forgotten', ...said } as const;
    if (index === 0) await notify(world, records, { cohortId, key, person, notice, alone: true });
    const announcement = { ...notice, account: person.account };
    await notify(world, records, { cohortId, key: `${key}:${cohortId}`, room: 'staff', announcement });
  }
};

/** For good: no backup brings the device back. One that had not proved itself was nobody's, and nobody is told of it. */
const forgetIn = async (
  world: Pick<World, 'clock' | 'ids'>,
  records: Records,
  person: Person,
  forgetting: Forgetting,
): Promise<void> => {
  const { people, staffSessions, secondFactors, erasures } = records;
  // Whoever proves the device at this moment has proved it before, or finds it forgotten.
  await people.hold([person.id]);
  const [at, id, personId] = [world.clock.now(), world.ids.next(), person.id];
  const before = await secondFactors.ofPerson(personId);
  await staffSessions.end(personId, at);
  await secondFactors.forget(personId);
  await erasures.note({ id, at, personId, classes: ['device'] });
  if (before?.confirmedAt) await tell(world, records, person, forgetting, id);
};

/** Signs somebody out everywhere, and has them begin anew with another device. Refused with `own-device`, `device-not-here`. */
export const forgetDevice = (world: World, lost: LostDevice): Promise<Outcome<null>> =>
  world.store.change<null>(async (records) => {
    const person = await records.people.known(lost.account);
    const may = await mayForget(world, records, lost, person);
    if (!may.ok) return may;
    await forgetIn(world, records, person, { by: lost.by, servers: [lost.cohort.guildId] });
    return allow(null);
  });

/**
 * Servers whose staff they are: where they have done something as such, and are still named. Where there is none, an admin is
 * named nowhere, and somebody new has done nothing yet: then both.
 */
const serversOf = async (
  { cohorts, ownData }: Records,
  { id, account }: Person,
): Promise<readonly string[]> => {
  const acted = await ownData.actedIn(id);
  const named = new Set((await cohorts.lookedAfterBy(account)).map(({ guildId }) => guildId));
  const both = [...acted].filter((guildId) => named.has(guildId));
  return both.length > 0 ? both : [...new Set([...acted, ...named])];
};

/**
 * The same by whoever runs Hearth, when no admin can: the ids of the servers whose staff the person is, where it is noted and
 * told, too. Refused with `no-such-person-here` when no device of theirs is known.
 */
export const forgetLostDevice = (
  world: Pick<World, 'store' | 'clock' | 'ids'>,
  account: string,
): Promise<Outcome<readonly string[]>> =>
  world.store.change<readonly string[]>(async (records) => {
    const person = await records.people.find(account);
    if (!person || !(await records.secondFactors.ofPerson(person.id))) {
      return refuse({ code: 'no-such-person-here' });
    }
    const servers = await serversOf(records, person);
    await forgetIn(world, records, person, { servers });
    for (const guildId of servers) {
      await records.audit.note({ action: 'permission', kind: 'pages', guildId, personId: person.id });
    }
    return allow(servers);
  });
