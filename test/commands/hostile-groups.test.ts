/** Every option of `/cohort`, `/agreement`, `/cycle` and `/waitlist`, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { agreement } from '../../commands/agreement.ts';
import { cohort } from '../../commands/cohort.ts';
import { cycle } from '../../commands/cycle.ts';
import { waitlist } from '../../commands/waitlist.ts';
import type { Request } from '../../src/command.ts';
import { type Asker, askerOf } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD } from '../world/cast.ts';
import { expectClean, hostileGiven } from '../world/hostile.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 40;
const NAME = 'The @everyone **group**';
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];

let world: TestWorld;
let people: Asker;

beforeAll(async () => {
  world = await testWorld();
  people = askerOf(world, [cohort, agreement, cycle, waitlist]);
  const given = { name: NAME, type: 'process', lead: LEAD, 'co-facilitator': CO_FACILITATOR };
  await people.read(ADMIN, 'cohort create', { given });
  await people.read(ADMIN, 'cohort enrol', { given: { cohort: NAME, person: ANA } });
  await people.read(ADMIN, 'cohort enrol', { given: { cohort: NAME, person: BEN } });
  await world.settle();
});
afterAll(() => world.close());

const commands = [cohort, agreement, cycle, waitlist].flatMap((group) =>
  group.commands.map((command) => ({ command, path: `${group.name} ${command.name}` })),
);
// Archiving would leave the other commands without a group: it is asked for by somebody who may not.
const actor = (path: string): string =>
  /^agreement (show|sign|withdraw)$/.test(path) ? ANA : path === 'cohort archive' ? LEAD : ADMIN;

describe.each(commands)('/$path', ({ command, path }) => {
  it('answers whatever is typed with something clean', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileGiven(command.input, { cohort: NAME, zone: 'Europe/Madrid' }),
        fc.constantFrom(...VIAS),
        async (given, via) => {
          expectClean(await people.ask(actor(path), path, { given, via }));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('a button that somebody has tampered with', () => {
  it.each([
    ['agreement sign', ANA, 'sha256'],
    ['agreement withdraw', ANA, 'sure'],
    ['cohort show', ADMIN, 'again'],
    ['cohort discharge', ADMIN, 'sure'],
    ['cohort archive', LEAD, 'sure'],
    ['cohort transfer', ADMIN, 'y'],
    ['cycle begin', ADMIN, 'sure'],
    ['waitlist next', ADMIN, 'who'],
    ['agreement publish', ADMIN, 'mark'],
  ])('/%s answers kindly', async (path, account, carried) => {
    for (const value of ['', 'no', '@everyone', 'x'.repeat(5_000), 7, null, ['yes', 'no'], {}]) {
      const given = { [carried]: value, cohort: NAME };
      expectClean(await people.ask(account, path, { given, via: 'press' }));
    }
  });
});
