/** An admin writes the agreement of a group and publishes it: everybody signs again, and no session is broken off. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedBy } from '../../src/core/agreement.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Action, Card } from '../../src/words/card.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Writers', { signed: [ANA, BEN] });
});
afterAll(() => world.close());

const button = (card: Card, label: string): Action => {
  const found = card.actions?.flat().find((action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}: ${readable(card)}`);
  return found;
};
const COHORT = { cohort: 'Writers' };
const edit = (language = 'en') =>
  group.people.read(ADMIN, 'agreement edit', { given: { ...COHORT, language } });
/** Presses the number of an item, and sends the form that it opens with these words. */
const change = async (number: string, words: string, language = 'en'): Promise<Card> => {
  const card = await edit(language);
  const form = await group.people.press(ADMIN, button(card, number));
  if (form.kind !== 'ask') throw new Error('no form was shown');
  const given = { ...form.form.given, words };
  return group.people.read(ADMIN, form.form.command, { via: 'form', given });
};
const press = async (card: Card, label: string): Promise<Card> => {
  const reply = await group.people.press(ADMIN, button(card, label));
  if (reply.kind === 'ask') throw new Error('a form was shown');
  await group.settle();
  return reply.card;
};
const inGroupRoom = () => world.discord.guests('group', 'join');
const sign = (account: string, locale = 'en-US') =>
  group.people.read(account, 'agreement sign', {
    channelId: group.room('welcome'),
    locale,
    given: { confirm: locale === 'en-US' ? 'I agree' : 'acepto' },
  });

describe('the agreement of a group', () => {
  it('is written item by item, in a form that holds the words as they stand', async () => {
    const form = await group.people.press(ADMIN, button(await edit(), '11'));
    if (form.kind !== 'ask') throw new Error('no form was shown');
    expect(form.form.fields[0]).toMatchObject({ written: expect.stringContaining('I may always pass') });
    const card = await change('11', 'I may always pass, and nobody asks why.');
    expect(readable(card)).toContain('11. I may always pass, and nobody asks why.');
    expect(readable(card)).toContain('A draft, not published');
  });

  it('is signed by nobody before it is published', async () => {
    const shown = await group.people.read(ANA, 'agreement show', { channelId: group.room('welcome') });
    expect(readable(shown)).not.toContain('and nobody asks why.');
    expect(inGroupRoom()).toEqual([ANA, BEN]);
  });

  it('is published once the admin has seen what changes, and then is to be signed again', async () => {
    const asked = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    expect(readable(asked)).toContain('Publish version 3');
    expect(readable(asked)).toContain('New or changed (en)\n- I may always pass, and nobody asks why.');
    world.clock.pass(MINUTE);
    expect(readable(await press(asked, 'Publish it'))).toContain('Version 3 is published');
    expect(inGroupRoom()).toEqual([]);
    expect(group.said('staff')).toContain('agreement-published');
    const [board] = group.boards('agreement');
    expect(board?.agreement.version).toBe('3');
    await sign(ANA);
    await group.settle();
    expect(inGroupRoom()).toEqual([ANA]);
    const signatures = await world.store.records.signatures.ofCohort(group.cohort.id);
    expect(signatures.map(({ version }) => version)).toEqual(['2', '2', '3']);
  });

  it('is kept, each version of it, with who published it', async () => {
    const history = await world.store.records.agreements.history(group.cohort.id);
    expect(history.map(({ version, from, publishedBy }) => [version, from, publishedBy])).toEqual([
      ['2', 'programme', undefined],
      ['3', 'cohort', ADMIN],
    ]);
  });

  it('is not published twice, nor from a card that shows something else than what was written since', async () => {
    await change('1', 'What is said here stays here.');
    const earlier = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    await change('2', 'Staff keep our confidence.');
    expect(readable(await press(earlier, 'Publish it'))).toContain('has been changed or published meanwhile');
    expect(readable(await press(await edit(), 'Throw the draft away'))).toContain('stays as it is');
    expect(readable(await group.people.read(ADMIN, 'agreement publish', { given: COHORT }))).toContain(
      'stands already',
    );
  });

  it('has as many items in each language, or is published in one alone', async () => {
    await change('18', '');
    const refused = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    expect(readable(refused)).toContain('different numbers of items');
    await change('18', '', 'es');
    const both = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    expect(readable(both)).toContain('17 items in English and Español');
    expect(readable(both)).toContain('No longer there (es)\n- Si alguien rompe este acuerdo');
  });

  it('that comes in the middle of a session closes no room before its end', async () => {
    await sign(BEN);
    await group.settle();
    expect(inGroupRoom()).toEqual([ANA, BEN]);
    world.clock.pass(MINUTE);
    await group.says(LEAD, 'session open');
    world.clock.pass(MINUTE);
    const asked = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    expect(readable(asked)).toContain('its rooms stay open until it ends');
    await press(asked, 'Publish it');
    expect(group.said('group')).toContain('agreement-published');
    expect(inGroupRoom()).toEqual([ANA, BEN]);
    expect(await group.says(ANA, 'check-in', { given: { share: 'pass' } })).not.toContain('signed the group');
    // Whoever signs while it goes on, here in Spanish, has nothing more to do afterwards.
    expect((await sign(BEN, 'es-ES')).title).toBe('Thank you, it is signed');
    world.clock.pass(MINUTE);
    await group.says(LEAD, 'session end', { given: { sure: 'yes' } });
    await group.settle();
    expect(inGroupRoom()).toEqual([BEN]);
    const session = await world.store.records.sessions.lastEnded(group.cohort.id);
    const attendance = await world.store.records.attendances.ofSession(session?.id ?? '');
    expect(attendance.find(({ person }) => person.account === ANA)?.status).toBe('no-show');
  });

  it('no longer allows what no item tells of any more', async () => {
    const cohortId = group.cohort.id;
    const latest = async () => (await world.store.records.agreements.now(cohortId)).latest;
    const before = await latest();
    expect(before && allowedBy([before], 'talk-time')).toBe(true);
    await group.people.read(ADMIN, 'cohort policy', { given: { ...COHORT, 'talk-time': 'yes' } });
    await change('16', 'Hearth itself is in our calls.');
    await change('16', 'Hearth mismo está en nuestras llamadas.', 'es');
    const asked = await group.people.read(ADMIN, 'agreement publish', { given: COHORT });
    expect(readable(asked)).toContain('not counted any more');
    world.clock.pass(MINUTE);
    await press(asked, 'Publish it');
    const after = await latest();
    expect(after && allowedBy([after], 'talk-time')).toBe(false);
    const policy = await group.people.read(ADMIN, 'cohort policy', {
      given: { ...COHORT, 'talk-time': 'yes' },
    });
    expect(readable(policy)).toContain('says nothing of how long each speaks');
  });
});
