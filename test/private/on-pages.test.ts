/** A group that answers on pages: everything private goes there, and nothing of it stands or is offered in Discord. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../../src/app/complete.ts';
import { board } from '../../src/words/en/boards.ts';
import { wordsFor } from '../../src/words/index.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { type Browsing, browsing, type Fields, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const CANARY = 'canary of Ana';

let world: TestWorld;
let group: Group;
let web: Browsing;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  await group.people.read(ADMIN, 'cohort policy', {
    given: { cohort: 'Birch', 'private-answers': 'link', calls: 'no' },
  });
  web = await browsing(world);
});
afterAll(async () => {
  await web.stop();
  await world.close();
});

const ask = async (account: string, path: string, given: Record<string, unknown> = {}): Promise<string> =>
  tokenIn(await group.people.ask(account, path, { given, channelId: group.room('group') }));

/** Asks in Discord, fills in the page, and reads what is answered there. */
const onPage = async (
  account: string,
  path: string,
  fields: Fields = {},
  given: Record<string, unknown> = {},
): Promise<string> => {
  const page = await web.send(await ask(account, path, given), fields);
  expect([path, page.status, page.text]).toEqual([path, 200, page.text]);
  return page.text;
};

const GOAL = { goal: `${CANARY}: to walk`, 'review-on': '2026-12-01', readers: 'staff' };
const ARRIVAL = { share: 'group', mood: '2', energy: '9', words: 'in pain', goal: 'stuck' };

/** Everything that stands in the rooms of the group, as people read it. */
const standing = (): string =>
  [...world.discord.messages.values()]
    .map((message) => {
      const card = board(message.board);
      return [readable(card), ...(card.actions?.flat().map(({ label }) => `[${label}]`) ?? [])].join('\n');
    })
    .join('\n');

describe('a goal', () => {
  it('is set, brought up to date and seen on pages', async () => {
    expect(await onPage(ANA, 'goal set', GOAL)).toContain('to walk');
    const page = await web.look(await ask(ANA, 'goal update'));
    expect(page.root.querySelector('input[name=goal][value=1]')).not.toBeNull();
    expect(page.text).toContain('to walk');
    const updated = await web.send(await ask(ANA, 'goal update', { goal: '1' }), {
      level: '1',
      note: 'Three times',
    });
    expect(updated.text).toContain('Three times');
    expect(await onPage(ANA, 'goal list')).toContain('to walk');
    expect(await onPage(ANA, 'goal show', {}, { goal: '1' })).toContain('Three times');
  });

  it('is offered by its number alone while somebody types in Discord', async () => {
    const where = { account: ANA, admin: false, guildId: GUILD, channelId: group.room('group'), given: {} };
    const offered = await complete(world, 'goal', where);
    expect(offered.map(wordsFor('en').completion)).toEqual([{ label: 'Goal 1', value: '1' }]);
  });

  it('leads on by buttons, each with an address of its own that works once', async () => {
    const listed = await web.send(await ask(ANA, 'goal list'));
    const step = listed.step('Update goal 1');
    expect((await web.look(step)).fields).toEqual(['level', 'note']);
    expect((await web.send(step, { level: '2' })).text).toContain('Much more than expected');
    expect((await web.send(step, { level: '-2' })).status).toBe(410);
  });
});

describe('an absence', () => {
  it('is told with its reason on a page, and taken back there by one press', async () => {
    const meeting = await aMeeting(world, group.cohort, new Date('2026-05-31T16:00:00Z'));
    const token = await ask(ANA, 'absence tell', { meeting: meeting.id, reason: CANARY });
    const page = await web.look(token);
    expect(page.fields).toEqual(['reason']);
    const told = await web.send(token, { reason: CANARY });
    expect(told.text).toContain(CANARY);
    expect((await web.send(told.step('I come after all'))).text).toContain('you will be there');
  });

  it('without a reason is told in Discord, and shows none there that was given before', async () => {
    const meeting = await aMeeting(world, group.cohort, new Date('2026-06-02T16:00:00Z'));
    await onPage(ANA, 'absence tell', { reason: CANARY }, { meeting: meeting.id });
    const given = { meeting: meeting.id, answer: 'not-coming' };
    expect(await group.says(ANA, 'rsvp', { given })).toBe(
      'That is noted, thank you. Nothing else is needed.',
    );
  });
});

describe('a session', () => {
  it('shows in Discord who has checked in, and on pages what they shared with whom', async () => {
    await group.says(LEAD, 'session open');
    await onPage(ANA, 'check-in', ARRIVAL);
    await onPage(BEN, 'check-in', { ...ARRIVAL, share: 'staff', mood: '5' });
    await group.settle();
    const shown = standing();
    expect(shown).toContain(`<@${ANA}>, <@${BEN}>`);
    expect(shown.match(/\[See what was shared\]/g)).toHaveLength(2);
    for (const trace of ['mood', 'energy', 'in pain', 'tuck', 'confidential']) {
      expect([trace, shown.toLowerCase().includes(trace)]).toEqual([trace, false]);
    }
    const read = await onPage(CLEO, 'session answers');
    expect(read).toContain('mood 2 of 10');
    expect(read).not.toContain('mood 5 of 10');
    expect(read).toContain(`Member ${ANA.slice(-2)}`);
  });

  it('closes likewise, and gives back an intention on the page of the next check-in alone', async () => {
    while (!(await group.says(LEAD, 'session next')).includes('eflection'));
    const fields = {
      ...{ share: 'group', 'take-away': 'not-alone' },
      ...{ intention: `${CANARY}: to rest`, 'intention-readers': 'staff' },
    };
    expect(await onPage(ANA, 'reflect', fields)).toContain('to rest');
    await group.says(LEAD, 'session end');
    await aMeeting(world, group.cohort, new Date('2026-05-04T20:00:00Z'));
    await group.settle();
    const shown = standing();
    for (const trace of ['not alone', 'to rest', CANARY]) expect(shown).not.toContain(trace);
    expect(await onPage(CLEO, 'session answers')).toContain('I am not alone with this');
    await group.says(LEAD, 'session open');
    expect(await onPage(ANA, 'check-in', ARRIVAL)).toContain('to rest');
  });
});

describe('what is kept of the addresses', () => {
  it('is ids and codes, and nothing that anybody wrote or chose', async () => {
    const { rows } = await runSql(world.url, 'SELECT given FROM form_link');
    const kept = JSON.stringify(rows);
    for (const trace of [CANARY, 'pain', 'stuck', 'staff', 'not-alone']) expect(kept).not.toContain(trace);
    expect(rows.length).toBeGreaterThan(10);
  });
});

describe('a page', () => {
  it('is in the language of whoever asked, and says which parts are not', async () => {
    const asked = await group.people.ask(ANA, 'goal set', {
      channelId: group.room('group'),
      locale: 'es-ES',
    });
    if (asked.kind === 'ask') throw new Error('no form of Discord’s is shown');
    expect(readable(asked.card)).toContain('no pase por Discord');
    const page = await web.look(tokenIn(asked));
    expect(page.root.querySelector('html')?.getAttribute('lang')).toBe('es');
    expect(page.text).toContain('Enviar');
    expect(page.root.querySelector('label span[lang=en]')?.textContent).toBe('What you want to reach');
    const wrong = await web.send(tokenIn(asked), { ...GOAL, 'review-on': '2020-01-01' });
    expect([wrong.status, wrong.text]).toEqual([409, expect.stringContaining('todavía esté por venir')]);
    expect(wrong.html).toContain('to walk');
  });
});
