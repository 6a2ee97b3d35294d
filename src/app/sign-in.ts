/** Signs people in on pages: Discord tells who they are, and a code of their own device that it is them. */
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
