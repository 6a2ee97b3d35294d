/** Every option of `/schedule`, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { schedule } from '../../commands/schedule.ts';
import type { Request } from '../../src/command.ts';
import { LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { expectClean, hostileGiven, hostileText } from '../world/hostile.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 20;
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'The group');
  const asked = await group.people.read(LEAD, 'schedule set', {
    channelId: group.room('staff'),
    given: { when: 'Mon Wed 18:00', weeks: 20 },
  });
  const [save] = asked.actions?.flat() ?? [];
  if (save) await group.people.press(LEAD, save, { channelId: group.room('staff') });
});
afterAll(() => world.close());

const ask = (path: string, given: Request['given'], via: Request['via']) =>
  group.people.ask(LEAD, path, { channelId: group.room('staff'), given, via });

const COHORT = { cohort: 'The group' };
const MEANT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  set: { ...COHORT, when: 'daily 6pm', zone: 'Europe/Madrid', first: '2026-05-10', last: '2026-06-30' },
  show: COHORT,
  skip: { ...COHORT, meeting: '2026-05-06 18:00' },
  restore: { ...COHORT, meeting: '2026-05-06' },
  move: { ...COHORT, meeting: '2026-05-11', date: '2026-05-12', time: '9:30' },
  add: { ...COHORT, date: '2026-05-09', time: '10am' },
  holiday: { ...COHORT, date: '2026-05-13' },
  end: COHORT,
};

describe.each(schedule.commands.map((command) => ({ command, name: command.name })))(
  '/schedule $name',
  ({ command, name }) => {
    it('answers whatever is typed with something clean', async () => {
      await fc.assert(
        fc.asyncProperty(
          hostileGiven(command.input, MEANT[name]),
          fc.constantFrom(...VIAS),
          async (given, via) => {
            expectClean(await ask(`schedule ${name}`, given, via));
          },
        ),
        { numRuns: RUNS },
      );
    });
  },
);

describe('free text', () => {
  it.each(['when', 'cron', 'first', 'last', 'zone'])(
    'as %s is answered with something clean',
    async (option) => {
      await fc.assert(
        fc.asyncProperty(hostileText, async (written) => {
          expectClean(await ask('schedule set', { when: 'Mon 18:00', [option]: written }, 'slash'));
        }),
        { numRuns: RUNS },
      );
    },
  );
});

describe('a button that somebody has tampered with', () => {
  it.each([
    ['set', 'save'],
    ['set', 'leave'],
    ['skip', 'sure'],
    ['end', 'sure'],
  ])('/schedule %s answers kindly', async (path, carried) => {
    for (const value of ['', 'no', '@everyone', 'x'.repeat(5_000), 7, null, ['y', 'n'], {}]) {
      expectClean(await ask(`schedule ${path}`, { ...MEANT[path], [carried]: value }, 'press'));
    }
  });
});
