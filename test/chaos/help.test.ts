/**
 * Somebody asks for help while everything goes wrong: whoever is answered finds that staff were told within seconds, and
 * nothing that was asked is lost.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../adapters/jobs/until.ts';
import { type Bot, startBot } from '../journey/bot.ts';
import { channelsOf, groupCalled, makeGroup, told as read, sign } from '../journey/group.ts';
import { ADMIN, type Stage, setStage } from '../journey/stage.ts';
import { runSql } from '../postgres.ts';
import { diceOf } from './dice.ts';
import { type Way, wayTo } from './outage.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
/** How many things go wrong. */
const FAULTS = Number(process.env['CHAOS_FAULTS'] ?? 1_000);
/** Milliseconds within which somebody of the staff is told, from the answer on, or from when Hearth is up again. */
const WITHIN = 5_000;
/** The same on a machine that is busy with other things: what comes later than it ought to is counted all the same. */
const PATIENCE = Number(process.env['CHAOS_PATIENCE'] ?? WITHIN);
const GROUP = 'Tuesday';
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi', 'Dana', 'Eli', 'Fay'] as const;
const SEND = 'POST /channels/:channel/messages';
const OPEN_DM = 'POST /users/@me/channels';

const dice = diceOf(SEED);
let stage: Stage;
let way: Way;
let bot: Bot;
let staffRoom: string;
let lastFailure = '';
const counts = {
  seed: SEED,
  faults: 0,
  asked: 0,
  unanswered: 0,
  repeats: 0,
  kills: 0,
  outages: 0,
  longest: 0,
  late: 0,
};
/** When Hearth was last up again after it was killed. */
let upSince = 0;

const who = (name: string) => stage.who(name);
const faults = () => stage.sandbox.faults;

const start = async (): Promise<void> => {
  bot = startBot({
    ...stage.environment,
    DATABASE_URL: way.url,
    HEARTH_LOG: 'silent',
    HEARTH_DATA: dataFolder,
  });
  await bot.isUp();
  upSince = Date.now();
};
const dataFolder = mkdtempSync(join(tmpdir(), 'hearth-help-'));

/** On a machine with much to do, what is not answered in time is asked for once more: by then it may have been done. */
const insists = async (step: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await isDone()); tries += 1) {
    await step().catch((cause: unknown) => {
      if (tries > 10) throw cause;
    });
  }
};

const count = async (query: string): Promise<number> =>
  Number((await runSql(stage.databaseUrl, `SELECT count(*) FROM ${query}`)).rows[0].count);

