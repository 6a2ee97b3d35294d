/** Facilitators keep a session safe: each act is written down, and everything else follows from what stands. */
import type { Cohort } from '../core/cohort.ts';
import {
  askedAgain,
  companionOf,
  type Holds,
  holdsOf,
  IN_VOICE,
  type Moderation,
  type ModerationAct,
} from '../core/moderation.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { followModeration } from './lift-moderation.ts';
import { type SeenInVoice, seenInVoice } from './seen-in-voice.ts';
import { tellHeld } from './tell-held.ts';

export interface ModerationWish {
  readonly act: ModerationAct;
  /** Account; missing where it is about the whole room. */
  readonly account?: string;
  /** How long a time-out lasts. */
  readonly minutes?: number;
  /** Account. */
  readonly by: string;
}

/** `isTold`: whether whoever it is about is told by themselves. */
type Wished = ModerationWish & Pick<Moderation, 'isTold'>;

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

/** A session that goes on, and who is seen in its voice rooms; missing while they cannot be seen. */
interface Scene {
  readonly cohort: Cohort;
  readonly sessionId: string;
  readonly unsettled: readonly Moderation[];
  readonly seen: SeenInVoice | undefined;
}

const everybodyIn = ({ here, aside }: SeenInVoice): readonly string[] => [...here, ...aside];

/** Whoever is on their way aside or back is not locked out. */
const underway = (unsettled: readonly Moderation[]): readonly string[] =>
  unsettled.flatMap(({ act, person, accounts }) =>
    act === 'move-aside' && person ? [person.account, ...accounts] : [],
  );

const lockable = ({ seen, unsettled }: Scene): Outcome<readonly string[]> =>
  seen
    ? allow([...new Set([...everybodyIn(seen), ...underway(unsettled)])])
    : refuse({ code: 'voice-not-seen' });

const mutable = ({ seen }: Scene, account: string): Outcome<readonly string[]> =>
  !seen || everybodyIn(seen).includes(account) ? allow([]) : refuse({ code: 'not-in-voice' });

/** Who goes along; one person at a time is aside. */
const movable = (
  { cohort, seen, unsettled }: Scene,
  by: string,
  account: string,
): Outcome<readonly string[]> => {
  const aside = unsettled.find(({ act, lifted }) => act === 'move-aside' && !lifted);
  if (aside?.person?.account === account) return allow(aside.accounts);
  if (aside?.person) return refuse({ code: 'aside-is-taken', account: aside.person.account });
  if (!seen) return refuse({ code: 'voice-not-seen' });
  if (!everybodyIn(seen).includes(account)) return refuse({ code: 'not-in-voice' });
  const companion = companionOf(cohort, by, everybodyIn(seen));
  return companion === undefined ? refuse({ code: 'nobody-goes-along' }) : allow([companion]);
};

/** The accounts that an act needs, or why it would come to nothing. */
const accountsFor = (
  scene: Scene,
  { act, by }: ModerationWish,
  account: string,
): Outcome<readonly string[]> => {
  if (act === 'lock') return lockable(scene);
  if (act === 'mute') return mutable(scene, account);
  return act === 'move-aside' ? movable(scene, by, account) : allow([]);
};

/** One of each stands at a time: what stands is asked for again. What stands then. */
const put = async ({ moderations }: Records, scene: Scene, wished: Moderation): Promise<Moderation> => {
  const standing = scene.unsettled.find((each) => isSame(each, wished));
  const now = standing ? askedAgain(standing, wished) : wished;
  if (!standing) await moderations.add(now);
  else if (now !== standing) await moderations.save(now);
  return now;
};

const wishedOf = (
  { ids, clock }: World,
  { cohort, sessionId }: Scene,
  { act, by, minutes, isTold }: Wished,
  { accounts, person }: { readonly accounts: readonly string[]; readonly person?: Person | undefined },
): Moderation => {
  const at = clock.now();
  return {
    ...{ id: ids.next(), cohortId: cohort.id, sessionId, act, by, at, accounts },
    ...(person && { person }),
    ...(minutes !== undefined && { until: after(at, minutes * MINUTE) }),
    ...{ isApplied: false, isTold, isSettled: false, version: 0 },
  };
};

/** Within a change, and without telling anybody. */
const write = async (
  world: World,
  records: Records,
  scene: Scene,
  wish: Wished,
): Promise<Outcome<Moderation>> => {
  const { account } = wish;
  const target = account === undefined ? undefined : await participant(records, scene.cohort, account);
  if (target && !target.ok) return target;
  const accounts = accountsFor(scene, wish, account ?? '');
  if (!accounts.ok) return accounts;
  const wished = wishedOf(world, scene, wish, { accounts: accounts.value, person: target?.value });
  const moderation = await put(records, scene, wished);
  await followModeration(records, scene.cohort.id, wished.until);
  return allow(moderation);
};

/** What somebody with a time-out may not say, nobody hears meanwhile, if they are there to be heard. */
const muteWith = async (
  world: World,
  records: Records,
  scene: Scene,
  wish: ModerationWish,
): Promise<void> => {
  if (wish.act === 'time-out') await write(world, records, scene, { ...wish, act: 'mute', isTold: false });
};

type SceneWork = (records: Records, scene: Scene) => Promise<Outcome<unknown>>;

const inSession =
  (world: World, cohort: Cohort, work: SceneWork) =>
  async (records: Records): Promise<Outcome<Holds>> => {
    const session = await records.sessions.unfinished(cohort.id);
    if (!session) return refuse({ code: 'no-session' });
    const unsettled = await records.moderations.unsettled(cohort.id);
    const seen = await seenInVoice(world, records, cohort);
    const worked = await work(records, { cohort, sessionId: session.id, unsettled, seen });
    return worked.ok ? allow(holdsOf(await records.moderations.unsettled(cohort.id))) : worked;
  };

/** Does it in the session that is going on, within a change; what stands after it. */
export const moderateIn = (
  world: World,
  records: Records,
  cohort: Cohort,
  wish: ModerationWish,
): Promise<Outcome<Holds>> =>
  inSession(world, cohort, async (_records, scene) => {
    const written = await write(world, records, scene, { ...wish, isTold: true });
    if (!written.ok) return written;
    await muteWith(world, records, scene, wish);
    // What has to be done in the voice room first is told when it is. Nothing is told twice: not until when, either.
    if (!IN_VOICE.has(wish.act)) await tellHeld(world, records, written.value);
    return written;
  })(records);

/** Does it by itself. */
export const moderate = (world: World, cohort: Cohort, wish: ModerationWish): Promise<Outcome<Holds>> =>
  world.store.change<Holds>((records) => moderateIn(world, records, cohort, wish));

/** Mutes every participant who is in the voice room; nobody is told by themselves of what happens to all. */
export const muteAll = (world: World, cohort: Cohort, by: string): Promise<Outcome<Holds>> =>
  world.store.change<Holds>(
    inSession(world, cohort, async (records, scene) => {
      const { seen } = scene;
      if (!seen) return refuse({ code: 'voice-not-seen' });
      const roster = await records.memberships.roster(cohort.id);
      const there = roster.filter(({ person }) => seen.here.includes(person.account));
      for (const { person } of there) {
        await write(world, records, scene, { act: 'mute', account: person.account, by, isTold: false });
      }
      return there.length > 0 ? allow(null) : refuse({ code: 'nobody-in-voice' });
    }),
  );
