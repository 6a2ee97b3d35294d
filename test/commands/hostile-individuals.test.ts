/** Every option of `/individual` and `/make-up`, and every button of theirs, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { individual } from '../../commands/individual.ts';
import { makeUp } from '../../commands/make-up.ts';
import type { Request } from '../../src/command.ts';
import { ANA, BEN, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { expectClean, hostileGiven } from '../world/hostile.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 20;
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];
const CARRIED = ['meeting', 'sure', 'offer', 'at', 'answer'] as const;
const MEANT = { date: '2026-05-20', time: '10:00', cohort: undefined };

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
  const given = { person: BEN, date: '2026-05-11', time: '09:00' };
  await group.says(LEAD, 'individual schedule', { given });
});
afterAll(() => world.close());

const commands = [individual, makeUp].flatMap((of) =>
  of.commands.map((command) => ({ command, path: `${of.name} ${command.name}` })),
);
const actor = (path: string): string => (path === 'make-up answer' ? ANA : LEAD);

describe.each(commands)('/$path', ({ command, path }) => {
  const ask = (given: Request['given'], via: Request['via']) =>
    group.people.ask(actor(path), path, { channelId: group.room('group'), given, via });

  it('answers whatever is typed with something clean', async () => {
    await fc.assert(
      fc.asyncProperty(hostileGiven(command.input, MEANT), fc.constantFrom(...VIAS), async (given, via) =>
        expectClean(await ask(given, via)),
      ),
      { numRuns: RUNS },
    );
  });

  it('answers kindly to a button that somebody has tampered with', async () => {
    for (const value of ['', '-1', '1e9', '@everyone', 'x'.repeat(5_000), 7, null, ['yes', 'no'], {}]) {
      for (const carried of CARRIED) expectClean(await ask({ [carried]: value }, 'press'));
    }
  });
});
