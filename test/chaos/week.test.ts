/** A week of many groups, played by two processes that are killed at random: nothing is lost, and nothing is said twice. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../adapters/jobs/until.ts';
import { says, sign } from '../journey/group.ts';
import { ADMIN } from '../journey/stage.ts';
import { diceOf } from './dice.ts';
import { type Counts, type People, play } from './week/acts.ts';
import { type Arena, openArena, type Strike, strikeOf } from './week/arena.ts';
import { type Group, type Moment, programmeOf } from './week/programme.ts';
import { expectOver, expectWeek, type Found } from './week/standing.ts';
import { DAY } from './week/wall.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 200);
const COHORTS = Number(process.env['CHAOS_COHORTS'] ?? 20);
/** Setting up twenty groups, and living through a day of them, on a machine that does much else. */
const PATIENT = 1_800_000;

const dice = diceOf(SEED);
const programme = programmeOf(COHORTS, Date.now());
const counts: Counts = { answered: 0, unanswered: 0, keptUnanswered: 0, faults: 0 };
const strikes: readonly (Strike & { readonly moment: number })[] = Array.from({ length: KILLS }, () => ({
  ...strikeOf(dice),
  moment: dice(programme.moments.length),
}));

let arena: Arena;
let people: People;
let found: Found | undefined;
let weekBegan = 0;

const enrol = async (group: Group, name: string): Promise<void> => {
  const { who } = arena.stage;
  says(await who(ADMIN).run('/cohort enrol', { cohort: group.name, person: who(name).id }), 'enrolled');
  await sign(who(name));
};

const makeGroup = async (group: Group): Promise<void> => {
  const { who } = arena.stage;
  const { name, zone, when, firstDate, lead, coFacilitator } = group;
  const people = { lead: who(lead).id, 'co-facilitator': who(coFacilitator).id };
  const made = { name, zone, type: 'psychoeducation', capacity: 8, minutes: '60', ...people };
  says(await who(ADMIN).run('/cohort create', made), 'The group is made');
  for (const one of [group.steady, group.varying]) await enrol(group, one);
  await until(`${lead} sees the staff room`, () => who(lead).sees('staff-room'), 60);
  const set = { when, first: firstDate, weeks: 1 };
  says(await who(lead).run('/schedule set', set, { in: 'staff-room' }), 'Save this schedule?');
  await who(lead).press('Save this schedule', { in: 'staff-room' });
};

/** So many at a time, as an admin would. */
const AT_ONCE = 5;

const everybody = programme.groups.flatMap(({ lead, coFacilitator, steady, varying }) => [
  ...[lead, coFacilitator, steady, varying],
]);

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${SEED}\n`);
  arena = await openArena(everybody, programme.begins);
  people = { arena, dice, counts };
}, PATIENT);

afterAll(async () => {
  const [first, second] = arena.quarries;
  const kills = first.deaths() + second.deaths();
  const whileStarting = first.deathsAtStart() + second.deathsAtStart();
  const seconds = Math.round((performance.now() - weekBegan) / 1_000);
  const told = { seed: SEED, cohorts: COHORTS, kills, whileStarting, ...counts, ...found, seconds };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  await arena.close();
}, PATIENT);

/** Nothing is due, and nothing comes of what was seen at a start either. */
const atRest = async (): Promise<void> => {
  await Promise.all(arena.quarries.map(({ untilUp }) => untilUp()));
  await arena.settled();
  await sleep(200);
  await arena.settled();
};

const live = async (moment: Moment): Promise<void> => {
  const index = programme.moments.indexOf(moment);
  const hunting = arena.hunt(strikes.filter((strike) => strike.moment === index));
  await sleep(dice(200));
  await arena.turnTo(moment.at);
  await Promise.all([hunting, play(people, moment, programme.groups)]);
  await arena.settled();
};

const dayOf = ({ at }: Moment): number => Math.floor((at - programme.begins) / DAY) + 1;
const DAYS = [...Map.groupBy(programme.moments, dayOf)].map(([day, moments]) => ({ day, moments }));

describe('a week in which two processes are killed at random instants', () => {
  it('is set up while nothing goes wrong', { timeout: PATIENT }, async () => {
    for (let index = 0; index < programme.groups.length; index += AT_ONCE) {
      await Promise.all(programme.groups.slice(index, index + AT_ONCE).map(makeGroup));
    }
    await atRest();
    await arena.refresh();
    arena.slowDown();
    await atRest();
    found = await expectWeek(arena, programme);
    weekBegan = performance.now();
  });

  it.each(DAYS)(
    'on day $day loses nothing, and says nothing twice',
    { timeout: PATIENT },
    async ({ moments }) => {
      for (const moment of moments) await live(moment);
      await atRest();
      found = await expectWeek(arena, programme);
    },
  );

  it('leaves nothing over', { timeout: PATIENT }, async () => {
    await arena.turnTo(arena.now() + DAY);
    await Promise.all(arena.quarries.map(({ kill }) => kill()));
    await atRest();
    found = await expectWeek(arena, programme);
    await expectOver(arena);
    const [first, second] = arena.quarries;
    expect(first.deaths() + second.deaths()).toBeGreaterThanOrEqual(KILLS);
  });
});
