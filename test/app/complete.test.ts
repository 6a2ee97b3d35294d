/** What may be chosen while somebody types: only what they may see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cohort } from '../../commands/cohort.ts';
import { schedule } from '../../commands/schedule.ts';
import { complete } from '../../src/app/complete.ts';
import type { Completed } from '../../src/core/completion.ts';
import { confidential } from '../../src/core/confidential.ts';
import { wordsFor } from '../../src/words/index.ts';
import { askerOf } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, GUILD, LEAD, LOBBY, OUTSIDER } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
const NAMES = ['Harbour', 'Meadow'];

const offered = async (list: Completed, account: string) => {
  const where = { guildId: GUILD, channelId: LOBBY, account, admin: account === ADMIN, given: {} };
  return (await complete(world, list, where)).map(wordsFor('en').completion);
};
const values = async (list: Completed, account: string) =>
  (await offered(list, account)).map(({ value }) => value);

beforeAll(async () => {
  world = await testWorld();
  const people = askerOf(world, [cohort]);
  for (const [index, name] of NAMES.entries()) {
    const lead = index === 0 ? LEAD : BEN;
    const given = { name, type: 'skills', lead, 'co-facilitator': CO_FACILITATOR };
    await people.read(ADMIN, 'cohort create', { given });
  }
  await people.read(ADMIN, 'cohort enrol', { given: { cohort: 'Harbour', person: ANA } });
});
afterAll(() => world.close());

describe('completing an option', () => {
  it('offers every group to an admin, their own to others, and none to somebody outside', async () => {
    expect(await values('cohort', ADMIN)).toEqual(NAMES);
    expect(await values('cohort', LEAD)).toEqual(['Harbour']);
    expect(await values('cohort', OUTSIDER)).toEqual([]);
  });

  it('offers the topics of the group’s own type, and none to somebody outside', async () => {
    const ids = await values('topic', LEAD);
    expect(ids.length).toBeGreaterThan(0);
    const types = ids.map((id) => world.catalogue.topic(id)?.groupType);
    expect(new Set(types)).toEqual(new Set(['skills']));
    expect(await values('topic', OUTSIDER)).toEqual([]);
  });

  it('offers the meetings ahead and those that were left out, and none to somebody outside', async () => {
    const people = askerOf(world, [schedule]);
    const given = { cohort: 'Harbour', date: '2026-05-06', time: '18:00' };
    await people.read(ADMIN, 'schedule add', { given });
    const [meeting] = await offered('meeting', LEAD);
    expect(meeting?.label).toMatch(/Wednesday,? 6 May 2026, 18:00 \(Etc\/UTC\)/);
    expect(await values('meeting', OUTSIDER)).toEqual([]);
    const skipped = { cohort: 'Harbour', meeting: meeting?.value, sure: 'y' };
    await people.read(ADMIN, 'schedule skip', { given: skipped });
    expect(await values('meeting', LEAD)).toEqual([]);
    await people.read(ADMIN, 'schedule add', { given: { ...given, date: '2026-05-07' } });
    expect(await values('skipped-meeting', LEAD)).toEqual([meeting?.value]);
  });

  it('offers goals to the one who set them, and to nobody else', async () => {
    const [group] = await world.store.records.cohorts.ofAccount(GUILD, ANA);
    if (!group) throw new Error('Ana has no group');
    const person = await world.store.records.people.known(ANA);
    await world.store.change(async ({ goals }) => {
      await goals.add({
        id: world.ids.next(),
        number: 1,
        cohortId: group.id,
        person,
        text: confidential('walk\nfar on foot'),
        readers: 'staff',
        reviewOn: '2026-06-01',
        setAt: world.clock.now(),
        updates: [],
      });
      return { ok: true, value: null };
    });
    const [goal] = await offered('goal', ANA);
    expect(goal).toMatchObject({ value: '1', label: '1: walk far on foot' });
    expect(await values('goal', LEAD)).toEqual([]);
  });
});
