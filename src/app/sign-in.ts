/** Signs people in on pages: Discord tells who they are, and a code of their own device that it is them. */

import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { failed, mayTry, passed, type SecondFactor } from '../core/second-factor.ts';
import { goesOn, isSignedIn, type StaffSession } from '../core/staff-session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** As many codes for when a device is lost. */
const RECOVERY_CODES = 8;
/** Characters of one, in two groups. */
const CODE_LENGTH = 10;

/** A session that goes on, by what the browser holds. */
export const sessionOf = async (
  { store, clock, secrets }: World,
  token: string | undefined,
): Promise<StaffSession | undefined> => {
  if (token === undefined) return undefined;
  const session = await store.records.staffSessions.byToken(secrets.digest(token));
  return session && goesOn(session, clock.now()) ? session : undefined;
};

/** Whether that very person is signed in; a page that they ask for keeps the session alive. */
export const isSignedInAs = async (
  world: World,
  token: string | undefined,
  person: Person,
): Promise<boolean> => {
  const session = await sessionOf(world, token);
  const now = world.clock.now();
  if (!session || session.person.id !== person.id || !isSignedIn(session, now)) return false;
  await world.store.change(async ({ staffSessions }) => {
    await staffSessions.seen(session.id, now);
    return allow(null);
  });
  return true;
};

const newSession = ({ clock, ids, secrets }: World, person: Person, confirmed: boolean) => {
  const [token, now] = [secrets.make(), clock.now()];
  const session: StaffSession = {
    ...{ id: ids.next(), person, tokenSha256: secrets.digest(token), madeAt: now, seenAt: now },
    ...(confirmed && { confirmedAt: now }),
  };
  return { token, session };
};

/** Somebody whom Discord has named; `secret` while no device of theirs has proved yet that it has it. */
export interface Begun {
  readonly token: string;
  readonly secret?: string;
}

const unprovenFactor = async ({ codes }: World, { secondFactors }: Records, personId: string) => {
  const before = await secondFactors.ofPerson(personId);
  if (before?.confirmedAt) return undefined;
  // Never one that was shown before: whoever saw it would have the device of whoever proves it.
  const factor: SecondFactor = { personId, failures: 0, ...before, secret: codes.make() };
  await secondFactors.put(factor);
  return factor.secret;
};

/** The first step: what the browser holds from now on is worth nothing yet. */
export const beginSignIn = (world: World, account: string): Promise<Outcome<Begun>> =>
  world.store.change<Begun>(async (records) => {
    const person = await records.people.known(account);
    await records.people.hold([person.id]);
    const secret = await unprovenFactor(world, records, person.id);
    // Whoever came before is not shown the new picture.
    if (secret !== undefined) await records.staffSessions.end(person.id, world.clock.now());
    const { token, session } = newSession(world, person, false);
    await records.staffSessions.add(session);
    return allow({ token, ...(secret !== undefined && { secret }) });
  });

/** Signed in; with the codes for when the device is lost, told this once, when they are new. */
export interface SignedIn {
  readonly token: string;
  readonly recovery: readonly string[];
}

const written = (code: string): string => code.replace(/[\s-]/g, '').toLowerCase();

const newCodes = ({ secrets }: World): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    secrets
      .make()
      .replace(/[^\da-z]/gi, '')
      .toLowerCase()
      .slice(0, CODE_LENGTH),
  );

/** By the half minute of the device's code; without, by a code for when it is lost. */
interface Proof {
  readonly step?: number;
}

/** What a code proves, if anything. */
const proofOf = async (
  world: World,
  records: Records,
  factor: SecondFactor,
  code: string,
): Promise<Proof | undefined> => {
  const now = world.clock.now();
  const step = /^\d{6}$/.test(code) ? world.codes.step(factor.secret, code, now) : undefined;
  if (step !== undefined) return step > (factor.lastStep ?? 0) ? { step } : undefined;
  const isSpare = await records.secondFactors.useCode(factor.personId, world.secrets.digest(code), now);
  return factor.confirmedAt && isSpare ? {} : undefined;
};

