/** Facilitators keep a session safe: each act is written down, and everything else follows from what stands. */
import type { Cohort } from '../core/cohort.ts';
import {
  type Holds,
  holdsOf,
  IN_VOICE,
  type LiftedWhy,
  lift,
  type Moderation,
  type ModerationAct,
} from '../core/moderation.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { accountsPresent } from './write-presence.ts';

export interface ModerationWish {
  readonly act: ModerationAct;
  /** Account; missing where it is about the whole room. */
  readonly account?: string;
  /** How long a time-out lasts. */
  readonly minutes?: number;
  /** Account. */
  readonly by: string;
}

/** What follows from a change of what stands. */
const follow = async ({ jobs }: Records, cohortId: string, until?: Date): Promise<void> => {
  await jobs.enqueue({ name: 'bring-rooms', cohortId });
  await jobs.enqueue({ name: 'bring-floor', cohortId });
  await jobs.enqueue({ name: 'bring-boards', cohortId });
  if (until) await jobs.enqueue({ name: 'bring-floor', cohortId }, until);
};

const participant = async (
  { memberships }: Records,
  { id }: Cohort,
  account: string,
): Promise<Outcome<Person>> => {
  const member = (await memberships.roster(id)).find(({ person }) => person.account === account);
  return member ? allow(member.person) : refuse({ code: 'not-enrolled' });
};

const isSame = (one: Moderation, { act, person }: Pick<Moderation, 'act' | 'person'>): boolean =>
  one.act === act && one.person?.id === person?.id && !one.lifted;

/** One of each stands at a time; whoever asks for one that stands finds it. */
const add = async (records: Records, wished: Moderation): Promise<void> => {
  const unsettled = await records.moderations.unsettled(wished.cohortId);
  if (!unsettled.some((each) => isSame(each, wished))) await records.moderations.add(wished);
};

/** Somebody goes along who leads, and is not the one who leads the group now: the co-facilitator, if they can. */
const accountsFor = (cohort: Cohort, { act, by }: ModerationWish, inside: readonly string[]) => {
  if (act === 'lock') return inside;
  if (act !== 'move-aside') return [];
  const { lead, coFacilitator } = cohort;
  return [inside.includes(coFacilitator.account) || by !== lead.account ? coFacilitator.account : by];
};

/** A time-out is heard as well: what somebody may not say, nobody hears meanwhile. */
const actsOf = ({ act }: ModerationWish): readonly ModerationAct[] =>
  act === 'time-out' ? ['time-out', 'mute'] : [act];

const write = async (
  world: World,
  records: Records,
  cohort: Cohort,
  { sessionId, wish }: { readonly sessionId: string; readonly wish: ModerationWish },
): Promise<Outcome<Holds>> => {
  const target = wish.account === undefined ? undefined : await participant(records, cohort, wish.account);
  if (target && !target.ok) return target;
  const inside = (await accountsPresent(world, records, cohort)) ?? [];
  const at = world.clock.now();
  const until = wish.minutes === undefined ? undefined : after(at, wish.minutes * MINUTE);
  for (const act of actsOf(wish)) {
    await add(records, {
      ...{ id: world.ids.next(), cohortId: cohort.id, sessionId, act, by: wish.by, at },
      ...{ accounts: accountsFor(cohort, wish, inside), ...(target && { person: target.value }) },
      ...{ ...(until && { until }), isApplied: false, isSettled: false, version: 0 },
    });
  }
  await follow(records, cohort.id, until);
  return allow(holdsOf(await records.moderations.unsettled(cohort.id)));
};

/** Does it in the session that is going on; what stands after it. */
export const moderate = (world: World, cohort: Cohort, wish: ModerationWish): Promise<Outcome<Holds>> =>
  world.store.change<Holds>(async (records) => {
    const session = await records.sessions.unfinished(cohort.id);
    return session
      ? write(world, records, cohort, { sessionId: session.id, wish })
      : refuse({ code: 'no-session' });
  });

/** Mutes every participant who is in the voice room. */
export const muteAll = (world: World, cohort: Cohort, by: string): Promise<Outcome<Holds>> =>
  world.store.change<Holds>(async (records) => {
    const session = await records.sessions.unfinished(cohort.id);
    if (!session) return refuse({ code: 'no-session' });
    const inside = (await accountsPresent(world, records, cohort)) ?? [];
    for (const { person } of await records.memberships.roster(cohort.id)) {
      if (!inside.includes(person.account)) continue;
      const wish = { act: 'mute' as const, account: person.account, by };
      const muted = await write(world, records, cohort, { sessionId: session.id, wish });
      if (!muted.ok) return muted;
    }
    return allow(holdsOf(await records.moderations.unsettled(cohort.id)));
  });

/** Which of what stands is lifted: all of it, if nothing is named. */
export interface Lifting {
  readonly acts?: readonly ModerationAct[];
  /** Account. */
  readonly account?: string;
  readonly why: LiftedWhy;
  readonly by?: string;
}

/** Lifts it within a change, with what follows from that. */
export const liftIn = async (
  records: Records,
  cohortId: string,
  { acts, account, why, by }: Lifting,
  at: Date,
): Promise<void> => {
  const lifted = { at, why, ...(by !== undefined && { by }) };
  const meant = (each: Moderation): boolean =>
    !each.lifted &&
    (acts?.includes(each.act) ?? true) &&
    (account === undefined || each.person?.account === account);
  const standing = (await records.moderations.unsettled(cohortId)).filter(meant);
  for (const each of standing) await records.moderations.save(lift(each, lifted));
  if (standing.length > 0) await follow(records, cohortId);
};

/** Lifts it; what stands after it. */
export const liftModeration = (world: World, cohort: Cohort, lifting: Lifting): Promise<Outcome<Holds>> =>
  world.store.change<Holds>(async (records) => {
    await liftIn(records, cohort.id, lifting, world.clock.now());
    return allow(holdsOf(await records.moderations.unsettled(cohort.id)));
  });

/** Hearth was away: nobody stays muted or aside because of it. */
export const liftAfterRestart = async (world: World, guildId: string): Promise<void> => {
  for (const cohortId of await world.store.records.moderations.unsettledOf(guildId)) {
    await world.store.change(async (records) => {
      await liftIn(records, cohortId, { acts: [...IN_VOICE], why: 'restarted' }, world.clock.now());
      // What was lifted before, and is still in Discord, is taken back now.
      await follow(records, cohortId);
      return allow(null);
    });
  }
};
