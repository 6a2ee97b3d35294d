/**
 * The voice server dies and returns fifty times while groups meet and people come and go: everybody's attendance is what
 * an oracle counts from what they did, the bot's own connection to Discord stays as it was, and it asks seldom enough.
 *
 * The clock of Hearth and of its database is turned by minutes between what people do, so that a session has a length;
 * Discord, the calls, and every pause of Hearth's before it comes back are at the pace of the real clock.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTurnedClock, type TurnedClock } from '../../demo/turned-clock.ts';
import { currentStatus } from '../../src/core/attendance.ts';
import { type AttendancePolicy, USUAL_POLICY } from '../../src/core/cohort.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { statusByTicks, type Ticks } from '../core/by-ticks.ts';
import { done, groupCalled, makeGroup, says, sign } from '../journey/group.ts';
import { enter, type Stage, setStage, WITH_VOICE } from '../journey/stage.ts';
import { diceOf } from './dice.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
const dice = diceOf(SEED);
const GROUP = 'Tuesday';
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi', 'Dana'] as const;
const SESSIONS = Number(process.env['CHAOS_SESSIONS'] ?? 10);
const DEATHS_IN_SESSION = 5;
/** From this one on, no death waits until Hearth has come back from the one before. */
const FIRST_AT_ONCE = 3;
/** Seconds in which Hearth is back after a death: its longest pause here, a call's way, and a busy machine. */
const BACK_WITHIN = 120;
/** Milliseconds between somebody's press and the moment at which Hearth has heard of it, on a busy machine. */
const SLACK = 3 * SECOND;

/** Milliseconds in which a group is made, or meets, also on a busy machine. */
const PATIENCE = 15 * MINUTE;

let clock: TurnedClock;
let stage: Stage;
let hearth: Hearth;
const counted = { deaths: 0, inCall: 0, acts: 0, exact: 0, attendances: 0 };
/** Milliseconds of a clock that never goes back, at which the bot said to Discord where it wants to be. */
const asked: number[] = [];
let watching: NodeJS.Timeout;

const who = (name: string) => stage.who(name);
const bot = () => stage.sandbox.bot.id;
const voice = () => stage.sandbox.voice;
const standsIn = () =>
  stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.voiceStates.get(bot())?.channelId;

const sent = (type: string) =>
  stage.sandbox.transcript.events({ who: bot(), direction: 'sent', type }).length;
