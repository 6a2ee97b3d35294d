/** Pages lead on to others, and not for ever: whoever got hold of an address can carry it on for an hour at most. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GIVEN_PAGES } from '../../src/core/often.ts';
import { DAY, MINUTE, SECOND } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { type Browsing, browsing, type Shown, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const MORE = 'You find it in Discord, which gives you a new page for it at once.';
/** The two pages that lead to each other without end. */
const NOT_COMING = 'I cannot come';
const COMING = 'I come after all';

let world: TestWorld;
let group: Group;
let web: Browsing;
let meeting: string;

const start = async (account: string): Promise<string> => {
  const given = { meeting, reason: 'ill' };
  return tokenIn(await group.people.ask(account, 'absence tell', { given, channelId: group.room('group') }));
};
const answer = (token: string): Promise<Shown> => web.send(token, { reason: 'ill' });

/** Minutes between the answers, one less than each address is good for, or fewer. */
const WAITS = [14, 14, 14, 8, 5];

/** 55 minutes after the first: the page that is open then. */
const led = async (): Promise<string> => {
  let shown = await answer(await start(ANA));
  for (const [index, wait] of WAITS.entries()) {
    const step = shown.step(index % 2 === 0 ? COMING : NOT_COMING);
    world.clock.pass(wait * MINUTE);
    shown = await answer(step);
    expect([index, shown.status]).toEqual([index, 200]);
    expect(shown.text).not.toContain(MORE);
  }
  return shown.step(NOT_COMING);
};

const count = async (): Promise<number> =>
  (await runSql(world.url, 'SELECT count(*)::int AS n FROM form_link')).rows[0].n;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  await group.people.read(ADMIN, 'cohort policy', { given: { cohort: 'Birch', 'private-answers': 'link' } });
  web = await browsing(world);
});
afterAll(async () => {
  await web.stop();
  await world.close();
});
// Each story is of a meeting of its own, and begins on the full hour, when nothing of the one before is open.
beforeEach(async () => {
  const day = world.clock.now().getTime() + 2 * DAY;
  world.clock.set(new Date(day - (day % DAY)));
  ({ id: meeting } = await aMeeting(world, group.cohort, new Date(world.clock.now().getTime() + DAY)));
});

describe('an address of a page', () => {
  it('leads on for an hour from the one given in Discord, however soon each is answered', async () => {
    const last = await led();
    expect((await web.look(last)).text).toContain('You can send it once, until 01:00');
    world.clock.pass(5 * MINUTE - SECOND);
    expect((await web.look(last)).status).toBe(200);
    world.clock.pass(SECOND);
    const closed = await answer(last);
    expect([closed.status, closed.text]).toEqual([410, expect.stringContaining('This page has closed')]);
    // What Discord gives begins anew.
    expect((await answer(await start(ANA))).step(COMING)).toBeDefined();
  });

  it('is not offered for less than a minute: the page says that the next is found in Discord', async () => {
    const last = await led();
    world.clock.pass(4 * MINUTE + SECOND);
    const before = await count();
    const done = await answer(last);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining(MORE)]);
    expect(() => done.step(COMING)).toThrow('there is no');
    expect(await count()).toBe(before);
  });

  it('says the same to whoever was given too many', async () => {
    const page = await start(BEN);
    const { id } = await world.store.records.people.known(BEN);
    await runSql(
      world.url,
      `INSERT INTO form_link (id, person_id, server_id, cohort_id, token_sha256, path, given, locale, made_at, begun_at)
       SELECT gen_random_uuid(), person_id, server_id, cohort_id, encode(sha256(n::text::bytea), 'hex'), path, given, locale,
         made_at, begun_at
       FROM form_link, generate_series(1, ${GIVEN_PAGES.most}) n WHERE person_id = $1`,
      [id],
    );
    const done = await answer(page);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining(MORE)]);
  });

  it('is never kept as one that began after it was made', async () => {
    const begun = world.clock.now();
    await led();
    const { rows } = await runSql(
      world.url,
      'SELECT DISTINCT begun_at FROM form_link WHERE person_id = (SELECT id FROM person WHERE account = $1) AND made_at >= $2',
      [ANA, begun],
    );
    expect(rows).toEqual([{ begun_at: begun }]);
    const later = `UPDATE form_link SET begun_at = made_at + interval '1 second'`;
    await expect(runSql(world.url, later)).rejects.toThrow('form_link_begun_check');
  });
});
