/** What could not be done, as admins see it: nobody else does, and each is settled once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { listFailures } from '../../src/app/list-failures.ts';
import { recordFailure } from '../../src/app/record-failure.ts';
import { settleFailure } from '../../src/app/settle-failure.ts';
import type { Reply } from '../../src/command.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import type { Action } from '../../src/words/card.ts';
import { runSql } from '../postgres.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

const ELSEWHERE = '200000000000000077';
const OTHER_ADMIN = '100000000000000031';

let url: string;
let world: TestWorld;
let people: Asker;
let cohort: Cohort;
let made = 0;

const form = async (name: string): Promise<Cohort> => {
  const given = { name, type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR };
  await people.read(ADMIN, 'cohort create', { given });
  await world.settle();
  const found = (await world.store.records.cohorts.ofGuild(GUILD)).find((each) => each.name === name);
  if (!found) throw new Error(`there is no group ${name}`);
  return found;
};

const fail = async (about: Cohort, reference: string, announcementId = world.ids.next()): Promise<void> => {
  const job = { name: 'announce', cohortId: about.id, announcementId } as const;
  world.clock.pass(1_000);
  await world.store.change((records) =>
    recordFailure(world, records, { job, attempts: 301, reference }, world.clock.now()),
  );
};

const list = () => people.read(ADMIN, 'admin failures');
const button = async (label: string): Promise<Action> => {
  const found = (await list()).actions?.flat().find((action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}`);
  return found;
};
const settling = (path: 'retry' | 'dismiss', failure: string) =>
  people.read(ADMIN, `admin ${path}`, { given: { failure } });
const said = (reply: Reply): string => ('card' in reply ? readable(reply.card) : 'a form');
const waiting = async () =>
  (await world.jobs()).filter(({ job }) => job.name === 'announce' && job.cohortId === cohort.id);

beforeAll(async () => {
  world = await testWorld();
  url = world.url;
  people = askerOf(world, commands);
});
afterAll(() => world.close());

beforeEach(async () => {
  await runSql(
    url,
    "UPDATE failure SET settled_at = now(), settled_by = 'test', outcome = 'dismissed' WHERE settled_at IS NULL",
  );
  made += 1;
  cohort = await form(`Willow ${made}`);
});

describe('the list of failures', () => {
  it('is empty when everything was done', async () => {
    expect(readable(await list())).toContain('Everything that Hearth was to do has been done');
  });

  it('tells in plain words what, for whom, when, after how many attempts, and under which reference', async () => {
    await fail(cohort, 'a1b2c3d4');
    const text = readable(await list());
    expect(text).toContain(`Saying something in a room of **${cohort.name}**, given up on <t:`);
    expect(text).toContain('after 301 attempts, reference `a1b2c3d4`');
  });

  it('shows the newest first, ten at most, and how many more there are', async () => {
    for (let times = 1; times <= 12; times += 1) await fail(cohort, `0000000${times.toString(16)}`);
    const card = await list();
    expect(card.text).toMatch(/\*\*1\.\*\* .*0000000c[\s\S]*\*\*10\.\*\* .*00000003/);
    expect(card.text).toContain('2 older ones are shown when these are settled.');
    expect(card.actions?.map((row) => row.length)).toEqual([4, 4, 4, 4, 4]);
  });

  it('is for admins alone; the staff of a group are told that there is something', async () => {
    await fail(cohort, 'a1b2c3d4');
    for (const account of [LEAD, ANA]) {
      expect(readable(await people.read(account, 'admin failures', { admin: false }))).toContain(
        'Only people who manage this server',
      );
    }
    const shown = readable(await people.read(LEAD, 'cohort show', { given: { cohort: cohort.name } }));
    expect(shown).toContain('1 thing could not be done for this group');
    const another = await form(`Alder ${made}`);
    const unshown = readable(await people.read(LEAD, 'cohort show', { given: { cohort: another.name } }));
    expect(unshown).not.toContain('could not be done');
  });

  it('of another server is never seen, and never settled', async () => {
    await fail(cohort, 'a1b2c3d4');
    const [failure] = await world.store.records.failures.open(GUILD, 1);
    expect(await listFailures(world, ELSEWHERE)).toEqual({ newest: [], open: 0 });
    for (const key of [failure?.id ?? '', 'a1b2c3d4']) {
      const settled = await settleFailure(world, {
        guildId: ELSEWHERE,
        failure: key,
        outcome: 'retried',
        by: OTHER_ADMIN,
      });
      expect(settled).toEqual({ ok: false, refusal: { code: 'no-such-failure' } });
    }
    expect(await waiting()).toEqual([]);
  });
});

describe('an admin', () => {
  it('has it done again: the same job, once', async () => {
    const announcementId = world.ids.next();
    await fail(cohort, 'a1b2c3d4', announcementId);
    const again = await button('Do 1 again');
    expect(said(await people.press(ADMIN, again))).toContain('being done again now');
    expect((await waiting()).map(({ job }) => job)).toEqual([
      { name: 'announce', cohortId: cohort.id, announcementId },
    ]);
    expect(said(await people.press(ADMIN, again))).toContain('already dealt with');
    expect(await waiting()).toHaveLength(1);
    expect(readable(await list())).toContain('has been done');
  });

  it('and another press at the same moment: it is done again once', async () => {
    await fail(cohort, 'a1b2c3d4');
    const again = await button('Do 1 again');
    const replies = await Promise.all([
      people.press(ADMIN, again),
      people.press(OTHER_ADMIN, again, { admin: true }),
      people.press(ADMIN, again),
    ]);
    expect(replies.map(said).filter((text) => text.includes('being done again now'))).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
  });

  it('lets it be, and nothing is done', async () => {
    await fail(cohort, 'a1b2c3d4');
    expect(said(await people.press(ADMIN, await button('Let 1 be')))).toContain('let be');
    expect(await waiting()).toEqual([]);
    expect(readable(await settling('retry', 'a1b2c3d4'))).toContain('already dealt with');
    expect(await waiting()).toEqual([]);
  });

  it('may type the reference, and is told when there is none such', async () => {
    await fail(cohort, 'a1b2c3d4');
    expect(readable(await settling('retry', 'ffffffff'))).toContain('Nothing with that reference');
    expect(readable(await settling('retry', ' a1b2c3d4 '))).toContain('being done again now');
    expect(await waiting()).toHaveLength(1);
  });

  it('sees it again when it fails again', async () => {
    const announcementId = world.ids.next();
    await fail(cohort, 'a1b2c3d4', announcementId);
    await settling('retry', 'a1b2c3d4');
    await fail(cohort, 'e5f6a7b8', announcementId);
    expect(readable(await list())).toContain('reference `e5f6a7b8`');
  });
});

it('what an admin decided stays decided, and no failure is ever deleted', async () => {
  await fail(cohort, 'a1b2c3d4');
  await settling('dismiss', 'a1b2c3d4');
  const undo = "UPDATE failure SET outcome = 'retried' WHERE reference = 'a1b2c3d4'";
  await expect(runSql(url, undo)).rejects.toThrow('append-only');
  await expect(runSql(url, 'DELETE FROM failure')).rejects.toThrow('append-only');
});
