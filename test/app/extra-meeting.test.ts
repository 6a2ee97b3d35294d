/** A missed session is made up for in an extra meeting of the group, and follows whatever becomes of that meeting. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Action } from '../../src/words/card.ts';
import { notice } from '../../src/words/en/notices.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
const worlds: TestWorld[] = [];

/** The day of the extra meeting, in the group's zone, which is UTC; it is added for 18:00. */
const THAT_DAY = '2026-05-08';

const staff = (path: string, given: Record<string, unknown> = {}) =>
  group.says(LEAD, path, { given, channelId: group.room('staff') });
const offer = (time = '18:00') =>
  staff('make-up offer', { person: BEN, kind: 'group', date: THAT_DAY, time });
const own = async () => {
  const ben = await world.store.records.people.known(BEN);
  const [makeUp] = await world.store.records.makeUps.ofPerson(group.cohort.id, ben.id);
  return makeUp ?? expect.fail('nothing is to be made up for');
};
const state = async () => (await own()).state;
const answer = async (label: string): Promise<string> => {
  const [made] = world.discord.notices.filter(({ notice: { kind } }) => kind === 'make-up').slice(-1);
  const buttons: readonly Action[] = made ? (notice(made.notice).actions?.flat() ?? []) : [];
  const button = buttons.find((each) => each.label === label) ?? expect.fail(`no button says ${label}`);
  const reply = await group.people.press(BEN, button, { direct: true, channelId: 'a direct message' });
  return reply.kind === 'tell' ? readable(reply.card) : expect.fail('a form is asked for');
};
const book = async (): Promise<void> => {
  await offer();
  await group.settle();
  expect(await answer('Accept')).toContain('It is booked');
};

beforeEach(async () => {
  world = await testWorld();
  worlds.push(world);
  group = await aGroup(world, 'Birch');
  group.inVoice(ANA, CLEO);
  await staff('session open');
  world.clock.pass(90 * MINUTE);
  await staff('session end');
  await staff('schedule add', { date: THAT_DAY, time: '18:00' });
  await group.settle();
});
afterEach(() => Promise.all(worlds.splice(0).map((each) => each.close())));

describe('an extra meeting', () => {
  it('is offered, taken by the button, held, and credited for what was missed', async () => {
    await book();
    expect(await state()).toBe('booked');
    world.clock.set(new Date(`${THAT_DAY}T18:00:00Z`));
    group.inVoice(ANA, BEN, CLEO);
    await staff('session open');
    world.clock.pass(60 * MINUTE);
    await staff('session end');
    await group.settle();
    expect(await own()).toMatchObject({ state: 'held', minutes: 60 });
    expect(await staff('attendance show', { session: 1 })).toContain('Made up');
  });

  it('that is no meeting of the group is not offered', async () => {
    expect(await offer('17:00')).toContain('no extra meeting');
    await staff('individual schedule', { person: ANA, date: THAT_DAY, time: '15:00' });
    expect(await offer('15:00')).toContain('no extra meeting');
  });

  it('that is missed as well is still to be made up for', async () => {
    await book();
    world.clock.set(new Date(`${THAT_DAY}T18:00:00Z`));
    group.inVoice(ANA);
    await staff('session open');
    world.clock.pass(60 * MINUTE);
    await staff('session end');
    expect(await state()).toBe('missed');
  });
});

