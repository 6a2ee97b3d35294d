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
    expect([...late]).toEqual([expect.stringContaining('Please wait 60 minutes')]);
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
    expect(await opens(ANA)).toContain('Please wait 60 minutes');
    expect(await group.says(ANA, 'goal list')).toContain('This opens on a page');
    expect(await group.says(ANA, 'contact-me')).not.toContain('Please wait 60 minutes');
  });
});

/** Ten at once, where there is room for one. */
const atOnce = (ask: () => Promise<string>) => Promise.all(Array.from({ length: 10 }, ask));

describe('whoever asks ten times at once, where one is left', () => {
  const leave = (most: number) => most - 1;

  it('is noted once', async () => {
    world.clock.pass(2 * DAY);
    const opens = () => group.says(OUTSIDER, 'attendance attest', { given: { cohort: 'Birch' } });
    const before = await denials();
    await times(leave(NOTED_REFUSALS.most), opens);
    const said = await atOnce(opens);
    expect(said.filter((each) => each.includes('No group of yours'))).toHaveLength(1);
    expect(await denials()).toBe(before + NOTED_REFUSALS.most);
  });

  it('is given one page', async () => {
    world.clock.pass(2 * DAY);
    const presses = () => group.says(ANA, 'goal list', { via: 'press' });
    await presses();
    await runSql(
      world.url,
      `INSERT INTO form_link (id, person_id, server_id, cohort_id, token_sha256, path, given, locale, made_at, begun_at)
       SELECT gen_random_uuid(), person_id, server_id, cohort_id, encode(sha256(n::text::bytea), 'hex'), path, given, locale,
         made_at, begun_at
       FROM (SELECT f.* FROM form_link f JOIN person p ON p.id = person_id WHERE account = $1 ORDER BY made_at DESC LIMIT 1) f,
         generate_series(1, ${leave(GIVEN_PAGES.most) - 1}) n`,
      [ANA],
    );
    const said = await atOnce(presses);
    expect(said.filter((each) => each.includes('This opens on a page'))).toHaveLength(1);
  });

  it('is given one address of a calendar', async () => {
    world.clock.pass(2 * DAY);
    const links = () => group.says(ANA, 'calendar link', { given: { sure: 'yes' } });
    await times(leave(GIVEN_CALENDARS.most), links);
    const said = await atOnce(links);
    expect(said.filter((each) => each.includes('https://'))).toHaveLength(1);
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
