/** Two hundred people in groups of twelve, with a session open in each. */
import { v7 } from 'uuid';
import { english } from '../content/en/index.ts';
import { until } from '../demo/watch.ts';
import type { Person } from '../sandbox/people.ts';
import { catalogueOf } from '../src/adapters/content/catalogue.ts';
import { parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { openStore, type PostgresStore } from '../src/adapters/postgres/store.ts';
import {
  type Cohort,
  type CohortSettings,
  MOST_PARTICIPANTS,
  USUAL_POLICY,
  USUAL_SETTINGS,
} from '../src/core/cohort.ts';
import { allow } from '../src/core/outcome.ts';
import { GROUP_ROOM_KINDS } from '../src/core/rooms.ts';
import type { Records } from '../src/ports/store.ts';
import type { Stage } from './stage.ts';

/** Somebody who is to check in, and the room to do it in. */
export interface Participant {
  readonly person: Person;
  readonly room: string;
}

export const PEOPLE = 200;
const COHORTS = Math.ceil(PEOPLE / MOST_PARTICIPANTS);
const [{ sha256, text }] = catalogueOf(english).agreement().texts;
const now = new Date();

/** Somebody by their account. */
type Account = Pick<Person, 'id'>;

/** Everybody of a group, and the server that it belongs to. */
export interface Company<Member extends Account = Account> {
  readonly guildId: string;
  readonly lead: Account;
  readonly coFacilitator: Account;
  readonly members: readonly Member[];
  /** What is not as usual in this group. */
  readonly settings?: Partial<CohortSettings>;
}

interface Group<Member extends Account = Person> {
  readonly id: string;
  readonly members: readonly Member[];
}

const newCohort = async ({ people }: Records, name: string, company: Company): Promise<Cohort> => ({
  id: v7(),
  guildId: company.guildId,
  name,
  groupType: 'support',
  capacity: MOST_PARTICIPANTS,
  sessionMinutes: 90,
  zone: 'Etc/UTC',
  lead: await people.known(company.lead.id),
  coFacilitator: await people.known(company.coFacilitator.id),
  policy: USUAL_POLICY,
  settings: { ...USUAL_SETTINGS, ...company.settings },
  consentRound: 1,
  state: 'active',
  createdAt: now,
  version: 0,
});

const enrolAndSign = async (records: Records, cohortId: string, account: string): Promise<void> => {
  const { people, memberships, signatures } = records;
  const membershipId = v7();
  const person = await people.known(account);
  await memberships.add({ id: membershipId, cohortId, person, enrolledAt: now });
  await signatures.add({
    id: v7(),
    membershipId,
    consentRound: 1,
    version: text.version,
    sha256,
    locale: text.locale,
    signedAt: now,
    method: 'form',
  });
};

/** Keeps a group as if its people had been enrolled and had signed; Hearth brings its rooms when it starts. */
export const keepGroup = async <Member extends Account>(
  store: PostgresStore,
  name: string,
  company: Company<Member>,
): Promise<Group<Member>> => {
  const { members } = company;
  const kept = await store.change(async (records) => {
    const cohort = await newCohort(records, name, company);
    const added = await records.cohorts.add(cohort);
    if (!added.ok) return added;
    for (const { id } of members) await enrolAndSign(records, cohort.id, id);
    return allow({ id: cohort.id, members });
  });
  if (!kept.ok) throw new Error(`${name} was not kept: ${kept.refusal.code}`);
  return kept.value;
};

const logInAll = ({ logIn }: Stage): Promise<readonly Person[]> =>
  Promise.all(Array.from({ length: PEOPLE }, (_, index) => logIn(`Participant ${index + 1}`)));

const formGroups = async (stage: Stage, store: PostgresStore, lead: Person): Promise<readonly Group[]> => {
  const coFacilitator = await stage.logIn('Tomas');
  const people = await logInAll(stage);
  const groups: Group[] = [];
  for (let index = 0; index < COHORTS; index += 1) {
    const members = people.slice(index * MOST_PARTICIPANTS, (index + 1) * MOST_PARTICIPANTS);
    const company = { guildId: stage.sandbox.guild.id, lead, coFacilitator, members };
    groups.push(await keepGroup(store, `Group ${index + 1}`, company));
  }
  return groups;
};

const roomsStand = (store: PostgresStore, groups: readonly Group[]): Promise<void> =>
  until('every group has its rooms', async () => {
    const refs = await Promise.all(groups.map(({ id }) => store.records.roomRefs.ofCohort(id)));
    return refs.every(({ length }) => length === GROUP_ROOM_KINDS.length);
  });

const openSession = async (store: PostgresStore, lead: Person, { id, members }: Group) => {
  const refs = await store.records.roomRefs.ofCohort(id);
  const channel = (kind: string): string => refs.find((ref) => ref.kind === kind)?.channelId ?? '';
  const opened = await lead.press('Open the next session', { in: channel('staff') });
  if (opened.is === 'failure') throw new Error(opened.why);
  return members.map((person) => ({ person, room: channel('group') }));
};

/** As people of many groups come: no two of the same group one after the other. */
const mixed = (groups: readonly (readonly Participant[])[]): readonly Participant[] =>
  Array.from({ length: MOST_PARTICIPANTS }, (_, place) =>
    groups.flatMap((group) => group[place] ?? []),
  ).flat();

/** Where groups are kept beside Hearth. */
export const storeOf = ({ databaseUrl, keys }: Stage): PostgresStore => {
  const enqueue = () => Promise.reject(new Error('what Hearth must do it finds by itself when it starts'));
  return openStore({
    url: databaseUrl,
    keys: parseKeys(keys),
    jobs: () => ({ enqueue, enqueueAll: enqueue, finish: enqueue }),
    connections: 1,
  });
};

/** Logs everybody in, forms the groups, starts Hearth, and opens a session in each. */
export const gather = async (stage: Stage): Promise<readonly Participant[]> => {
  const store = storeOf(stage);
  const lead = await stage.logIn('Lena');
  const groups = await formGroups(stage, store, lead);
  await stage.startHearth();
  await roomsStand(store, groups);
  await stage.settled();
  const opened: (readonly Participant[])[] = [];
  for (const group of groups) opened.push(await openSession(store, lead, group));
  await stage.settled();
  await store.close();
  return mixed(opened);
};
