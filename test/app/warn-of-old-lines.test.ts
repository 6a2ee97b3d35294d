/** Crisis lines grow old: the staff are told once a month, and admins find it in `/doctor`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warnOfOldLines } from '../../src/app/warn-of-old-lines.ts';
import { DAY } from '../../src/core/time.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
const warned = async () => {
  await warnOfOldLines(world);
  await group.settle();
  return world.discord.said
    .map(({ announcement }) => announcement)
    .filter(({ kind }) => kind === 'lines-old');
};
const confirm = (country: string) => group.people.read(ADMIN, 'crisis-lines confirm', { given: { country } });

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour', { signed: [ANA] });
});
afterAll(() => world.close());

describe('crisis lines that were verified long ago', () => {
  it('are told of nowhere but in /doctor while nobody is shown them', async () => {
    expect(await warned()).toEqual([]);
    const card = await group.people.read(ADMIN, 'doctor');
    expect(readable(card)).toMatch(/\d+ entries were last verified more than 180 days ago/);
  });

  it('are told once a month where somebody has chosen them, without saying who or which', async () => {
    await group.says(ANA, 'help-now', { given: { country: 'ES' } });
    await world.helpDesk.finish();
    expect(await warned()).toEqual([{ kind: 'lines-old', entries: 1 }]);
    expect(await warned()).toHaveLength(1);
    expect(group.said('staff')).toContain('lines-old');
    expect(group.said('group')).not.toContain('lines-old');
    world.clock.pass(31 * DAY);
    expect(await warned()).toHaveLength(2);
  });

  it('are told of no longer once they are verified, and again 180 days later', async () => {
    await confirm('ES');
    world.clock.pass(31 * DAY);
    expect(await warned()).toHaveLength(2);
    world.clock.pass(150 * DAY);
    expect(await warned()).toHaveLength(3);
  });
});
