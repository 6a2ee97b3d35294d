/** Cycles of a group, and what happens when somebody joins one that runs: nobody comes in before everybody has agreed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellPastCycles } from '../../src/app/tell-past-cycles.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';
import { addDays } from '../../src/core/wall-time.ts';
import type { Action, Card } from '../../src/words/card.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Rounds', { signed: [ANA, BEN] });
});
afterAll(() => world.close());

const COHORT = { cohort: 'Rounds' };
const admin = async (path: string, given: Readonly<Record<string, unknown>> = {}): Promise<Card> => {
  const card = await group.people.read(ADMIN, path, { given: { ...COHORT, ...given } });
  await group.settle();
  return card;
};
const press = async (card: Card, label: string): Promise<string> => {
  const found = card.actions?.flat().find((action: Action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}: ${readable(card)}`);
  const reply = await group.people.press(ADMIN, found);
  if (reply.kind === 'ask') throw new Error('a form was shown');
  await group.settle();
  return readable(reply.card);
};
const inside = () => world.discord.guests('group', 'join');
const sign = async (account: string): Promise<string> => {
  const asked = { channelId: group.room('welcome'), given: { confirm: 'I agree' } };
  const text = readable(await group.people.read(account, 'agreement sign', asked));
  await group.settle();
  return text;
};
const cycles = () => world.store.records.cycles.ofCohort(group.cohort.id);

describe('a cycle', () => {
  it('that is the first is begun with what was signed for it', async () => {
    const card = await admin('cycle begin', { weeks: 6 });
    expect(readable(card)).toContain('Begin cycle 1?');
    expect(readable(card)).toContain('planned until 14 June 2026');
    expect(await press(card, 'Yes, begin it')).toContain('nobody signs twice');
    expect(inside()).toEqual([ANA, BEN]);
    expect(group.said('staff')).toContain('cycle-begun');
    expect(await cycles()).toMatchObject([
      { number: 1, consentRound: 1, lastDay: '2026-06-14', begunBy: ADMIN },
    ]);
  });

  it('is one at a time, ends after it begins, and closes the roster', async () => {
    expect(readable(await admin('cycle begin'))).toContain('Cycle 1 of this group goes on');
    expect(readable(await admin('cohort enrol', { person: OUTSIDER }))).toContain('roster is closed');
    expect(readable(await admin('cohort show'))).toContain('is planned until 14 June 2026');
  });

  it('is not ended in the middle of a session, and no session is opened after its end', async () => {
    await group.says(LEAD, 'session open');
    expect(readable(await admin('cycle end'))).toContain('session of this group is still open');
    await group.says(LEAD, 'session end', { given: { sure: 'yes' } });
    world.clock.pass(DAY);
    const asked = await group.people.read(LEAD, 'schedule set', {
      channelId: group.room('staff'),
      given: { when: 'Tue 18:00' },
    });
    await group.people.press(LEAD, asked.actions?.flat()[0] ?? { label: '', command: '' }, {
      channelId: group.room('staff'),
    });
    expect(await press(await admin('cycle end'), 'Yes, end it')).toContain('Cycle 1 has ended');
    expect(group.said('group')).toContain('cycle-ended');
    expect(await world.store.records.schedules.running(group.cohort.id)).toBeUndefined();
    expect(await group.says(LEAD, 'session open')).toContain('The last cycle of this group has ended');
    expect(inside()).toEqual([ANA, BEN]);
    expect(readable(await admin('cycle end'))).toContain('No cycle of this group goes on');
  });

  it('after the first begins by everybody signing again, and what was signed before stays kept', async () => {
    const card = await admin('cycle begin', { last: '2026-07-31' });
    expect(readable(card)).toContain('Everybody signs the agreement again');
    await press(card, 'Yes, begin it');
    expect(inside()).toEqual([]);
    await sign(ANA);
    await sign(BEN);
    expect(inside()).toEqual([ANA, BEN]);
    const signatures = await world.store.records.signatures.ofCohort(group.cohort.id);
    expect(signatures.map(({ consentRound }) => consentRound)).toEqual([1, 1, 2, 2]);
    expect(await cycles()).toMatchObject([{ ended: { by: ADMIN } }, { number: 2, consentRound: 2 }]);
    const shown = await group.says(LEAD, 'cycle show');
    expect(shown).toContain('Cycle 1 began');
    expect(shown).toContain('planned until 31 July 2026');
  });

  it.each([
    [{ last: '2026-01-01' }, 'The last day comes before the first'],
    [{ last: 'soon' }, 'is not a day of the calendar'],
    [{ last: '2026-07-31', weeks: 3 }, 'not both'],
  ])('is not begun with days that make no sense: %j', async (given, answer) => {
    const other = await aGroup(world, `Days ${answer}`.slice(0, 30), { signed: [] });
    const asked = { given: { cohort: other.cohort.name, ...given } };
    expect(readable(await other.people.read(ADMIN, 'cycle begin', asked))).toContain(answer);
  });

  it('is begun once, however often and at once it is pressed', async () => {
    const other = await aGroup(world, 'Twice', { signed: [] });
    const given = { cohort: 'Twice', weeks: 2, sure: 'yes' };
    const ask = () => other.people.read(ADMIN, 'cycle begin', { via: 'press', given });
    const texts = (await Promise.all([ask(), ask(), ask()])).map(readable);
    expect(texts.filter((text) => text.includes('has begun'))).toHaveLength(1);
    expect(await world.store.records.cycles.ofCohort(other.cohort.id)).toHaveLength(1);
  });
});

describe('whoever joins a running cycle', () => {
  const board = () => group.boards('agreement')[0];
  const shown = () => {
    const facts = board();
    return facts ? readable(wordsFor('en').board(facts)) : '';
  };

  it('is told of in the welcome room without a name, and everybody is asked', async () => {
    await sign(CLEO);
    expect(inside()).toEqual([ANA, BEN, CLEO]);
    await admin('cohort enrol', { person: OUTSIDER, 'reopen-consent': 'yes' });
    expect(inside()).toEqual([]);
    expect(shown()).toContain('Somebody would like to join');
    expect(shown()).not.toContain(OUTSIDER);
  });

  it('comes in only when everybody else has signed, whoever signs last', async () => {
    expect(await sign(ANA)).toContain('are opening for you now');
    expect(await sign(OUTSIDER)).toContain('as soon as all have signed');
    expect(inside()).toEqual([ANA]);
    expect(await group.says(OUTSIDER, 'check-in', { given: { share: 'pass' } })).toContain(
      'as soon as all the others have',
    );
    const panel = group.boards('staff-panel')[0];
    expect(panel?.awaited).toEqual([OUTSIDER]);
    expect(panel?.unsigned).toEqual([BEN, CLEO]);
    await sign(BEN);
    expect(inside()).toEqual([ANA, BEN]);
    await sign(CLEO);
    expect(inside()).toEqual([ANA, BEN, CLEO, OUTSIDER]);
    expect(group.said('staff')).toContain('newcomers-admitted');
    expect(shown()).not.toContain('would like to join');
  });

  it('is one of the group from then on: a signature that is taken back later closes no room to them', async () => {
    const asked = { channelId: group.room('welcome'), given: { sure: 'yes' } };
    await group.people.read(BEN, 'agreement withdraw', asked);
    await group.settle();
    expect(inside()).toEqual([ANA, CLEO, OUTSIDER]);
    await sign(BEN);
  });

  it('comes in, too, when the last who had not agreed leaves the group', async () => {
    await admin('cohort discharge', { person: OUTSIDER, sure: 'yes' });
    await admin('cohort enrol', { person: OUTSIDER, 'reopen-consent': 'yes' });
    for (const account of [ANA, BEN, OUTSIDER]) await sign(account);
    expect(inside()).toEqual([ANA, BEN]);
    await admin('cohort discharge', { person: CLEO, sure: 'yes' });
    expect(inside()).toEqual([ANA, BEN, OUTSIDER]);
  });

  it('signs with everybody when a new cycle begins meanwhile, and waits for nobody then', async () => {
    await admin('cohort enrol', { person: CLEO, 'reopen-consent': 'yes' });
    await admin('cycle end', { sure: 'yes' });
    await admin('cycle begin', { sure: 'yes' });
    await sign(CLEO);
    expect(inside()).toEqual([CLEO]);
  });
});

describe('the last day of a cycle', () => {
  let harbour: Group;
  let cohortId: string;
  const staff = () => harbour.said('staff').filter((kind) => kind === 'cycle-past');
  const beat = async (): Promise<void> => {
    await tellPastCycles(world);
    await harbour.settle();
  };
  const shown = async (path: string): Promise<string> =>
    readable(await harbour.people.read(ADMIN, path, { given: { cohort: 'Harbour' } }));
  beforeAll(async () => {
    harbour = await aGroup(world, 'Harbour', { signed: [ANA] });
    cohortId = harbour.cohort.id;
    const [[begin] = []] =
      (await harbour.people.read(ADMIN, 'cycle begin', { given: { cohort: 'Harbour', weeks: 2 } })).actions ??
      [];
    if (!begin) throw new Error('there is nothing to press');
    await harbour.people.press(ADMIN, begin);
    await harbour.settle();
  });

  it('tells nobody anything before it is over where the group is', async () => {
    const [{ lastDay } = { lastDay: '' }] = await world.store.records.cycles.ofCohort(cohortId);
    const midnight = world.zones.place(`${addDays(lastDay, 1)}T00:00`, harbour.cohort.zone).at;
    world.clock.set(new Date(midnight.getTime() - MINUTE));
    await beat();
    expect([staff(), await shown('cycle show')]).toEqual([[], expect.not.stringContaining('has passed')]);
    world.clock.set(new Date(midnight.getTime() + MINUTE));
  });

  it('once it has passed, is told to the staff once, with what is to be done, and by whoever looks', async () => {
    await beat();
    await beat();
    expect(staff()).toEqual(['cycle-past']);
    const told = wordsFor('en').announcement({
      ...{ kind: 'cycle-past', number: 1, lastDay: '2026-06-14', cohortId },
    });
    expect(told.text).toMatch(/planned until 14 June 2026.*`\/cycle end`.*`\/cycle begin`/);
    expect(told.actions?.flat()).toMatchObject([{ command: 'cycle end', given: { cohort: cohortId } }]);
    for (const path of ['cycle show', 'cohort show'])
      expect(await shown(path)).toContain('That day has passed');
  });

  it('is told of the next cycle anew, and of none that has ended', async () => {
    const pressFirst = async (path: string, given: Record<string, unknown> = {}): Promise<void> => {
      const card = await harbour.people.read(ADMIN, path, { given: { cohort: 'Harbour', ...given } });
      const action = card.actions?.flat()[0];
      if (!action) throw new Error(readable(card));
      await harbour.people.press(ADMIN, action);
      await harbour.settle();
    };
    await pressFirst('cycle end');
    world.clock.pass(30 * DAY);
    await beat();
    expect(staff()).toHaveLength(1);
    await pressFirst('cycle begin', { weeks: 1 });
    world.clock.pass(9 * DAY);
    await beat();
    expect(staff()).toHaveLength(2);
  });
});