const connections = () => ({
  logins: stage.sandbox.transcript.countByRoute(bot())['GET /gateway/bot'],
  ready: sent('READY'),
  resumed: sent('RESUMED'),
});
const noteAsked = (): void => {
  const all = stage.sandbox.transcript.events({
    who: bot(),
    direction: 'received',
    type: 'VOICE_STATE_UPDATE',
  });
  while (asked.length < all.length) asked.push(performance.now());
};
const mostInAMinute = (): number =>
  Math.max(0, ...asked.map((from) => asked.filter((at) => at >= from && at < from + MINUTE).length));

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${SEED}\n`);
  clock = startTurnedClock();
  stage = await setStage(['Lena', 'Tomas', ...PARTICIPANTS]);
  hearth = await enter(stage, { certificates: [voice().certificate], time: clock.time }, WITH_VOICE);
  watching = setInterval(noteAsked, 100);
  await makeGroup(stage, {
    name: GROUP,
    lead: 'Lena',
    coFacilitator: 'Tomas',
    enrolled: PARTICIPANTS,
  });
  for (const name of PARTICIPANTS) await sign(who(name), 120);
  const roster = await stage.records.memberships.roster((await groupCalled(stage, GROUP)).id);
  for (const name of PARTICIPANTS) {
    const member = roster.find(({ person }) => person.account === who(name).id);
    people.set(name, member?.person.id ?? expect.fail(`${name} is not on the roster`));
  }
  await who('Lena').join('group-voice');
}, PATIENCE);
afterAll(async () => {
  clearInterval(watching);
  process.stdout.write(
    `${JSON.stringify({ seed: SEED, ...counted, asked: asked.length, mostAskedInAMinute: mostInAMinute(), ...connections() })}\n`,
  );
  await hearth.stop();
  await clock.stop();
  await stage.strike();
});

/** What somebody did, and between which two moments of Hearth's clock it came to pass. */
interface Act {
  readonly name: string;
  readonly comes: boolean;
  readonly from: number;
  readonly to: number;
}

const inside = new Set<string>();
/** Ids by name. */
const people = new Map<string, string>();

const unfinished = async () => {
  const { id } = await groupCalled(stage, GROUP);
  return (await stage.records.sessions.unfinished(id)) ?? expect.fail('no session is open');
};

const toggle = async (name: string): Promise<Act> => {
  const comes = !inside.has(name);
  const from = clock.time.now();
  if (comes) await who(name).join('group-voice');
  else await who(name).leave();
  if (comes) inside.add(name);
  else inside.delete(name);
  counted.acts += 1;
  return { name, comes, from, to: clock.time.now() };
};

/** Whoever is in the room has an open stretch, and nobody else has. */
const written = () =>
  until(
    'everybody is written where they are',
    async () => {
      const open = await stage.records.presences.open((await unfinished()).id);
      const there = new Set(open.map(({ personId }) => personId));
      return PARTICIPANTS.every((name) => there.has(people.get(name) ?? '') === inside.has(name));
    },
    120,
  );

/** Some people come or go, one after the other; whoever is back before Hearth has looked was never away for it. */
const stir = async (most: number): Promise<readonly Act[]> => {
  const acts: Act[] = [];
  const names = PARTICIPANTS.toSorted(() => dice(3) - 1).slice(0, dice(most + 1));
  for (const name of names) acts.push(await toggle(name));
  await written();
  return acts;
};

/** Minutes pass for Hearth, and it has noted since that it sees the room. */
const pass = async (minutes: number): Promise<void> => {
  await clock.turn(minutes * MINUTE);
  const now = clock.time.now();
  await until(
    'Hearth has looked around since',
    async () =>
      Number(await stage.records.presences.lastObserved(stage.sandbox.guild.id)) >= now - 15 * SECOND,
    120,
  );
};

const codes = () => ['Lena', ...inside].map((name) => voice().of(who(name).id).privacyCode());
const isBack = (): boolean => {
  const [code, ...others] = new Set(codes());
  return standsIn() !== undefined && code !== undefined && others.length === 0;
};
const back = () => until('Hearth is in the call, and everybody sees one code', isBack, BACK_WITHIN);

const die = async (): Promise<void> => {
  counted.deaths += 1;
  if (isBack()) counted.inCall += 1;
  await voice().faults.vanish();
};

/** A death of the voice server, with people who come and go before, meanwhile, and after. */
const survive = async (): Promise<readonly Act[]> => {
  const acts = [...(await stir(2))];
  await pass(1 + dice(4));
  await die();
  acts.push(...(await stir(2)));
  await pass(1 + dice(3));
  await voice().faults.comeBack();
  return [...acts, ...(await stir(1))];
};

/** Seconds of one person, as the acts have it: there from one that comes to one that goes. */
const ticksOf = (name: string, wasInside: boolean, acts: readonly Act[], from: number, to: number): Ticks => {
  const own = acts.filter((act) => act.name === name);
  return Array.from({ length: Math.round((to - from) / SECOND) }, (_, second) => {
    const last = own.findLast((act) => act.from <= from + second * SECOND);
    return (last?.comes ?? wasInside) ? 'observed' : 'away';
  });
};

/** No act can have been heard of so late or early that it counts as something else. */
const expectAsCounted = (
  kept: { readonly status: string; readonly minutes: number; readonly unobservedMinutes: number },
  ticks: Ticks,
  acts: number,
  policy: AttendancePolicy,
): void => {
  const seconds = ticks.filter((tick) => tick === 'observed').length;
  const slack = ((acts + 1) * SLACK) / SECOND;
  const [fewest, most] = [Math.floor((seconds - slack) / 60), Math.floor((seconds + slack) / 60)];
  counted.attendances += 1;
  if (kept.minutes === Math.floor(seconds / 60)) counted.exact += 1;
  expect(kept.minutes).toBeGreaterThanOrEqual(Math.max(0, fewest));
  expect(kept.minutes).toBeLessThanOrEqual(most);
  expect(kept.unobservedMinutes).toBe(0);
  expect(kept.status).toBe(statusByTicks(ticks, policy));
};

const expectAttendance = async (
  sessionId: string,
  before: ReadonlySet<string>,
  acts: readonly Act[],
): Promise<void> => {
  const { records } = stage;
  const session = await records.sessions.lastEnded((await groupCalled(stage, GROUP)).id);
  if (session?.id !== sessionId) return expect.fail('the session has not ended');
  const [from, to] = [session.startedAt.getTime(), session.endedAt.getTime()];
  const intervals = await records.presences.ofSession(sessionId);
  const attendances = await records.attendances.ofSession(sessionId);
  for (const name of PARTICIPANTS) {
    const own = acts.filter((act) => act.name === name);
    const kept = attendances.find(({ person }) => person.account === who(name).id);
    if (!kept) return expect.fail(`nothing is kept of ${name}`);
    // One stretch for each coming, from the act to the next act.
    const stretches = intervals.filter(({ personId }) => personId === people.get(name));
    const edges = stretches
      .toSorted((a, b) => +a.start - +b.start)
      .flatMap(({ start, end }) => [+start, end ? +end : to]);
    const due = [
      ...(before.has(name) ? [from] : []),
      ...own.map((act) => act.from),
      ...(inside.has(name) ? [to] : []),
    ];
    expect(edges.length, `${name} came and went`).toBe(due.length);
    edges.forEach((edge, index) => void expect(Math.abs(edge - (due[index] ?? 0))).toBeLessThan(SLACK));
    expectAsCounted(
      { ...kept, status: currentStatus(kept) },
      ticksOf(name, before.has(name), acts, from, to),
      own.length,
      USUAL_POLICY,
    );
  }
};

describe('a voice server that dies and returns fifty times', () => {
  it.each(Array.from({ length: SESSIONS }, (_, index) => index + 1))(
    'leaves the attendance of session %i as people came and went',
    async (number) => {
      const acts: Act[] = [];
      const before = new Set(inside);
      done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
      const { id } = await unfinished();
      await back();
      for (let death = 1; death <= DEATHS_IN_SESSION; death += 1) {
        acts.push(...(await survive()));
        // The last ones come one upon the other, before Hearth is back.
        if (death < FIRST_AT_ONCE || death === DEATHS_IN_SESSION) await back();
      }
      await pass(5);
      says(await who('Lena').run('/session end', {}, { in: 'staff-room' }), 'ended');
      await expectAttendance(id, before, acts);
      await until('Hearth has left', () => standsIn() === undefined, 30);
      expect(counted.deaths).toBe(number * DEATHS_IN_SESSION);
    },
    PATIENCE,
  );

  it('has not touched the bot’s own connection to Discord', () => {
    expect(counted.deaths).toBe(SESSIONS * DEATHS_IN_SESSION);
    expect(counted.inCall).toBeGreaterThanOrEqual(SESSIONS * FIRST_AT_ONCE);
    expect(connections()).toEqual({ logins: 1, ready: 1, resumed: 0 });
  });

  it('has had it ask for its place seldom enough, in every minute', () => {
    noteAsked();
    expect(asked.length).toBeGreaterThan(SESSIONS * 3);
    expect(mostInAMinute()).toBeLessThan(120);
  });
});