const gather = async (): Promise<void> => {
  const plan = { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: [] };
  await insists(
    () => makeGroup(stage, plan),
    async () => (await count('cohort')) === 1,
  );
  for (const [index, name] of PARTICIPANTS.entries()) {
    const given = { cohort: GROUP, person: who(name).id };
    await insists(
      () => who(ADMIN).run('/cohort enrol', given),
      async () => (await count('membership')) > index,
    );
    await insists(
      () => sign(who(name)),
      async () => (await count('signature')) > index,
    );
  }
  await insists(
    () => who(ADMIN).run('/cohort supervisor', { cohort: GROUP, person: who('Vera').id }),
    async () => (await count('cohort WHERE supervisor_id IS NOT NULL')) === 1,
  );
  const rota = { cohort: GROUP, person: who('Lena').id, hours: 'always', second: 60 };
  await insists(
    () => who(ADMIN).run('/on-call set', rota),
    async () => (await count('on_call')) === 1,
  );
};

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${SEED}\n`);
  stage = await setStage(['Lena', 'Tomas', 'Vera', ...PARTICIPANTS]);
  way = await wayTo(stage.databaseUrl);
  await start();
  await gather();
  staffRoom = (await channelsOf(stage, (await groupCalled(stage, GROUP)).id)).staff;
}, 300_000);
afterAll(async () => {
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  bot.signal('SIGKILL');
  await bot.ended();
  await way.stop();
  await stage.strike();
});

/** When somebody was first told of each alert, by direct message or in the staff room, by its code. */
const toldAt = new Map<string, number>();

const codesIn = function* (): Generator<string> {
  const { world } = stage.sandbox;
  for (const [channelId, messages] of world.messages) {
    if (channelId !== staffRoom && world.channels.get(channelId)?.guildId) continue;
    for (const { content, embeds } of messages.values()) {
      const [, code] = /A-([0-9A-F]{5})/.exec(`${content} ${embeds[0]?.description ?? ''}`) ?? [];
      if (code !== undefined) yield code;
    }
  }
};

/** Codes of all of which anybody was told. */
const told = (): ReadonlyMap<string, number> => {
  const now = Date.now();
  for (const code of codesIn()) if (!toldAt.has(code)) toldAt.set(code, now);
  return toldAt;
};

const answered = async (name: string): Promise<boolean> => {
  const outcome = await who(name).run('/help-now', {}, { in: 'group-room' });
  if (outcome.is === 'failure') {
    lastFailure = `${outcome.code}: ${outcome.why}`;
    return false;
  }
  expect(read(outcome)).toMatch(/Hearth (?:is telling|has told)/);
  return true;
};

/** Asked until Discord shows an answer: what was not answered may have been heard all the same. */
const asks = async (name: string): Promise<void> => {
  counts.asked += 1;
  for (let tries = 0; tries < 60; tries += 1) {
    if (await answered(name)) return;
    counts.unanswered += 1;
    await sleep(250);
  }
  throw new Error(`nobody was answered (${lastFailure}); Hearth said: ${bot.said()}`);
};

const restart = async (): Promise<void> => {
  counts.kills += 1;
  bot.signal('SIGKILL');
  await bot.ended();
  await start();
};

const down = (ms: number): Promise<void> => {
  counts.outages += 1;
  way.close();
  return sleep(ms).then(() => way.open());
};

/** Something goes wrong; what is given back is done when it is over. */
const goesWrong = (): Promise<unknown> => {
  counts.faults += 1;
  const aim = { who: stage.sandbox.bot.id, times: 1 + dice(2) };
  const moment = dice(2) === 0 ? 'before' : 'after';
  switch (dice(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
      faults().serverError({ ...aim, route: SEND, status: 500 + dice(4), moment });
      return Promise.resolve();
    case 4:
    case 5:
    case 6:
      faults().rateLimit({ ...aim, route: SEND, retryAfterMs: 100 + dice(900) });
      return Promise.resolve();
    case 7:
    case 8:
      faults().serverError({ ...aim, route: OPEN_DM, moment });
      return Promise.resolve();
    case 9:
    case 10:
      faults().slow({ ...aim, route: SEND, ms: dice(1_000), moment });
      return Promise.resolve();
    case 11:
    case 12:
      faults().drop(aim.who, { resumable: dice(2) === 0 });
      return Promise.resolve();
    case 13:
      faults().requestReconnect(aim.who);
      return Promise.resolve();
    case 14:
      faults().invalidateSession(aim.who, { resumable: dice(2) === 0 });
      return Promise.resolve();
    case 15:
    case 16:
    case 17:
      return down(0);
    case 18:
      return down(dice(2_000));
    default:
      return dice(4) === 0 ? restart() : Promise.resolve();
  }
};

interface Open {
  readonly code: string;
  readonly account: string;
}

const unclosed = async (): Promise<readonly Open[]> => {
  const { rows } = await runSql(
    stage.databaseUrl,
    'SELECT a.id, p.account FROM alert a JOIN person p ON p.id = a.person_id WHERE a.closed_at IS NULL',
  );
  return rows.map(({ id, account }) => ({ code: String(id).slice(-5).toUpperCase(), account }));
};

/** One for each who asked, however often they did. */
const kept = async (names: readonly string[]): Promise<readonly Open[]> => {
  await until('it is kept', async () => (await unclosed()).length >= names.length, 45);
  const open = await unclosed();
  expect(open.map(({ account }) => account).toSorted()).toEqual(names.map((name) => who(name).id).toSorted());
  return open;
};

/** The lead closes what was told, so that the next who asks is told of anew. */
const closesAll = async (): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    const open = await unclosed();
    if (open.length === 0) return;
    if (tries > 60) throw new Error('it could not be closed');
    for (const { code } of open) {
      const closing = { alert: `A-${code}`, outcome: 'spoken-with' };
      await who('Lena').run('/alert close', closing, { in: 'staff-room' });
    }
  }
};

/** Asks, and now and then once more. */
const asksPerhapsTwice = async (name: string): Promise<readonly [account: string, at: number]> => {
  await asks(name);
  const at = Date.now();
  if (dice(6) === 0) {
    counts.repeats += 1;
    await asks(name);
  }
  return [who(name).id, at];
};

/** They ask at the same time while it goes wrong, and of each staff are told in time. */
const areTold = async (names: readonly string[], wrong: () => Promise<unknown>): Promise<void> => {
  const over = wrong();
  const watch = setInterval(told, 20);
  try {
    const answeredAt = new Map(await Promise.all(names.map(asksPerhapsTwice)));
    await over;
    const open = await kept(names);
    await until('staff are told of each', () => open.every(({ code }) => told().has(code)), 60);
    for (const { code, account } of open) {
      const from = Math.max(answeredAt.get(account) ?? 0, upSince);
      const took = (told().get(code) ?? 0) - from;
      counts.longest = Math.max(counts.longest, took);
      if (took >= WITHIN) counts.late += 1;
      expect(took, 'milliseconds until staff were told').toBeLessThan(PATIENCE);
    }
  } finally {
    clearInterval(watch);
  }
  await closesAll();
};

it('while the database is away for half a minute', async () => {
  await areTold(['Ana'], () => down(30_000));
});

it('and Hearth is killed meanwhile, before anything could be kept', async () => {
  way.close();
  await asks('Ben');
  await until('staff are told', () => told().size > 1, 5);
  counts.kills += 1;
  bot.signal('SIGKILL');
  await bot.ended();
  way.open();
  await start();
  await kept(['Ben']);
  await closesAll();
});

/** How many things go wrong while everybody asks, at least, and how many more at most. */
const AT_ONCE = { least: 8, more: 17 } as const;

it(`while ${FAULTS} things go wrong`, async () => {
  while (counts.faults < FAULTS) {
    await areTold(PARTICIPANTS, async () => {
      for (let left = AT_ONCE.least + dice(AT_ONCE.more); left > 0 && counts.faults < FAULTS; left -= 1) {
        await Promise.all([goesWrong(), sleep(dice(100))]);
      }
    });
    process.stdout.write(`${counts.faults} of ${FAULTS} went wrong\n`);
  }
}, 7_200_000);

it('and in the end everything that was answered is kept, once', async () => {
  await until('what was asked last is kept', async () => (await count('alert_request')) >= counts.asked, 45);
  const { rows } = await runSql(stage.databaseUrl, 'SELECT sum(times)::int AS times FROM alert');
  expect(rows[0].times).toBe(await count('alert_request'));
  expect(rows[0].times).toBeLessThanOrEqual(counts.asked + counts.unanswered);
});
