/** Hearth, killed again and again without a warning: nothing that was answered is lost, and nothing is said twice. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../sandbox/people.ts';
import type { Phase } from '../../src/core/agenda.ts';
import { currentStatus } from '../../src/core/attendance.ts';
import type { Interval } from '../../src/core/presence.ts';
import { phaseOf, type Session } from '../../src/core/session.ts';
import { until } from '../adapters/jobs/until.ts';
import { groupCalled, makeGroup, says, sign, told } from '../journey/group.ts';
import { ADMIN } from '../journey/stage.ts';
import { diceOf } from './dice.ts';
import { expectRooms, expectSession, type Found, sessionOf } from './standing.ts';
import { openTheatre, type Theatre } from './theatre.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
const dice = diceOf(SEED);
const GROUP = 'Tuesday';
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi', 'Dana', 'Eli'] as const;

let theatre: Theatre;
let found: Found = { boards: 0, said: 0, outOfOrder: 0 };
const acts = { answered: 0, unanswered: 0, keptUnanswered: 0 };

const who = (name: string) => theatre.stage.who(name);
const records = () => theatre.stage.records;

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${SEED}\n`);
  theatre = await openTheatre(['Nora', 'Omar', 'Lena', 'Tomas', ...PARTICIPANTS], dice);
});
afterAll(async () => {
  await theatre.close();
  const counts = { seed: SEED, kills: theatre.kills(), ...acts, ...found };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
});

const theSession = async (): Promise<Session> =>
  (await sessionOf(theatre.stage, GROUP)) ?? expect.fail('no session is kept');

const personId = async (name: string): Promise<string> => {
  const roster = await records().memberships.roster((await groupCalled(theatre.stage, GROUP)).id);
  const member = roster.find(({ person }) => person.account === who(name).id);
  return member?.person.id ?? expect.fail(`${name} is not on the roster`);
};

interface Act {
  act(): Promise<Outcome>;
  /** Whether what it was to bring about is kept. */
  isKept(): Promise<boolean>;
}

/** Whoever was answered finds it kept; whoever was not can do the same once more, by the same button. */
const expectKept = async ({ act, isKept }: Act, outcome: Outcome): Promise<void> => {
  const kept = await isKept();
  if (outcome.is === 'failure') acts.unanswered += 1;
  else acts.answered += 1;
  if (outcome.is !== 'failure') return expect(kept, 'what was answered is kept').toBe(true);
  if (kept) acts.keptUnanswered += 1;
  else told(await act());
  // What takes longer than Discord waits is acknowledged before it is done.
  await until('what was done once more is kept', isKept);
};

/** Lives through acts at the same time during which Hearth is killed, and looks at everything afterwards. */
const survive = async (together: readonly Act[]): Promise<void> => {
  const { seen } = await theatre.killDuring(() => Promise.all(together.map(({ act }) => act())));
  await theatre.revive();
  const outcomes = await seen;
  for (const [index, each] of together.entries()) {
    await expectKept(each, outcomes[index] ?? expect.fail('nothing was seen'));
  }
  await theatre.settled();
  found = await expectSession(theatre.stage, GROUP);
};

const pressing = (name: string, label: string, room: string) => (): Promise<Outcome> =>
  who(name).press(label, { in: room });

const next = (to: Phase): Act => ({
  act: pressing('Lena', 'Next', 'staff-room'),
  isKept: async () => {
    const session = await theSession();
    return session.state !== 'ended' && phaseOf(session) === to;
  },
});

const standing = (label: string, state: Session['state']): Act => ({
  act: pressing('Tomas', label, 'staff-room'),
  isKept: async () => (await sessionOf(theatre.stage, GROUP))?.state === state,
});

const checkIn = (name: string, act: Act['act']): Act => ({
  act,
  isKept: async () => {
    const checkIns = await records().checkIns.ofSession((await theSession()).id);
    const id = await personId(name);
    return checkIns.some((each) => each.personId === id);
  },
});

const turn = (name: string, act: Act['act'], state: string): Act => ({
  act,
  isKept: async () => {
    const id = await personId(name);
    return (await theSession()).turns.findLast((each) => each.personId === id)?.state === state;
  },
});

const passes = (name: string): Act => ({
  act: pressing(name, 'Pass', 'group-room'),
  isKept: async () => {
    const reflections = await records().reflections.ofSession((await theSession()).id);
    const id = await personId(name);
    return reflections.some((each) => each.personId === id);
  },
});

const extension: Act = {
  act: pressing('Lena', 'Extend +5', 'staff-room'),
  isKept: async () => {
    const events = await records().sessions.events((await theSession()).id);
    return events.some(({ event }) => event.kind === 'extended');
  },
};

const ARRIVAL = { mood: 6, energy: 5, words: 'calm', goal: 'on-track', share: 'group' };
const raises = (name: string): Act => turn(name, pressing(name, 'Raise hand', 'group-room'), 'waiting');

