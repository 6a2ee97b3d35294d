/** The meetings of a group stand among the events of its server, by their time only, and follow every change. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringEvents } from '../../src/app/bring-events.ts';
import { ADMIN, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

const bring = () => world.settle({ 'bring-events': (job) => bringEvents(world, job, 'Group meeting') });
const says = (path: string, given: Record<string, unknown>) =>
  group.says(LEAD, `schedule ${path}`, { given });
const events = () =>
  [...world.discord.events.values()].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
const starts = () => events().map(({ startsAt }) => startsAt.toISOString().slice(0, 16));
const set = async (given: Record<string, unknown>) => {
  const card = await group.people.read(LEAD, 'schedule set', { given, channelId: group.room('staff') });
  const [save] = card.actions?.flat() ?? [];
  if (!save) throw new Error('nothing was shown');
  await group.people.press(LEAD, save, { channelId: group.room('staff') });
  await bring();
};

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
});
afterAll(() => world.close());

describe('the events of a server', () => {
  it('are the meetings ahead, in the voice room, and name nothing but that a group meets', async () => {
    await set({ when: 'Wed Fri 18:00', weeks: 2, minutes: '60' });
    expect(starts()).toEqual([
      '2026-05-06T18:00',
      '2026-05-08T18:00',
      '2026-05-13T18:00',
      '2026-05-15T18:00',
    ]);
    expect(new Set(events().map(({ title }) => title))).toEqual(new Set(['Group meeting']));
    expect(new Set(events().map(({ channelId }) => channelId))).toEqual(new Set([group.room('voice')]));
  });

  it('follow what is skipped, moved and added', async () => {
    await says('skip', { meeting: '2026-05-06', sure: 'y' });
    await says('move', { meeting: '2026-05-08', time: '17:00' });
    await says('add', { date: '2026-05-09', time: '10:00' });
    await bring();
    expect(starts()).toEqual([
      '2026-05-08T17:00',
      '2026-05-09T10:00',
      '2026-05-13T18:00',
      '2026-05-15T18:00',
    ]);
  });

  it('change nothing when they are brought once more, and come back when somebody took one away', async () => {
    const before = [...world.discord.events];
    await bringEvents(world, { cohortId: group.cohort.id }, 'Group meeting');
    expect([...world.discord.events]).toEqual(before);
    world.discord.events.delete(before[0]?.[0] ?? '');
    await bringEvents(world, { cohortId: group.cohort.id }, 'Group meeting');
    expect(events()).toHaveLength(before.length);
  });

  it('are on the list of failures once, while Hearth may not bring them', async () => {
    world.discord.lacking = ['Manage Events'];
    for (let time = 0; time < 2; time += 1) {
      await bringEvents(world, { cohortId: group.cohort.id }, 'Group meeting');
    }
    world.discord.lacking = [];
    const open = await world.store.records.failures.open(GUILD, 10);
    expect(open.map(({ job }) => job)).toEqual([{ name: 'bring-events', cohortId: group.cohort.id }]);
  });

  it('stay while a meeting goes on', async () => {
    world.clock.set(new Date('2026-05-08T17:10:00Z'));
    await group.people.ask(LEAD, 'session open', { channelId: group.room('staff') });
    await bringEvents(world, { cohortId: group.cohort.id }, 'Group meeting');
    expect(starts()[0]).toBe('2026-05-08T17:00');
    await group.says(LEAD, 'session end');
  });

  it('are not wanted by every group, and go with it', async () => {
    await set({ when: 'Wed Fri 18:00', weeks: 2, events: 'no' });
    expect(starts()).toEqual([]);
    await set({ when: 'Wed Fri 18:00', weeks: 2, events: 'yes' });
    expect(starts().length).toBeGreaterThan(0);
    await group.people.read(ADMIN, 'cohort archive', { given: { cohort: 'Harbour', sure: 'yes' } });
    await bring();
    expect(starts()).toEqual([]);
  });
});
