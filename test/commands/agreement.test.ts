/** Reading, signing and withdrawing the agreement, and what opens and shuts by it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreement } from '../../commands/agreement.ts';
import { cohort } from '../../commands/cohort.ts';
import type { Card } from '../../src/words/card.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let people: Asker;
let made = 0;
let channelId = '';

beforeAll(async () => {
  world = await testWorld();
  people = askerOf(world, [cohort, agreement]);
});
afterAll(() => world.close());

beforeEach(async () => {
  made += 1;
  const name = `Meadow ${made}`;
  const given = { name, type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR };
  await world.settle();
  world.discord.channels.clear();
  await people.read(ADMIN, 'cohort create', { given });
  for (const person of [ANA, BEN]) {
    await people.read(ADMIN, 'cohort enrol', { given: { cohort: name, person } });
  }
  await world.settle();
  const welcome = [...world.discord.channels.values()].find(({ kind }) => kind === 'welcome');
  channelId = welcome?.channelId ?? '';
});

const here = () => ({ channelId });
const sign = (account: string, confirm = 'I agree') =>
  people.read(account, 'agreement sign', { ...here(), via: 'form', given: { confirm } });
const button = (card: Card, label: string) => {
  const found = card.actions?.flat().find((action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}`);
  return found;
};
const withdraw = async (account: string) => {
  const card = await people.read(account, 'agreement withdraw', here());
  const reply = await people.press(account, button(card, 'Yes, withdraw it'), here());
  return reply.kind === 'ask' ? '' : readable(reply.card);
};
const signatures = async () => {
  const own = await world.store.records.cohorts.byChannel(channelId);
  return own ? world.store.records.signatures.ofCohort(own.id) : [];
};

describe('the agreement', () => {
  it('is read with a button to sign by those who have not signed', async () => {
    const card = await people.read(ANA, 'agreement show', here());
    expect(readable(card)).toContain('1. What is said here');
    expect(button(card, 'Sign').given).toEqual({ sha256: world.catalogue.agreement().texts[0].sha256 });
  });

  it('is read without one by staff, and not at all by somebody outside', async () => {
    const { actions } = await people.read(LEAD, 'agreement show', here());
    expect(actions?.flat().map(({ command }) => command)).toEqual(['agreement show']);
    expect(readable(await people.read(OUTSIDER, 'agreement show', here()))).toContain('No group of yours');
  });

  it('is read, and signed, by each in their own language, and the hash is of the text that was shown', async () => {
    const asked = { ...here(), locale: 'es-419' };
    const card = await people.read(ANA, 'agreement show', asked);
    expect(readable(card)).toContain('1. Lo que se dice aquí');
    const [, spanish] = world.catalogue.agreement().texts;
    const reply = await people.press(ANA, button(card, 'Sign'), asked);
    if (reply.kind !== 'ask') throw new Error('no form was shown');
    expect(reply.form.fields.map(({ label }) => label)).toEqual(['To sign, type: Acepto']);
    const given = { ...reply.form.given, confirm: 'acepto' };
    await people.read(ANA, 'agreement sign', { ...asked, via: 'form', given });
    expect(await signatures()).toMatchObject([{ locale: 'es', sha256: spanish?.sha256 }]);
  });

  it('leads from each language to the others', async () => {
    const other = button(await people.read(ANA, 'agreement show', here()), 'Nuestro acuerdo (es)');
    const reply = await people.press(ANA, other, here());
    if (reply.kind === 'ask') throw new Error('a form was shown');
    expect(readable(reply.card)).toContain('1. Lo que se dice aquí');
    expect(button(reply.card, 'Our agreement (en)').given).toEqual({ language: 'en' });
  });

  it('is signed in the language in which it was read, whatever the client speaks', async () => {
    const [english] = world.catalogue.agreement().texts;
    const given = { sha256: english.sha256, confirm: 'I agree' };
    await people.read(ANA, 'agreement sign', { ...here(), locale: 'es-ES', via: 'form', given });
    expect(await signatures()).toMatchObject([{ locale: 'en', sha256: english.sha256 }]);
  });

  it('is kept word for word from the moment on at which a group is made', async () => {
    const own = await world.store.records.cohorts.byChannel(channelId);
    const { texts } = world.catalogue.agreement();
    const history = await world.store.records.agreements.history(own?.id ?? '');
    expect(history).toMatchObject([{ number: 1, version: '2', from: 'programme', texts }]);
  });

  it('fits on one card', async () => {
    const card = await people.read(ANA, 'agreement show', here());
    expect(card.text.length).toBeLessThanOrEqual(4_096);
    expect(readable(card).length).toBeLessThanOrEqual(6_000);
  });
});

describe('signing', () => {
  it('asks for the words to be typed, and opens the rooms', async () => {
    const reply = await people.press(
      ANA,
      button(await people.read(ANA, 'agreement show', here()), 'Sign'),
      here(),
    );
    if (reply.kind !== 'ask') throw new Error('no form was shown');
    expect(reply.form.fields.map(({ label }) => label)).toEqual(['To sign, type: I agree']);
    const given = { ...reply.form.given, confirm: ' i AGREE. ' };
    const card = await people.read(ANA, 'agreement sign', { ...here(), via: 'form', given });
    expect(card.title).toBe('Thank you, it is signed');
    await world.settle();
    expect(world.discord.guests('group', 'join')).toEqual([ANA]);
    expect(world.discord.guests('voice', 'join')).toEqual([ANA]);
    expect(await signatures()).toMatchObject([
      { version: '2', sha256: world.catalogue.agreement().texts[0].sha256, consentRound: 1, method: 'form' },
    ]);
  });

  it('may be typed as a command', async () => {
    const given = { confirm: 'I agree' };
    await people.read(ANA, 'agreement sign', { ...here(), given });
    expect(await signatures()).toMatchObject([{ method: 'command' }]);
  });

  it('counts only with the right words, and gives back what was typed', async () => {
    const text = readable(await sign(ANA, 'yes *please* @everyone'));
    expect(text).toContain('please type exactly **I agree**');
    expect(text).toContain('> yes \\*please\\*');
    expect(text).not.toContain('@everyone');
    expect(await signatures()).toEqual([]);
  });

  it('twice leaves one signature and a kind answer', async () => {
    await sign(ANA);
    expect(readable(await sign(ANA))).toContain('already signed');
    expect(readable(await people.read(ANA, 'agreement sign', here()))).toContain('already signed');
    expect(await signatures()).toHaveLength(1);
  });

  it('twice at the same moment leaves one signature', async () => {
    const texts = (await Promise.all([sign(ANA), sign(ANA)])).map(readable);
    expect(texts.filter((text) => text.includes('already signed'))).toHaveLength(1);
    expect(await signatures()).toHaveLength(1);
  });

  it('by everybody at the same moment takes all of them', async () => {
    const cards = await Promise.all([sign(ANA), sign(BEN)]);
    expect(cards.map(({ title }) => title)).toEqual(['Thank you, it is signed', 'Thank you, it is signed']);
  });

  it('does not count for a text that has changed since it was read', async () => {
    const read = await people.read(ANA, 'agreement show', here());
    const form = await people.form(ANA, 'agreement sign', here());
    const before = world.agreement.text;
    world.agreement.change({ ...before, version: '2', items: [...before.items, 'One thing more.'] });
    const given = { ...form.given, confirm: 'I agree' };
    const submitted = await people.read(ANA, 'agreement sign', { ...here(), via: 'form', given });
    expect(readable(submitted)).toContain('The agreement was changed');
    const pressed = await people.press(ANA, button(read, 'Sign'), here());
    expect(pressed).toMatchObject({ kind: 'tell', card: { text: expect.stringContaining('was changed') } });
    expect(await signatures()).toEqual([]);
    world.agreement.change(before);
  });

  it('is for members, not for staff or for admins', async () => {
    for (const account of [LEAD, ADMIN]) expect((await sign(account)).title).toBeUndefined();
    expect(await signatures()).toEqual([]);
  });
});

describe('a signature', () => {
  it('is shown to its owner with the day on which it was given', async () => {
    await sign(ANA);
    const card = await people.read(ANA, 'agreement show', here());
    expect(readable(card)).toMatch(/You have signed this\non <t:\d+:f>/);
  });

  it('is withdrawn after one more question, and the rooms close', async () => {
    await sign(ANA);
    expect(await withdraw(ANA)).toContain('is withdrawn');
    await world.settle();
    expect(world.discord.guests('group')).not.toContain(ANA);
    expect(world.discord.guests('welcome')).toContain(ANA);
  });

  it('is not withdrawn twice', async () => {
    await sign(ANA);
    await withdraw(ANA);
    expect(readable(await people.read(ANA, 'agreement withdraw', here()))).toContain('no signature of yours');
  });

  it('may be given again after it was withdrawn', async () => {
    await sign(ANA);
    await withdraw(ANA);
    expect((await sign(ANA)).title).toBe('Thank you, it is signed');
    expect(await signatures()).toHaveLength(1);
  });

  it('no longer holds when somebody joins after the beginning', async () => {
    await sign(ANA);
    const [own] = (await world.store.records.cohorts.ofGuild(GUILD)).filter(
      (each) => each.name === `Meadow ${made}`,
    );
    if (!own) throw new Error('the cohort is not kept');
    await world.store.change(async ({ cohorts }) => {
      await cohorts.save({ ...own, begunAt: world.clock.now() });
      return { ok: true, value: null };
    });
    const given = { cohort: own.id, person: OUTSIDER, 'reopen-consent': 'yes' };
    await people.read(ADMIN, 'cohort enrol', { given });
    await world.settle();
    expect(world.discord.guests('group', 'join')).toEqual([]);
    expect((await sign(ANA)).title).toBe('Thank you, it is signed');
  });
});
