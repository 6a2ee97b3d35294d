/** Every option of `/exercise`, `/breathe` and `/media`, and every button of theirs, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { breathe } from '../../commands/breathe.ts';
import { exercise } from '../../commands/exercise.ts';
import { media } from '../../commands/media.ts';
import type { Request } from '../../src/command.ts';
import { oggOf, tonePackets } from '../adapters/voice/files.ts';
import { LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { expectClean, hostileGiven } from '../world/hostile.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 20;
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];
const CARRIED = ['playback', 'sure', 'recording', 'minutes', 'file'] as const;
const ADDRESS = 'https://cdn.discordapp.com/attachments/1/2/a.ogg';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Cove');
  world.discord.files.set(ADDRESS, oggOf(tonePackets(5)));
  await group.says(LEAD, 'session open');
});
afterAll(() => world.close());

const commands = [exercise, breathe, media].flatMap((of) =>
  of.commands.map((command) => ({ command, path: `${of.name} ${command.name}` })),
);
const MEANT = {
  cohort: 'Cove',
  name: 'pause',
  pattern: 'box',
  recording: '1',
  address: 'https://example.org/film',
  file: { name: 'a.ogg', size: 9, url: ADDRESS },
};

describe.each(commands)('/$path', ({ command, path }) => {
  const ask = (given: Request['given'], via: Request['via']) =>
    group.people.ask(LEAD, path, { channelId: group.room('group'), given, via });

  it('answers whatever is typed with something clean, and what stands can still be shown', async () => {
    await fc.assert(
      fc.asyncProperty(hostileGiven(command.input, MEANT), fc.constantFrom(...VIAS), async (given, via) =>
        expectClean(await ask(given, via)),
      ),
      { numRuns: RUNS },
    );
    await group.settle();
  });

  it('answers kindly to a button that somebody has tampered with', async () => {
    for (const value of ['', '-1', '1e9', '@everyone', 'x'.repeat(5_000), 7, null, ['yes', 'no'], {}]) {
      for (const carried of CARRIED) expectClean(await ask({ [carried]: value }, 'press'));
    }
  });
});
