/** Where a group answers: on pages when it is treatment, and in Discord only once an admin has accepted what that means. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { World } from '../../src/ports/world.ts';
import { runSql } from '../postgres.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let people: Asker;

beforeAll(async () => {
  world = await testWorld();
  people = askerOf(world, commands);
});
afterAll(() => world.close());

const create = (name: string, given: Record<string, unknown> = {}, asker = people) =>
  asker.read(ADMIN, 'cohort create', {
    given: { name, type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR, ...given },
  });
const policy = (cohort: string, place: string, asker = people) =>
  asker.read(ADMIN, 'cohort policy', { given: { cohort, 'private-answers': place } });
const called = async (name: string) =>
  (await world.store.records.cohorts.ofGuild(GUILD)).find((each) => each.name === name);
const placeOf = async (name: string) => (await called(name))?.settings.privateAnswers;

/** Hearth where its pages are reached by an address without HTTPS, off this machine. */
const overheard = (): Asker => {
  const pages: World['pages'] = { ...world.pages, areSafe: false };
  return askerOf({ ...world, pages }, commands);
};

describe('a group', () => {
  it('answers in Discord unless it is treatment', async () => {
    await create('Alder');
    await create('Birch', { clinical: 'yes' });
    expect([await placeOf('Alder'), await placeOf('Birch')]).toEqual(['discord', 'link']);
    expect([(await called('Alder'))?.clinical, (await called('Birch'))?.clinical]).toEqual([undefined, true]);
  });

  it('that is no treatment may answer in either place, without any statement', async () => {
    expect(readable(await policy('Alder', 'link'))).toContain('asked and shown on pages of Hearth’s own');
    expect(readable(await policy('Alder', 'discord'))).toContain('passes through Discord');
    expect(await placeOf('Alder')).toBe('discord');
  });

  it('that is treatment answers in Discord once an admin has accepted what that means, which is asked once', async () => {
    const asked = await policy('Birch', 'discord');
    expect(readable(asked)).toContain('forbids sending it protected health information');
    expect(await placeOf('Birch')).toBe('link');
    const [accept] = asked.actions?.flat() ?? [];
    if (!accept) throw new Error('no button accepts');
    expect(accept.given?.['accept']).toBe('1');
    expect((await people.press(LEAD, accept)).kind).toBe('tell');
    expect(await placeOf('Birch')).toBe('link');
    await people.press(ADMIN, accept);
    expect(await placeOf('Birch')).toBe('discord');
    const { rows } = await runSql(
      world.url,
      'SELECT version, accepted_by, accepted_at FROM answers_statement',
    );
    expect(rows).toEqual([{ version: 1, accepted_by: ADMIN, accepted_at: world.clock.now() }]);
    await policy('Birch', 'link');
    expect(readable(await policy('Birch', 'discord'))).toContain('passes through Discord');
  });

  it('does not take the acceptance of another wording than the one that stands', async () => {
    await create('Cedar', { clinical: 'yes' });
    const given = { cohort: 'Cedar', 'private-answers': 'discord', accept: '2' };
    expect((await people.read(ADMIN, 'cohort policy', { given })).title).toBe('Answers in Discord');
    expect(await placeOf('Cedar')).toBe('link');
  });
});

describe('pages that somebody could read along with on the way', () => {
  it('are for no group, and no group that needs them is made', async () => {
    const asker = overheard();
    expect(readable(await policy('Alder', 'link', asker))).toContain('HEARTH_WEB_URL');
    expect(await placeOf('Alder')).toBe('discord');
    expect(readable(await create('Dogwood', { clinical: 'yes' }, asker))).toContain('HTTPS');
    expect(await called('Dogwood')).toBeUndefined();
  });
});
