/**
 * Presence through the whole of Hearth, with a real database and a process that dies, against an oracle that counts each
 * second by itself: people come and go, move to another room and back, with one device or two, while Hearth is killed,
 * started, disconnected and connected again.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notePresence } from '../../src/app/note-presence.ts';
import { observe } from '../../src/app/observe.ts';
import { reconcilePresence } from '../../src/app/reconcile-presence.ts';
import { NOTED_EVERY_SECONDS } from '../../src/core/presence.ts';
import { between, SECOND } from '../../src/core/time.ts';
import { ANA, BEN, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group, groupIn } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const PEOPLE = [ANA, BEN] as const;
type Account = (typeof PEOPLE)[number];

/** Where somebody is: in the group's voice room, in another, or in none. Two devices are one account in one room. */
type Deed =
  | { readonly kind: 'go'; readonly account: Account; readonly to: 'room' | 'elsewhere' | 'away' }
  /** They mute themselves, or take their second device: the gateway tells of them, and they are where they were. */
  | { readonly kind: 'stir'; readonly account: Account }
  | { readonly kind: 'kill' | 'start' | 'lose' | 'find' };

const LENGTH = 240;
const RUNS = 12;

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('go' as const),
      account: fc.constantFrom(...PEOPLE),
      to: fc.constantFrom('room', 'room', 'elsewhere', 'away'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stir' as const), account: fc.constantFrom(...PEOPLE) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('kill', 'start', 'start', 'lose', 'find', 'find') }),
  },
);

/** Deeds by the second in which they happen. */
type Story = ReadonlyMap<number, Deed>;
const story: fc.Arbitrary<Story> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: LENGTH - 1 }), deed), { minLength: 4, maxLength: 16 })
  .map((entries) => new Map(entries));

type Tick = 'observed' | 'unobserved' | 'away';

/** What can be known of one person, told second by second: nothing of stretches, nothing of tables. */
const tellTicks = (tale: Story, account: Account): readonly Tick[] => {
  const ticks: Tick[] = [];
  let [there, running, connected] = [false, true, true];
  let sees = true;
  // The last second of which Hearth knows for certain, and since when it knows of this visit.
  let [noted, cameAt] = [0, 0];
  let thereWhenLost = false;
  const lookAgain = (tick: number): void => {
    if (sees || !running || !connected) return;
    // Nobody has looked for less than two notes: then nothing is thought to have been missed by whoever stayed.
    for (let gap = Math.max(noted, cameAt); thereWhenLost && gap < tick; gap += 1) {
      ticks[gap] = there ? 'unobserved' : 'away';
    }
    [sees, thereWhenLost, noted, cameAt] = [true, false, tick, tick];
  };
  for (let tick = 0; tick < LENGTH; tick += 1) {
    if (sees && tick % NOTED_EVERY_SECONDS === 0) noted = tick;
    const done = tale.get(tick);
    if (done?.kind === 'go' && done.account === account) {
      const before = there;
      there = done.to === 'room';
      if (sees && there && !before) cameAt = tick;
    }
    if (done?.kind === 'kill' && running) running = false;
    if (done?.kind === 'lose' && connected) connected = false;
    if (sees && (!running || !connected)) {
      sees = false;
      thereWhenLost = there;
    }
    // A process that starts has a connection of its own.
    if (done?.kind === 'start' && !running) [running, connected] = [true, true];
    if (done?.kind === 'find' && running) connected = true;
    lookAgain(tick);
    ticks[tick] = sees && there ? 'observed' : 'away';
  }
  if (!sees) {
    [running, connected] = [true, true];
    lookAgain(LENGTH);
  }
  return ticks;
};

let world: TestWorld;
let group: Group;

const NAME = 'Tale';

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, NAME, { signed: [...PEOPLE] });
});
afterAll(() => world.close());

const look = () => reconcilePresence(world, GUILD);

/** The story as it happens to Hearth; gives the stretches of each in seconds from the start. */
const play = async (tale: Story): Promise<ReadonlyMap<Account, readonly Tick[]>> => {
  const inside = new Set<Account>();
  let [running, connected] = [true, true];
  const seen = () => {
    group.inVoice(...inside);
    world.discord.seen = running && connected;
  };
  const told = async () => {
    if (running && connected) await notePresence(world, { guildId: GUILD, channelId: group.room('voice') });
  };
  const awake = async () => {
    seen();
    await look();
  };
  group.inVoice();
  await group.says(LEAD, 'session open');
  const session = await world.store.records.sessions.unfinished(group.cohort.id);
  for (let tick = 0; tick < LENGTH; tick += 1) {
    if (running && connected && tick % NOTED_EVERY_SECONDS === 0) await observe(world);
    const done = tale.get(tick);
    if (done?.kind === 'go') {
      if (done.to === 'room') inside.add(done.account);
      else inside.delete(done.account);
    }
    if (done?.kind === 'kill') running = false;
    if (done?.kind === 'lose') connected = false;
    seen();
    if (done?.kind === 'go' || done?.kind === 'stir') await told();
    if (done?.kind === 'start' && !running) {
      world = await world.restart();
      group = await groupIn(world, NAME);
      [running, connected] = [true, true];
      await awake();
    }
    if (done?.kind === 'find' && running && !connected) {
      connected = true;
      await awake();
    }
    world.clock.pass(SECOND);
  }
  if (!running || !connected) {
    [running, connected] = [true, true];
    await awake();
  }
  await group.says(LEAD, 'session end');
  return secondsOf(session?.id ?? '', session?.startedAt ?? new Date(0));
};

const secondsOf = async (sessionId: string, startedAt: Date) => {
  const intervals = await world.store.records.presences.ofSession(sessionId);
  const ticks = new Map<Account, readonly Tick[]>();
  for (const account of PEOPLE) {
    const { id } = await world.store.records.people.known(account);
    const own = Array.from({ length: LENGTH }, (): Tick => 'away');
    for (const { personId, start, end, seen } of intervals) {
      if (personId !== id) continue;
      const [from, to] = [between(startedAt, start) / SECOND, between(startedAt, end ?? start) / SECOND];
      own.fill(seen, from, to);
    }
    ticks.set(account, own);
  }
  return ticks;
};

describe('any comings, goings, devices, deaths and reconnections', () => {
  it('are kept to the second as an oracle counts them', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (tale) => {
        const kept = await play(tale);
        for (const account of PEOPLE) expect(kept.get(account)).toEqual(tellTicks(tale, account));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);
});
