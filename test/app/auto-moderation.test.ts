/** Whether Discord stops messages in the rooms of a group: an option of its policy, which follows the group to its end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repairAutoModeration } from '../../src/app/bring-auto-moderation.ts';
import { SECOND } from '../../src/core/time.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, GUILD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let other: Group;

/** What rules hold for now. */
const moderated = () => world.discord.moderated;

const policy = async (auto: string, of = group) => {
  const given = { cohort: of.cohort.name, 'auto-moderation': auto };
  const text = readable(await of.people.read(ADMIN, 'cohort policy', { given }));
  await of.settle();
  return text;
};

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour', { signed: [ANA] });
  other = await aGroup(world, 'Meadow', { signed: [ANA] });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.discord.lacking = [];
  world.discord.otherRooms = 4;
});

describe('rules of AutoMod', () => {
  it('stand nowhere unless a group wants them, and the policy says what they would need', async () => {
    expect(await policy('off')).toContain('needs Manage Server');
    expect(moderated()).toBeUndefined();
  });

  it('are refused kindly without the right, and where too many other rooms stand', async () => {
    world.discord.lacking = ['Manage Server'];
    expect(await policy('on')).toContain('invitation does not ask for');
    world.discord.lacking = [];
    world.discord.otherRooms = 51;
    expect(await policy('on')).toContain('no more than 50 rooms');
    expect(moderated()).toBeUndefined();
  });

  it('hold in the rooms of the group, and not in that of its staff', async () => {
    expect(await policy('shown')).toContain('Hearth reads no message');
    const { channelIds = [], shownIn } = moderated() ?? {};
    expect(channelIds).toEqual(
      expect.arrayContaining([group.room('group'), group.room('voice'), group.room('welcome')]),
    );
    expect(channelIds).not.toContain(group.room('staff'));
    expect(shownIn).toBe(group.room('staff'));
  });

  it('show the staff of one group nothing of another', async () => {
    await policy('on', other);
    expect(moderated()?.channelIds).toContain(other.room('group'));
    expect(moderated()?.shownIn).toBeUndefined();
  });

  it('are brought again when somebody has changed them', async () => {
    world.discord.moderated = undefined;
    await repairAutoModeration(world, GUILD);
    world.clock.pass(2 * SECOND);
    await group.settle();
    expect(moderated()?.channelIds).toContain(group.room('group'));
  });

  it('go with the last group that wants them', async () => {
    await other.people.read(ADMIN, 'cohort archive', { given: { cohort: 'Meadow', sure: 'yes' } });
    await group.settle();
    expect(moderated()?.channelIds).not.toContain(other.room('group'));
    await policy('off');
    expect(moderated()).toBeUndefined();
  });
});