/**
 * For whoever has none left, at the first time, when all were used, and after a backup was restored. A code for a lost device
 * never leads to others: whoever found one would have them for good.
 */
const codesFor = async (
  world: World,
  { secondFactors }: Records,
  personId: string,
  { step }: Proof,
): Promise<readonly string[]> => {
  if (step === undefined || (await secondFactors.codesLeft(personId)) > 0) return [];
  const codes = newCodes(world);
  await secondFactors.replaceCodes(personId, codes.map(world.secrets.digest));
  return codes;
};

type Tried = { readonly is: 'wrong' } | ({ readonly is: 'right' } & SignedIn);

const tryCode = async (
  world: World,
  records: Records,
  person: Person,
  code: string,
): Promise<Outcome<Tried>> => {
  await records.people.hold([person.id]);
  const now = world.clock.now();
  const factor = await records.secondFactors.ofPerson(person.id);
  if (!factor) return refuse({ code: 'not-signed-in' });
  const may = mayTry(factor, now);
  if (!may.ok) return may;
  const proof = await proofOf(world, records, factor, written(code));
  if (!proof) {
    await records.secondFactors.put(failed(factor, now));
    return allow({ is: 'wrong' });
  }
  await records.secondFactors.put(passed(factor, now, proof.step));
  const recovery = await codesFor(world, records, person.id, proof);
  await records.staffSessions.end(person.id, now);
  // What the browser held before the proof is worth nothing any more.
  const { token, session } = newSession(world, person, true);
  await records.staffSessions.add(session);
  return allow({ is: 'right', token, recovery });
};

/** The second step. Refused with `wrong-code`, which is kept, with `wait-before-code`, and with `not-signed-in`. */
export const confirmSignIn = async (
  world: World,
  token: string | undefined,
  code: string,
): Promise<Outcome<SignedIn>> => {
  const session = await sessionOf(world, token);
  if (!session) return refuse({ code: 'not-signed-in' });
  const tried = await world.store.change<Tried>((records) => tryCode(world, records, session.person, code));
  if (!tried.ok) return tried;
  return tried.value.is === 'right' ? allow(tried.value) : refuse({ code: 'wrong-code' });
};

/** Signs somebody out everywhere; how many sessions that ended. */
export const endSignIn = (world: World, personId: string): Promise<Outcome<number>> =>
  world.store.change<number>(async ({ staffSessions }) =>
    allow(await staffSessions.end(personId, world.clock.now())),
  );

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

/** For good: no backup brings the device back. */
const forgetIn = async (
  { clock, ids }: Pick<World, 'clock' | 'ids'>,
  { staffSessions, secondFactors, erasures }: Records,
  { id: personId }: Person,
): Promise<void> => {
  const at = clock.now();
  await staffSessions.end(personId, at);
  await secondFactors.forget(personId);
  await erasures.note({ id: ids.next(), at, personId, classes: ['device'] });
};

/** Signs somebody out everywhere, and has them begin anew with another device. Refused with `own-device`, `device-not-here`. */
export const forgetDevice = (world: World, lost: LostDevice): Promise<Outcome<null>> =>
  world.store.change<null>(async (records) => {
    const person = await records.people.known(lost.account);
    const may = await mayForget(world, records, lost, person);
    if (!may.ok) return may;
    await forgetIn(world, records, person);
    return allow(null);
  });

/**
 * The same by whoever runs Hearth, when no admin can: the ids of the servers whose groups the person looks after, where it
 * is noted, too. Refused with `no-such-person-here` when no device of theirs is known.
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
    const servers = new Set((await records.cohorts.lookedAfterBy(account)).map(({ guildId }) => guildId));
    await forgetIn(world, records, person);
    for (const guildId of servers) {
      await records.audit.note({ action: 'permission', kind: 'pages', guildId, personId: person.id });
    }
    return allow([...servers]);
  });