const MOMENTS: readonly { readonly what: string; readonly together: readonly Act[] }[] = [
  { what: 'a facilitator opens the session', together: [standing('Open the next session', 'running')] },
  { what: 'the lead goes on to the check-in', together: [next('check-in')] },
  {
    what: 'three people check in at once',
    together: [
      checkIn('Chidi', pressing('Chidi', 'Pass', 'group-room')),
      checkIn('Ana', () => who('Ana').run('/check-in', ARRIVAL, { in: 'group-room' })),
      checkIn('Ben', () => who('Ben').run('/check-in', ARRIVAL, { in: 'group-room' })),
    ],
  },
  { what: 'the lead goes on to grounding', together: [next('grounding')] },
  { what: 'the lead goes on to the review', together: [next('review')] },
  { what: 'somebody raises a hand', together: [raises('Ana')] },
  {
    what: 'the lead calls the next, and another hand is raised',
    together: [turn('Ana', pressing('Lena', 'Next turn', 'staff-room'), 'speaking'), raises('Ben')],
  },
  {
    what: 'somebody ends their turn, and the lead goes on to the topic',
    together: [turn('Ana', pressing('Ana', 'Done speaking', 'group-room'), 'done'), next('topic')],
  },
  { what: 'a facilitator pauses the session', together: [standing('Pause', 'paused')] },
  { what: 'a facilitator resumes the session', together: [standing('Resume', 'running')] },
  { what: 'the lead goes on to the discussion', together: [next('discussion')] },
  { what: 'the lead goes on to the exercise', together: [next('exercise')] },
  { what: 'the lead extends it, and a hand is raised', together: [extension, raises('Chidi')] },
  { what: 'the lead goes on to the reflection', together: [next('reflection')] },
  { what: 'two people pass the reflection at once', together: [passes('Chidi'), passes('Ana')] },
];

describe('Hearth is killed while it makes rooms', () => {
  it('and nobody knows whether the group was made: typed again, it stands once', async () => {
    const make = () =>
      makeGroup(theatre.stage, { name: 'Monday', lead: 'Nora', coFacilitator: 'Omar', enrolled: [] });
    const { seen } = await theatre.killDuring(() => make().catch(() => undefined));
    await theatre.revive();
    await seen;
    const kept = await records().cohorts.ofGuild(theatre.stage.sandbox.guild.id);
    if (!kept.some(({ name }) => name === 'Monday')) await make();
    await theatre.settled();
    await expectRooms(theatre.stage, 'Monday');
  });

  it('and some stand already: all five stand afterwards, each once', async () => {
    const { stage } = theatre;
    const standing = stage.sandbox.world.channels.size;
    await makeGroup(stage, { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: [] });
    const some = standing + 1 + dice(4);
    await until('some rooms stand', () => stage.sandbox.world.channels.size >= some);
    await sleep(dice(100));
    await theatre.kill();
    await theatre.revive();
    await expectRooms(stage, GROUP);
  });

  it('and the group comes together afterwards', async () => {
    for (const name of PARTICIPANTS) {
      const person = { cohort: GROUP, person: who(name).id };
      says(await who(ADMIN).run('/cohort enrol', person), 'enrolled');
      await sign(who(name));
    }
    for (const name of ['Ana', 'Ben', 'Chidi', 'Dana']) await who(name).join('group-voice');
  });
});

describe('Hearth is killed while', () => {
  it.each(MOMENTS)('$what', ({ together }) => survive(together));

  it('a form stands open, and people come and go: the form is taken all the same', async () => {
    expect(await who('Ben').press('Reflect', { in: 'group-room' })).toMatchObject({ is: 'form' });
    await theatre.kill();
    await who('Dana').leave();
    await who('Eli').join('group-voice');
    await theatre.revive();
    const reflection = { 'take-away': 'not-alone', intention: 'Sit by the river', share: 'group' };
    says(await who('Ben').fill(reflection), 'Sit by the river');
    const open = await records().presences.open((await theSession()).id);
    const there = await Promise.all(['Ana', 'Ben', 'Chidi', 'Eli'].map(personId));
    expect(open.map((each) => each.personId).toSorted()).toEqual(there.toSorted());
  });

  it('the lead ends the session', () => survive([standing('End', 'ended')]));
});

describe('the attendance of a session in which Hearth was killed so often', () => {
  const intervalsOf = async (name: string): Promise<readonly Interval[]> => {
    const id = await personId(name);
    const all = await records().presences.ofSession((await theSession()).id);
    return all
      .filter((each) => each.personId === id)
      .toSorted((a, b) => a.start.getTime() - b.start.getTime());
  };

  it('has no hole for those who were there all the time, only stretches that nobody saw', async () => {
    const session = await theSession();
    for (const name of ['Ana', 'Ben', 'Chidi']) {
      const intervals = await intervalsOf(name);
      const begins = intervals.map(({ start }) => start);
      const ends = intervals.map(({ end }) => end);
      expect(begins).toEqual([session.startedAt, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toEqual(session.state === 'ended' ? session.endedAt : expect.fail('not ended'));
      const unseen = intervals.filter(({ seen }) => seen === 'unobserved');
      expect(unseen.length).toBeLessThanOrEqual(theatre.kills());
    }
  });

  it('counts nothing for the time in which somebody may have left', async () => {
    const [last] = (await intervalsOf('Dana')).toReversed();
    const [first] = await intervalsOf('Eli');
    expect(first?.seen).toBe('observed');
    expect(first && last?.end && last.end < first.start).toBe(true);
  });

  it('says of everybody what they were', async () => {
    const attendances = await records().attendances.ofSession((await theSession()).id);
    const statuses = new Map(attendances.map((each) => [each.person.account, currentStatus(each)]));
    for (const name of ['Ana', 'Ben', 'Chidi']) expect(statuses.get(who(name).id), name).toBe('present');
    expect(statuses.size).toBe(PARTICIPANTS.length);
  });
});
