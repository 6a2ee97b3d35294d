/** Checking in: with the group, with staff, or passing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formPayload } from '../../src/adapters/discord/form-payload.ts';
import { GRACE } from '../../src/core/session.ts';
import { wordsFor } from '../../src/words/index.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
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
  group = await aGroup(world, `Harbour ${made}`);
});

const TOLD = { mood: 6, energy: 4, words: ['calm', 'in pain'], goal: 'some-progress', share: 'group' };
const open = () => group.says(LEAD, 'session open');
const end = () => group.says(LEAD, 'session end');
const checksIn = (account: string, given: Record<string, unknown> = TOLD) =>
  group.says(account, 'check-in', { given });
const kept = async () => {
  const { sessions, checkIns } = world.store.records;
  const session = (await sessions.unfinished(group.cohort.id)) ?? (await sessions.lastEnded(group.cohort.id));
  return session ? checkIns.ofSession(session.id) : [];
};
const here = () => ({ channelId: group.room('group') });

describe('checking in', () => {
  it('tells the group how somebody arrives, when they share it with the group', async () => {
    await open();
    const text = await checksIn(ANA);
    expect(text).toContain('Thank you for checking in');
    expect(text).toContain('your group can see it');
    expect(text).toContain('mood 6 of 10, energy 4 of 10; calm and in pain; goal: some progress');
    expect(await kept()).toMatchObject([
      {
        share: 'group',
        arrival: { mood: 6, energy: 4, words: ['calm', 'in pain'], goalStatus: 'some-progress' },
      },
    ]);
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([
      { checkedIn: [ANA], arrivals: [{ account: ANA, arrival: { mood: 6 } }] },
    ]);
  });

  it('tells the group no more than that they are here, when they share it with staff', async () => {
    await open();
    expect(await checksIn(ANA, { ...TOLD, share: 'staff' })).toContain('Only your facilitators');
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([{ checkedIn: [ANA], arrivals: [] }]);
    expect(group.boards('staff-panel')).toMatchObject([
      { session: { checkIns: [{ account: ANA, arrival: { mood: 6 } }] } },
    ]);
  });

  it('needs no words', async () => {
    await open();
    const { words: _none, ...rest } = TOLD;
    await checksIn(ANA, rest);
    expect(await kept()).toMatchObject([{ arrival: { words: [] } }]);
  });

  it('a second time takes the place of the first', async () => {
    await open();
    await checksIn(ANA);
    await checksIn(BEN);
    await checksIn(ANA, { ...TOLD, mood: 9, share: 'staff' });
    const checkIns = await kept();
    expect(checkIns).toHaveLength(2);
    expect(checkIns[0]).toMatchObject({ share: 'staff', arrival: { mood: 9 } });
  });

  it('and then passing takes back what was told', async () => {
    await open();
    await checksIn(ANA);
    await checksIn(ANA, { share: 'pass' });
    expect(await kept()).toMatchObject([{ share: 'pass' }]);
    expect(JSON.stringify(await kept())).not.toContain('mood');
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([{ arrivals: [] }]);
  });

  it('twice at the same moment keeps one', async () => {
    await open();
    await Promise.all([checksIn(ANA), checksIn(ANA, { ...TOLD, mood: 1 })]);
    expect(await kept()).toHaveLength(1);
  });

  it('is possible in every phase, and while the session is paused', async () => {
    await open();
    await group.says(LEAD, 'session next');
    await group.says(LEAD, 'session next');
    expect(await checksIn(ANA)).toContain('Thank you');
    await group.says(LEAD, 'session pause');
    expect(await checksIn(BEN)).toContain('Thank you');
    expect(await kept()).toHaveLength(2);
  });
});

describe('a pass', () => {
  it('is typed alone', async () => {
    await open();
    expect(await checksIn(ANA, { share: 'pass' })).toContain('You passed, and that is fine');
    expect(await kept()).toMatchObject([{ share: 'pass' }]);
  });

  it('is a button on the card in the group room', async () => {
    await open();
    await group.says(LEAD, 'session next');
    await group.settle();
    const [card] = group.boards('session-card');
    const pass =
      card &&
      wordsFor('en')
        .board(card)
        .actions?.flat()
        .find(({ label }) => label === 'Pass');
    expect(pass).toMatchObject({ command: 'check-in', given: { share: 'pass' } });
    if (pass) expect(await group.people.press(BEN, pass, here())).toMatchObject({ kind: 'tell' });
    expect(await kept()).toMatchObject([{ share: 'pass' }]);
  });

  it('keeps nothing of what was chosen beside it', async () => {
    await open();
    expect(await checksIn(ANA, { ...TOLD, share: 'pass' })).not.toContain('mood');
    expect(Object.keys((await kept())[0] ?? {})).not.toContain('arrival');
  });
});

describe('the form', () => {
  it('asks for everything in five fields when nothing was typed', async () => {
    await open();
    const form = await group.people.form(ANA, 'check-in', here());
    expect(form.fields.map(({ name, required }) => [name, required])).toEqual([
      ['share', true],
      ['mood', false],
      ['energy', false],
      ['words', false],
      ['goal', false],
    ]);
    expect(() => formPayload(form)).not.toThrow();
  });

  it('asks only for what is missing, and takes it together with what was typed', async () => {
    await open();
    const given = { mood: 3, words: ['tired', 'in pain', 'overwhelmed'], share: 'staff' };
    const form = await group.people.form(ANA, 'check-in', { ...here(), given });
    expect(form.fields.map(({ name }) => name)).toEqual(['energy', 'goal']);
    expect(() => formPayload(form)).not.toThrow();
    const filled = { ...form.given, energy: ['2'], goal: ['stuck'] };
    await group.says(ANA, 'check-in', { via: 'form', given: filled });
    expect(await kept()).toMatchObject([
      { share: 'staff', arrival: { mood: 3, energy: 2, words: ['tired', 'in pain', 'overwhelmed'] } },
    ]);
  });

  it('fits, whatever was typed before it', async () => {
    await open();
    for (const missing of ['mood', 'energy', 'goal', 'share'] as const) {
      const { [missing]: _missing, ...given } = {
        ...TOLD,
        mood: 10,
        energy: 10,
        words: ['overwhelmed', 'connected', 'in pain'],
      };
      const form = await group.people.form(ANA, 'check-in', { ...here(), given });
      expect(() => formPayload(form)).not.toThrow();
    }
  });

  it('may be left empty but for a pass', async () => {
    await open();
    const given = { mood: [], energy: [], words: [], goal: [], share: ['pass'] };
    expect(await group.says(ANA, 'check-in', { via: 'form', given })).toContain('You passed');
  });

  it('says kindly what is missing when somebody shares and leaves it out', async () => {
    await open();
    const given = { mood: ['5'], energy: [], words: [], goal: [], share: ['group'] };
    const text = await group.says(ANA, 'check-in', { via: 'form', given });
    expect(text).toContain('Almost there');
    expect(text).toContain('Your energy, 0 (low) to 10 (high)**: this is still needed.');
    expect(text).not.toContain('Your mood');
    expect(await kept()).toEqual([]);
  });

  it('opens again from there, without asking a second time for what was chosen', async () => {
    await open();
    const given = { mood: ['5'], energy: [], words: ['calm', 'sad'], goal: [], share: ['group'] };
    const card = await group.people.read(ANA, 'check-in', { ...here(), via: 'form', given });
    const [again] = card.actions?.flat() ?? [];
    if (!again) throw new Error('no button opens the form again');
    const reply = await group.people.press(ANA, again, here());
    if (reply.kind !== 'ask') throw new Error('no form was opened');
    expect(reply.form.fields.map(({ name }) => name)).toEqual(['energy', 'goal']);
    const filled = { ...reply.form.given, energy: ['4'], goal: ['stuck'] };
    await group.says(ANA, 'check-in', { via: 'form', given: filled });
    expect(await kept()).toMatchObject([{ share: 'group', arrival: { mood: 5, words: ['calm', 'sad'] } }]);
  });

  it('is told what is out of bounds instead, with nothing changed', async () => {
    await open();
    expect(await checksIn(ANA, { ...TOLD, mood: 11 })).toContain('at most 10');
    expect(await checksIn(ANA, { ...TOLD, words: ['calm', 'sad', 'numb', 'angry'] })).toContain('at most 3');
    expect(await checksIn(ANA, { ...TOLD, words: ['@everyone'] })).not.toContain('@everyone');
    expect(await kept()).toEqual([]);
  });
});

describe('the time for it', () => {
  it('has not come before the first session', async () => {
    expect(await checksIn(ANA)).toContain('no session open');
    // Nor is anybody asked to fill in what would not be taken.
    expect(await checksIn(ANA, {})).toContain('no session open');
  });

  it('lasts a while after the end, so that a form that was open is not lost', async () => {
    await open();
    const form = await group.people.form(ANA, 'check-in', here());
    await end();
    world.clock.pass(GRACE);
    const given = { ...form.given, mood: ['5'], energy: ['5'], goal: ['on-track'], share: ['group'] };
    const text = await group.says(ANA, 'check-in', { via: 'form', given });
    expect(text).toContain('Thank you');
    expect(text).toContain('stands on no card');
    world.clock.pass(1);
    expect(await group.says(BEN, 'check-in', { via: 'form', given })).toContain('This session has ended');
    expect(await kept()).toHaveLength(1);
  });
});

describe('who may check in', () => {
  it('is whoever has signed, and nobody else', async () => {
    group = await aGroup(world, `Meadow ${made}`, { signed: [ANA] });
    await open();
    expect(await checksIn(CLEO)).toContain('once you have signed');
    for (const account of [LEAD, ADMIN])
      expect(await checksIn(account)).toContain('for the people who take part');
    expect(await checksIn(OUTSIDER)).toContain('No group of yours');
    expect(await kept()).toEqual([]);
  });
});

describe('the intention of last time', () => {
  const intends = async (account: string, intention: string, share = 'group') => {
    await end();
    await group.says(account, 'reflect', { given: { 'take-away': 'felt-heard', intention, share } });
  };

  it('comes back at the next check-in, to the one whose it is', async () => {
    await open();
    await intends(ANA, 'call my *sister* @everyone');
    await open();
    const text = await checksIn(ANA);
    expect(text).toContain('Last time you intended (only you see this)');
    expect(text).toContain('> call my \\*sister\\*');
    expect(await checksIn(BEN)).not.toContain('sister');
    await group.settle();
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain('sister');
  });

  it('comes back to somebody who passes, too, whoever they shared it with', async () => {
    await open();
    await intends(ANA, 'rest on Sunday', 'staff');
    await open();
    expect(await checksIn(ANA, { share: 'pass' })).toContain('> rest on Sunday');
  });

  it('is that of the session before, and none after a pass', async () => {
    await open();
    await intends(ANA, 'walk by the river');
    await open();
    await end();
    await group.says(ANA, 'reflect', { given: { share: 'pass' } });
    await open();
    expect(await checksIn(ANA)).not.toContain('river');
  });

  it('is not that of the session that is going on', async () => {
    await open();
    await end();
    await group.says(ANA, 'reflect', {
      given: { 'take-away': 'felt-heard', intention: 'read', share: 'group' },
    });
    expect(await checksIn(ANA)).not.toContain('Last time');
  });

  it('stays within its group', async () => {
    await open();
    await intends(ANA, 'write a letter');
    group = await aGroup(world, `Orchard ${made}`);
    await open();
    expect(await checksIn(ANA)).not.toContain('letter');
  });
});

describe('what is kept', () => {
  it('is not readable in the log, whatever happens', async () => {
    await open();
    await checksIn(ANA);
    expect(JSON.stringify(world.log.entries)).not.toContain('in pain');
  });
});
