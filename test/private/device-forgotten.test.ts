/** Whoever's device is forgotten needs none any more: they and the staff are told, since that is how an account is taken over. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetLostDevice } from '../../src/app/forget-device.ts';
import { allow } from '../../src/core/outcome.ts';
import { announcement } from '../../src/words/en/announcements.ts';
import { notice } from '../../src/words/en/notices.ts';
import { runSql } from '../postgres.ts';
import { ADMIN, CO_FACILITATOR, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const OTHER_ADMIN = '100000000000000027';
const OFFICE = '100000000000000029';
const FORMER = '100000000000000028';
const ELSEWHERE = '200000000000000088';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  await group.people.read(ADMIN, 'cohort policy', { given: { cohort: 'Birch', 'private-answers': 'link' } });
  await group.settle();
});
afterAll(() => world.close());
beforeEach(() => {
  world.discord.notices.length = 0;
  world.discord.said.length = 0;
  world.discord.closedDms.clear();
});

const hasDevice = async (account: string, isProved = true): Promise<void> => {
  const { id: personId } = await world.store.records.people.known(account);
  await world.store.change(async ({ secondFactors }) => {
    const confirmedAt = isProved ? { confirmedAt: world.clock.now() } : {};
    await secondFactors.put({ personId, secret: 'A'.repeat(32), failures: 0, ...confirmedAt });
    return { ok: true, value: null };
  });
};

const reset = async (account: string): Promise<void> => {
  await group.people.read(ADMIN, 'sign-in reset', { given: { cohort: 'Birch', person: account } });
  await group.settle();
};

/** In which rooms it was said. */
const rooms = () =>
  world.discord.said
    .filter((each) => each.announcement.kind === 'device-forgotten')
    .map(({ channelId, announcement: said }) => ({ channelId, said }));
const TOLD = { kind: 'device-forgotten', by: ADMIN };

describe('a device that an admin has forgotten', () => {
  it('is told to whose it was and to the staff, in words that name nobody but them and the admin', async () => {
    await group.people.read(OTHER_ADMIN, 'cohort create', {
      admin: true,
      guildId: ELSEWHERE,
      given: { name: 'Trap', type: 'support', lead: LEAD, 'co-facilitator': OTHER_ADMIN },
    });
    for (const path of ['session open', 'session end']) {
      await group.says(LEAD, path, { channelId: group.room('staff') });
    }
    await hasDevice(LEAD);
    await reset(LEAD);
    expect(world.discord.notices).toEqual([expect.objectContaining({ account: LEAD, notice: TOLD })]);
    expect(world.discord.notices[0]?.channelId).toBeUndefined();
    expect(rooms()).toEqual([{ channelId: group.room('staff'), said: { ...TOLD, account: LEAD } }]);
    const { text, calls } = announcement({ kind: 'device-forgotten', by: ADMIN, account: LEAD });
    expect([text, calls]).toEqual([expect.stringContaining(`<@${LEAD}>`), [LEAD]]);
    expect(notice({ kind: 'device-forgotten', by: ADMIN }).text).toContain(`on the word of <@${ADMIN}>`);
    expect(notice({ kind: 'device-forgotten' }).text).toContain('on the word of whoever runs Hearth');
  });

  it('is told once: where there is none any more, nobody is told again', async () => {
    await reset(LEAD);
    await hasDevice(LEAD, false);
    await reset(LEAD);
    expect([world.discord.notices, rooms()]).toEqual([[], []]);
  });

  it('is told by name in the room of the staff when they take no direct messages, whatever they chose', async () => {
    world.discord.closedDms.add(CO_FACILITATOR);
    await hasDevice(CO_FACILITATOR);
    await reset(CO_FACILITATOR);
    expect(rooms().map(({ said }) => said)).toEqual([{ ...TOLD, account: CO_FACILITATOR }]);
    const { rows } = await runSql(
      world.url,
      `SELECT outcome, why, room FROM notice n JOIN person p ON p.id = n.person_id
       WHERE kind = 'device-forgotten' AND account = $1`,
      [CO_FACILITATOR],
    );
    expect(rows).toEqual([{ outcome: 'dropped', why: 'closed', room: null }]);
  });

  it('of an admin who looks after no group is told to the staff of all of the server', async () => {
    const maple = await aGroup(world, 'Maple');
    await hasDevice(OFFICE);
    world.discord.managers.add(OFFICE);
    await group.people.read(OFFICE, 'cohort policy', {
      admin: true,
      given: { cohort: 'Birch', calls: 'no' },
    });
    await reset(OFFICE);
    const told = rooms().map(({ channelId }) => channelId);
    expect(told.toSorted()).toEqual([group.room('staff'), maple.room('staff')].toSorted());
  });

  it('by whoever runs Hearth is told where they are staff now, and not where they once were', async () => {
    world.discord.managers.add(FORMER);
    await group.people.read(FORMER, 'cohort policy', {
      admin: true,
      given: { cohort: 'Birch', calls: 'no' },
    });
    await group.people.read(FORMER, 'cohort create', {
      admin: true,
      guildId: ELSEWHERE,
      given: { name: 'New', type: 'support', lead: FORMER, 'co-facilitator': OTHER_ADMIN },
    });
    world.discord.managers.delete(FORMER);
    await hasDevice(FORMER);
    expect(await forgetLostDevice(world, FORMER)).toEqual(allow([ELSEWHERE]));
    await group.settle();
    expect(rooms().map(({ channelId }) => channelId)).not.toContain(group.room('staff'));
    expect(rooms()).toHaveLength(1);
  });
});