describe('what is booked in a meeting of the group', () => {
  it('is moved with it', async () => {
    await book();
    await staff('schedule move', { meeting: THAT_DAY, time: '19:00' });
    const startsAt = new Date(`${THAT_DAY}T19:00:00Z`);
    expect(await own()).toMatchObject({ state: 'booked', offer: { startsAt } });
    expect(await group.says(BEN, 'make-up list')).toContain(`<t:${startsAt.getTime() / 1_000}:F>`);
  });

  it.each([
    ['is left out', () => staff('schedule skip', { meeting: THAT_DAY, sure: 'y' })],
    ['is on a holiday', () => staff('schedule holiday', { date: THAT_DAY })],
    [
      'ends with the group',
      async () => {
        const given = { cohort: 'Birch', sure: 'yes', confirm: 'Birch' };
        await group.people.ask(ADMIN, 'cohort archive', { via: 'press', given });
      },
    ],
    [
      'is opened by nobody',
      async () => {
        world.clock.set(new Date(new Date(`${THAT_DAY}T18:00:00Z`).getTime() + 3 * HOUR));
        await group.settle();
      },
    ],
  ])('is due again when the meeting %s', async (_what, happens) => {
    await book();
    await happens();
    expect(await state()).toBe('due');
  });

  it('stays due when the meeting is taken up again: it is offered anew', async () => {
    await book();
    await staff('schedule skip', { meeting: THAT_DAY, sure: 'y' });
    await staff('schedule restore', { meeting: THAT_DAY });
    expect(await state()).toBe('due');
    await book();
    expect(await state()).toBe('booked');
  });
});

describe('what is only offered', () => {
  it.each([
    ['is moved', () => staff('schedule move', { meeting: THAT_DAY, time: '19:00' })],
    ['is left out', () => staff('schedule skip', { meeting: THAT_DAY, sure: 'y' })],
  ])('no longer stands when the meeting %s', async (_what, happens) => {
    await offer();
    await group.settle();
    await happens();
    expect(await state()).toBe('due');
    expect(await answer('Accept')).toContain('no longer stands');
  });
});

describe('a change of the group’s calendar', () => {
  const HAND = { person: ANA, date: THAT_DAY, time: '10:00' };
  const planned = async () => {
    const ahead = await world.store.records.occurrences.ahead(group.cohort.id, world.clock.now());
    return ahead.filter(({ individual }) => individual);
  };

  it('leaves the times of two people alone', async () => {
    await staff('individual schedule', HAND);
    await group.settle();
    const [kept] = await planned();
    for (const [path, given] of [
      ['schedule skip', { meeting: kept?.id, sure: 'y' }],
      ['schedule skip', { meeting: `${THAT_DAY} 10:00`, sure: 'y' }],
      ['schedule move', { meeting: kept?.id, time: '11:00' }],
      ['schedule move', { meeting: `${THAT_DAY} 10:00`, time: '11:00' }],
      ['schedule restore', { meeting: kept?.id }],
    ] as const) {
      expect(await staff(path, given)).toContain('No meeting of the group');
    }
    await staff('schedule holiday', { date: THAT_DAY });
    await staff('schedule set', { when: 'Mon 09:00', weeks: 4 });
    await staff('schedule end', { sure: 'y' });
    expect(await planned()).toEqual([kept]);
  });

  it('does not tell when two people meet, where it would overlap with that', async () => {
    await staff('individual schedule', HAND);
    const said = [
      await staff('schedule add', { date: THAT_DAY, time: '09:15' }),
      await staff('schedule set', { when: 'Fri 09:15', weeks: 1 }),
    ];
    for (const each of said) {
      expect(each).toContain('overlaps another time that is kept already');
      expect(each).not.toContain(String(new Date(`${THAT_DAY}T10:00:00Z`).getTime() / 1_000));
    }
  });

  it('keeps whoever leads another group, while it meets, from times of two', async () => {
    const other = { name: 'Elm', type: 'support', lead: LEAD, 'co-facilitator': OUTSIDER };
    await group.people.read(ADMIN, 'cohort create', { given: other });
    await group.people.read(ADMIN, 'schedule add', {
      given: { cohort: 'Elm', date: THAT_DAY, time: '10:30' },
    });
    expect(await staff('individual schedule', { ...HAND, cohort: 'Birch' })).toContain(
      'Their therapist has another',
    );
  });

  it('shows nobody the times of others', async () => {
    await staff('individual schedule', HAND);
    const shows = `<t:${new Date(`${THAT_DAY}T10:00:00Z`).getTime() / 1_000}`;
    for (const account of [ANA, BEN, LEAD])
      expect(await group.says(account, 'schedule show')).not.toContain(shows);
  });
});
