/** Every option of `/session` and `/turn`, and every button of theirs, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { session } from '../../commands/session.ts';
import { turn } from '../../commands/turn.ts';
import type { Request } from '../../src/command.ts';
import { ANA, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { expectClean, hostileGiven } from '../world/hostile.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 20;
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];
const CARRIED = ['step', 'after', 'sure', 'minutes'] as const;

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
});
afterAll(() => world.close());

const commands = [session, turn].flatMap((of) =>
  of.commands.map((command) => ({ command, path: `${of.name} ${command.name}` })),
);
const actor = (path: string): string =>
  path.startsWith('session') || path === 'turn next' || path === 'turn unheard' ? LEAD : ANA;

describe.each(commands)('/$path', ({ command, path }) => {
  it('answers whatever is typed with something clean, and the session can still be shown', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileGiven(command.input, { topic: 'no-such-topic' }),
        fc.constantFrom(...VIAS),
        async (given, via) => {
          expectClean(
            await group.people.ask(actor(path), path, { channelId: group.room('group'), given, via }),
          );
        },
      ),
      { numRuns: RUNS },
    );
    await group.settle();
  });

  it('answers kindly to a button that somebody has tampered with', async () => {
    for (const value of ['', '-1', '1e9', '@everyone', 'x'.repeat(5_000), 7, null, ['yes', 'no'], {}]) {
      for (const carried of CARRIED) {
        const given = { [carried]: value };
        expectClean(
          await group.people.ask(actor(path), path, { channelId: group.room('group'), given, via: 'press' }),
        );
      }
    }
  });
});
