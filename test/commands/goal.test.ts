/** Setting goals, bringing them up to date, and who may read them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formPayload } from '../../src/adapters/discord/form-payload.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`, { signed: [ANA, BEN] });
});

const GOAL = { goal: 'walk by the river on three days a week', 'review-on': '2026-06-01', readers: 'staff' };
const ask = (account: string, path: string, given: Record<string, unknown> = {}) =>
  group.says(account, `goal ${path}`, { given });
const sets = (account: string, given: Record<string, unknown> = {}) =>
  ask(account, 'set', { ...GOAL, ...given });
const goalsOf = async (account: string) => {
  const person = await world.store.records.people.known(account);
  return world.store.records.goals.ofPerson(group.cohort.id, person.id);
};
const here = () => ({ channelId: group.room('group') });

describe('setting a goal', () => {
  it('needs no session, and says who can read it', async () => {
    const text = await sets(ANA);
    expect(text).toContain('Goal 1 is kept');
    expect(text).toContain('> walk by the river');
    expect(text).toContain('Your facilitators can read it; the group cannot.');
    expect(text).toContain('1 June 2026');
    expect(await goalsOf(ANA)).toMatchObject([{ number: 1, readers: 'staff', reviewOn: '2026-06-01' }]);
  });

  it('tells nobody and shows nothing in any room', async () => {
    await sets(ANA);
    await group.settle();
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain('river');
    expect(JSON.stringify(await goalsOf(ANA))).not.toContain('river');
  });

  it('numbers the goals of each person for themselves, also when two are set at once', async () => {
    await sets(BEN);
    await Promise.all([sets(ANA), sets(ANA, { goal: 'sleep before midnight' })]);
    expect((await goalsOf(ANA)).map(({ number }) => number)).toEqual([1, 2]);
    expect((await goalsOf(BEN)).map(({ number }) => number)).toEqual([1]);
  });

  it('asks in a form of three fields for what was not typed', async () => {
    const form = await group.people.form(ANA, 'goal set', here());
    expect(form.fields.map(({ name }) => name)).toEqual(['goal', 'review-on', 'readers']);
    expect(() => formPayload(form)).not.toThrow();
    const given = { ...form.given, ...GOAL, readers: ['only-me'] };
    expect(await group.says(ANA, 'goal set', { via: 'form', given })).toContain('Nobody but you is shown it');
  });

  it.each([
    ['of today', '2026-05-04', 'a day that is still ahead'],
    ['gone by', '2026-05-03', 'a day that is still ahead'],
    ['that is in no calendar', '2026-02-30', 'not in the calendar'],
    ['in words', 'next month', 'not in the calendar'],
  ])('refuses a day %s, and gives back what was written', async (_what, day, says) => {
    const given = { ...GOAL, 'review-on': day, readers: ['staff'] };
    const text = await group.says(ANA, 'goal set', { via: 'form', given });
    expect(text).toContain(says);
    expect(text).toContain('> walk by the river');
    expect(await goalsOf(ANA)).toEqual([]);
  });

  it('is for those who have signed', async () => {
    expect(await sets(CLEO)).toContain('once you have signed');
    for (const account of [LEAD, ADMIN])
      expect(await sets(account)).toContain('for the people who take part');
    expect(await sets(OUTSIDER)).toContain('No group of yours');
  });
});

describe('bringing a goal up to date', () => {
  it('keeps how far it has come, every time', async () => {
    await sets(ANA);
    expect(await ask(ANA, 'update', { goal: '1', level: -1 })).toContain(
      'A little less than expected, for now (-1)',
    );
    const text = await ask(ANA, 'update', { goal: '1', level: 1, note: 'even in the *rain*' });
    expect(text).toContain('A little more than expected (+1)');
    expect(text).toContain('> even in the \\*rain\\*');
    const [goal] = await goalsOf(ANA);
    expect(goal?.updates.map(({ level }) => level)).toEqual([-1, 1]);
  });

  it('is a button on the card of a goal, and asks for the rest', async () => {
    const card = await group.people.read(ANA, 'goal set', { ...here(), given: GOAL });
    const button = card.actions?.flat()[0];
    if (!button) throw new Error('the card has no button');
    const reply = await group.people.press(ANA, button, here());
    if (reply.kind !== 'ask') throw new Error('no form was shown');
    expect(reply.form.fields.map(({ name }) => name)).toEqual(['level', 'note']);
    expect(() => formPayload(reply.form)).not.toThrow();
    const given = { ...reply.form.given, level: ['-2'], note: '' };
    expect(await group.says(ANA, 'goal update', { via: 'form', given })).toContain(
      'Much less than expected, for now',
    );
  });

  it('opens a form whatever was typed as the number', async () => {
    const form = await group.people.form(ANA, 'goal update', {
      ...here(),
      given: { goal: '目標目標目標目標' },
    });
    expect(() => formPayload(form)).not.toThrow();
  });

  it.each(['2', '0', '-1', '1.0', '01x', 'walk', '99999999'])(
    'finds no goal %s, and gives back the note',
    async (goal) => {
      await sets(ANA);
      const given = { goal, level: ['1'], note: 'it rained' };
      const text = await group.says(ANA, 'goal update', { via: 'form', given });
      expect(text).toContain('No goal with that number');
      expect(text).toContain('> it rained');
      expect((await goalsOf(ANA))[0]?.updates).toEqual([]);
    },
  );

  it('is for one’s own goals only', async () => {
    await sets(ANA);
    expect(await ask(BEN, 'update', { goal: '1', level: 2 })).toContain('No goal with that number');
    expect(await ask(LEAD, 'update', { goal: '1', level: 2 })).toContain('for the people who take part');
    expect((await goalsOf(ANA))[0]?.updates).toEqual([]);
  });

  it('takes levels from -2 to +2', async () => {
    await sets(ANA);
    expect(await ask(ANA, 'update', { goal: '1', level: 3 })).toContain('at most 2');
    expect(await ask(ANA, 'update', { goal: '1', level: -3 })).toContain('at least -2');
  });
});

describe('looking at goals', () => {
  beforeEach(async () => {
    await sets(ANA);
    await sets(ANA, { goal: 'speak about the **diary**', readers: 'only-me' });
    await ask(ANA, 'update', { goal: '1', level: 1, note: 'even in the rain' });
    await ask(ANA, 'update', { goal: '2', level: -1, note: 'two pages' });
  });

  it('shows people all of their own', async () => {
    const list = await ask(ANA, 'list');
    expect(list).toContain('**1**: walk by the river');
    expect(list).toContain('a little more than expected; to look at again on 1 June 2026');
    expect(list).toContain('**2**: speak about the \\*\\*diary\\*\\*');
    expect(list).toContain('only you see it');
    const shown = await ask(ANA, 'show', { goal: '2' });
    expect(shown).toContain('> speak about the \\*\\*diary\\*\\*');
    expect(shown).toContain('> two pages');
    expect(await ask(ANA, 'list', { person: ANA })).toBe(list);
  });

  it('shows staff what is shared with them, and never that there is more', async () => {
    for (const account of [LEAD, CO_FACILITATOR]) {
      const list = await ask(account, 'list', { person: ANA });
      expect(list).toContain('walk by the river');
      expect(list).not.toMatch(/diary|only|\*\*2\*\*/);
      const shown = await ask(account, 'show', { goal: '1', person: ANA });
      expect(shown).toContain('> even in the rain');
      const missing = await ask(account, 'show', { goal: '7', person: ANA });
      expect(await ask(account, 'show', { goal: '2', person: ANA })).toBe(missing);
    }
  });

  it('says the same of somebody with goals for themselves only and of somebody with none', async () => {
    await sets(BEN, { readers: 'only-me' });
    const one = await ask(LEAD, 'list', { person: BEN });
    const none = await ask(LEAD, 'list', { person: CLEO });
    expect(one.replace(BEN, '')).toBe(none.replace(CLEO, ''));
  });

  it('asks staff whose they mean', async () => {
    expect(await ask(LEAD, 'list')).toContain('choose a person');
    expect(await ask(LEAD, 'show', { goal: '1' })).toContain('choose a person');
    expect(await ask(LEAD, 'list', { person: OUTSIDER })).toContain('not in this group');
  });

  it('shows nobody else anything', async () => {
    for (const given of [{ person: ANA }, { person: ANA, goal: '1' }]) {
      const path = 'goal' in given ? 'show' : 'list';
      expect(await ask(BEN, path, given)).toContain('Only the facilitators');
      expect(await ask(ADMIN, path, given)).toContain('for the people who take part');
      expect(await ask(CLEO, path, given)).toContain('once you have signed');
      expect(await ask(OUTSIDER, path, given)).toContain('No group of yours');
    }
    expect(await ask(BEN, 'list')).toContain('You have no goals here yet');
    expect(await ask(BEN, 'show', { goal: '1' })).toContain('No goal with that number');
  });

  it('shows staff of another group nothing', async () => {
    const other = await aGroup(world, `Meadow ${made}`);
    const given = { person: ANA };
    expect(await other.says(LEAD, 'goal list', { given })).toContain('shares no goals');
  });
});

describe('many goals', () => {
  it('fit on a card, the latest first, and say how many there are beside', async () => {
    for (let set = 0; set < 12; set += 1) await sets(ANA, { goal: `${set} ${'@*'.repeat(140)}` });
    const card = await group.people.read(ANA, 'goal list', here());
    expect(card.text.length).toBeLessThanOrEqual(4_096);
    expect(card.text).toMatch(/^- \*\*12\*\*/);
    expect(card.text).toMatch(/There are \d+ earlier goals/);
  });

  it('and many updates of one, too', async () => {
    await sets(ANA);
    for (let set = 0; set < 12; set += 1) {
      await ask(ANA, 'update', { goal: '1', level: 0, note: `${set} ${'@\n'.repeat(140)}` });
    }
    const card = await group.people.read(ANA, 'goal show', { ...here(), given: { goal: '1' } });
    expect(card.text.length).toBeLessThanOrEqual(4_096);
    expect(card.text).toContain('> 11 ');
    expect(card.text).toMatch(/\d+ earlier updates are kept/);
  });
});
