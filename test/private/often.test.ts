/** Whoever asks again and again does not fill the database: neither with refusals, nor with addresses of pages or calendars. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GIVEN_CALENDARS, GIVEN_PAGES, NOTED_REFUSALS } from '../../src/core/often.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  await group.people.read(ADMIN, 'cohort policy', { given: { cohort: 'Birch', 'private-answers': 'link' } });
});
afterAll(() => world.close());

const count = async (table: string, where = 'true'): Promise<number> =>
  (await runSql(world.url, `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`)).rows[0].n;
const denials = () => count('audit_entry', `outcome = 'denied'`);

const times = async (many: number, ask: () => Promise<string>): Promise<readonly string[]> => {
  const said: string[] = [];
  for (let each = 0; each < many; each += 1) said.push(await ask());
  return said;
};

describe('a refusal of what is not theirs', () => {
  const opens = (account: string, cohort = 'Birch') =>
    group.says(account, 'attendance attest', { given: { cohort } });

  it('is noted up to the limit, and from there on answered alike, whatever is asked for', async () => {
    const before = await denials();
    const said = await times(NOTED_REFUSALS.most + 5, () => opens(OUTSIDER));
    expect(await denials()).toBe(before + NOTED_REFUSALS.most);
    expect(said[0]).toContain('No group of yours was found here');
    const late = new Set([...said.slice(-5), await opens(OUTSIDER, 'no such group')]);
    expect([...late]).toEqual([expect.stringContaining('Please wait an hour')]);
    expect(await denials()).toBe(before + NOTED_REFUSALS.most);
  });

  it('of somebody else is still noted, and theirs again after an hour', async () => {
    const before = await denials();
    await opens(BEN);
    expect(await denials()).toBe(before + 1);
    world.clock.pass(NOTED_REFUSALS.within + MINUTE);
    expect(await opens(OUTSIDER)).toContain('No group of yours was found here');
    expect(await denials()).toBe(before + 2);
  });

  it('is noted in a server, however much was refused in another', async () => {
    world.clock.pass(NOTED_REFUSALS.within + MINUTE);
    const given = { cohort: 'no such group' };
    const asked = { given, guildId: '200000000000000088' };
    await times(NOTED_REFUSALS.most + 1, async () =>
      readable(await group.people.read(OUTSIDER, 'attendance attest', asked)),
    );
    const before = await denials();
    await opens(OUTSIDER);
    expect(await denials()).toBe(before + 1);
  });

  it('takes nothing from a member that is theirs', async () => {
    await times(NOTED_REFUSALS.most + 1, () => opens(ANA));
    expect(await opens(ANA)).toContain('Please wait an hour');
    expect(await group.says(ANA, 'goal list')).toContain('This opens on a page');
    expect(await group.says(ANA, 'contact-me')).not.toContain('Please wait an hour');
  });
});

describe('an address of a page', () => {
  const presses = () => group.says(BEN, 'goal list', { via: 'press' });

  it('is given up to the limit; then they are asked to use one of those, and nothing is added', async () => {
    await times(GIVEN_PAGES.most, presses);
    expect(await presses()).toContain('Please use one of those that are open, or ask again in 15 minutes');
    expect(await count('form_link', `path = 'goal list'`)).toBeGreaterThanOrEqual(GIVEN_PAGES.most);
    const all = await count('form_link');
    await times(3, presses);
    expect(await count('form_link')).toBe(all);
    expect(await group.says(ANA, 'goal list')).toContain('This opens on a page');
  });

  it('is given again a quarter of an hour later, and those of yesterday are forgotten', async () => {
    world.clock.pass(GIVEN_PAGES.within + MINUTE);
    expect(await presses()).toContain('This opens on a page');
    world.clock.pass(DAY + MINUTE);
    await presses();
    const { id } = await world.store.records.people.known(BEN);
    expect(await count('form_link', `person_id = '${id}'`)).toBe(1);
  });
});

describe('an address of a calendar', () => {
  const links = () => group.says(ANA, 'calendar link', { given: { sure: 'yes' } });

  it('is given up to the limit; further ones end none, and leave nothing in the record of erasures', async () => {
    await times(GIVEN_CALENDARS.most, links);
    const [kept, feeds] = [await count('erasure'), await count('calendar_feed')];
    expect(await links()).toContain('Please keep the last one, or ask again in 60 minutes');
    expect([await count('erasure'), await count('calendar_feed')]).toEqual([kept, feeds]);
    expect(await count('calendar_feed', 'revoked_at IS NULL')).toBe(1);
    world.clock.pass(GIVEN_CALENDARS.within + MINUTE);
    expect(await links()).toContain('https://');
  });
});
