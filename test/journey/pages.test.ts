/** A session of a group that answers on pages, over the wire: what each told is nowhere but where it may be read. */
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, Person } from '../../sandbox/people.ts';
import { runSql } from '../postgres.ts';
import { addressIn } from './address.ts';
import { type Bot, startBot } from './bot.ts';
import { done, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

const CANARY = 'canary-of-ana';
const HERE = { in: 'group-room' };
/** Beside the canary itself: what only its answers can have brought anywhere. */
const TRACES = [CANARY, 'mood 1 of', 'in pain', 'Stuck for now', 'still settling'];

let stage: Stage;
let bot: Bot;

const who = (name: string): Person => stage.who(name);

/** Sends the page that somebody was given, and reads what it is answered with. */
const fillIn = async (given: Outcome, fields: readonly (readonly [string, string])[] = []) => {
  const body = new URLSearchParams(Object.fromEntries(fields));
  const answer = await fetch(addressIn(given), { method: 'POST', body });
  const text = parse(await answer.text()).querySelector('main')?.textContent ?? '';
  if (!answer.ok) throw new Error(`${answer.status}: ${text}`);
  return text;
};

const moveToReflection = async (): Promise<void> => {
  while (!told(await who('Lena').run('/session next', {}, { in: 'staff-room' })).includes('eflection'));
};

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben', 'Oskar']);
  // The port is the machine's choice, and what people are given bears it.
  bot = startBot({ ...stage.environment, HEARTH_LOG: 'debug' });
  await bot.isUp();
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  const policy = { cohort: 'Tuesday', 'private-answers': 'link', calls: 'no' };
  says(await who(ADMIN).run('/cohort policy', policy), 'pages of Hearth’s own');
  await sign(who('Ana'));
  await sign(who('Ben'));
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
});
afterAll(async () => {
  bot.signal('SIGTERM');
  await bot.ended();
  await stage.strike();
});

const everythingKept = async (): Promise<string> => {
  const { rows } = await runSql(
    stage.databaseUrl,
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')",
  );
  const tables: string[] = [];
  for (const { name } of rows) {
    tables.push(JSON.stringify((await runSql(stage.databaseUrl, `SELECT * FROM ${name}`)).rows));
  }
  return tables.join('\n');
};

describe('a session on pages', () => {
  it('is lived through by presses in Discord and answers elsewhere', async () => {
    const arrival = [
      ['share', 'group'],
      ['mood', '1'],
      ['energy', '9'],
      ['words', 'in pain'],
      ['goal', 'stuck'],
    ] as const;
    expect(await fillIn(await who('Ana').press('Check in', HERE), arrival)).toContain('mood 1 of 10');
    await sees(who('Ben'), 'group-room', 'Have checked in');
    const goal = [
      ['goal', CANARY],
      ['review-on', '2030-01-01'],
      ['readers', 'staff'],
    ] as const;
    expect(await fillIn(await who('Ana').run('/goal set', {}, HERE), goal)).toContain(CANARY);
    await moveToReflection();
    const reflection = [
      ['share', 'group'],
      ['take-away', 'still-settling'],
      ['intention', CANARY],
      ['intention-readers', 'staff'],
    ] as const;
    expect(await fillIn(await who('Ana').run('/reflect', {}, HERE), reflection)).toContain(CANARY);
    await sees(who('Ben'), 'group-room', 'Have reflected');
  });

  it('is read on a page by those with whom it was shared, each under the name that they bear here', async () => {
    const read = await fillIn(await who('Ben').press('See what was shared', HERE));
    expect(read).toContain('Ana');
    expect(read).toContain('It is still settling in me');
    expect(read).not.toContain(CANARY);
  });

  it('leaves nothing of what was told in anything that Discord was sent or shown', () => {
    const { transcript } = stage.sandbox;
    // What may be chosen is told to Discord with the commands themselves.
    const calls = transcript.calls().filter(({ path }) => !path.includes('command'));
    const wire = JSON.stringify([calls, transcript.events()]);
    expect(wire).toContain('Have reflected');
    for (const trace of TRACES) expect([trace, wire.includes(trace)]).toEqual([trace, false]);
  });

  it('leaves nothing of it in the log, nor in the database where it can be read', async () => {
    const kept = await everythingKept();
    for (const trace of TRACES) {
      expect([trace, bot.said().includes(trace)]).toEqual([trace, false]);
      expect([trace, kept.includes(trace)]).toEqual([trace, false]);
    }
    expect(bot.said()).not.toContain('/answer/');
  });
});
