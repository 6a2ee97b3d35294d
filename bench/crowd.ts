/** Two hundred people in groups of twelve, with a session open in each. */
import { english } from '../content/en/index.ts';
import type { Person } from '../sandbox/people.ts';
import { catalogueOf } from '../src/adapters/content/catalogue.ts';
import { parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { openStore, type PostgresStore } from '../src/adapters/postgres/store.ts';
import { systemIds } from '../src/adapters/system/system.ts';
import { type Cohort, MOST_PARTICIPANTS, USUAL_POLICY } from '../src/core/cohort.ts';
import { allow } from '../src/core/outcome.ts';
import type { Records } from '../src/ports/store.ts';
import type { Stage } from './stage.ts';

/** Somebody who is to check in, and the room to do it in. */
export interface Participant {
  readonly person: Person;
  readonly room: string;
}

export const PEOPLE = 200;
const COHORTS = Math.ceil(PEOPLE / MOST_PARTICIPANTS);
const { sha256, text } = catalogueOf(english).agreement();
const now = new Date();

const cohortLedBy = async (
  { people }: Records,
  name: string,
  guildId: string,
  staff: readonly Person[],
): Promise<Cohort> => {
  const [lead, coFacilitator] = await Promise.all(staff.map(({ id }) => people.known(id)));
  if (!lead || !coFacilitator) throw new Error('a group is led by two');
  return {
    id: systemIds.next(),
    guildId,
    name,
    groupType: 'support',
    capacity: MOST_PARTICIPANTS,
    sessionMinutes: 90,
    zone: 'Etc/UTC',
    lead,
    coFacilitator,
    policy: USUAL_POLICY,
    consentRound: 1,
    state: 'active',
    createdAt: now,
    version: 0,
  };
};

const enrolAndSign = async (
  { people, memberships, signatures }: Records,
  cohortId: string,
  account: string,
): Promise<void> => {
  const membership = { id: systemIds.next(), cohortId, person: await people.known(account), enrolledAt: now };
  await memberships.add(membership);
  await signatures.add({
    id: systemIds.next(),
    membershipId: membership.id,
    consentRound: 1,
    version: text.version,
    sha256,
    locale: text.locale,
    signedAt: now,
    method: 'form',
  });
};

/** Keeps a group as if its people had been enrolled and had signed; Hearth brings its rooms when it starts. */
const keepCohort = (
  store: PostgresStore,
  guildId: string,
  name: string,
  staff: readonly Person[],
  members: readonly Person[],
) =>
  store.change(async (records) => {
    const cohort = await cohortLedBy(records, name, guildId, staff);
    const added = await records.cohorts.add(cohort);
    if (!added.ok) return added;
    for (const { id } of members) await enrolAndSign(records, cohort.id, id);
    return allow(cohort.id);
  });

const storeOf = ({ databaseUrl, keys }: Stage): PostgresStore => {
  const enqueue = () => Promise.reject(new Error('what Hearth must do it finds by itself when it starts'));
  return openStore({ url: databaseUrl, keys: parseKeys(keys), jobs: () => ({ enqueue }), connections: 1 });
};

const openIn = async (store: PostgresStore, lead: Person, cohortId: string): Promise<string> => {
  const refs = await store.records.roomRefs.ofCohort(cohortId);
  const channel = (kind: string): string => refs.find((ref) => ref.kind === kind)?.channelId ?? '';
  const opened = await lead.press('Open the next session', { in: channel('staff') });
  if (opened.is === 'failure') throw new Error(opened.why);
  return channel('group');
};

/** Logs everybody in, forms the groups, starts Hearth, and opens a session in each. */
export const gather = async (stage: Stage): Promise<readonly Participant[]> => {
  const store = storeOf(stage);
  const staff = [await stage.logIn('Lena'), await stage.logIn('Tomas')];
  const [lead] = staff;
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, index) => stage.logIn(`Participant ${index + 1}`)),
  );
  const groups: { id: string; members: readonly Person[] }[] = [];
  for (let number = 1; number <= COHORTS; number += 1) {
    const members = people.slice((number - 1) * MOST_PARTICIPANTS, number * MOST_PARTICIPANTS);
    const kept = await keepCohort(store, stage.sandbox.guild.id, `Group ${number}`, staff, members);
    if (!kept.ok) throw new Error(kept.refusal.code);
    groups.push({ id: kept.value, members });
  }
  await stage.startHearth();
  await stage.settled();
  const participants: Participant[] = [];
  for (const { id, members } of groups) {
    if (!lead) break;
    const room = await openIn(store, lead, id);
    participants.push(...members.map((person) => ({ person, room })));
  }
  await stage.settled();
  await store.close();
  return participants;
};
