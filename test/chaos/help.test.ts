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
import { channelsOf, groupCalled, makeGroup, says, sign, told } from '../journey/group.ts';
import { ADMIN, type Stage, setStage } from '../journey/stage.ts';
import { runSql } from '../postgres.ts';
import { diceOf } from './dice.ts';
import { type Way, wayTo } from './outage.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
/** How many things go wrong. */
const FAULTS = Number(process.env['CHAOS_FAULTS'] ?? 1_000);
/** Milliseconds within which somebody of the staff is told, from the answer on, or from when Hearth is up again. */
const WITHIN = 5_000;
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
const counts = { seed: SEED, faults: 0, asked: 0, unanswered: 0, kills: 0, outages: 0, longest: 0 };

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
};
const dataFolder = mkdtempSync(join(tmpdir(), 'hearth-help-'));

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${SEED}\n`);
  stage = await setStage(['Lena', 'Tomas', 'Vera', ...PARTICIPANTS]);
  way = await wayTo(stage.databaseUrl);
  await start();
  await makeGroup(stage, { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: PARTICIPANTS });
  for (const name of PARTICIPANTS) await sign(who(name));
  says(await who(ADMIN).run('/cohort supervisor', { cohort: GROUP, person: who('Vera').id }), 'supervis');
  const rota = { cohort: GROUP, person: who('Lena').id, hours: 'always', second: 60 };
  says(await who(ADMIN).run('/on-call set', rota), 'On call');
  staffRoom = (await channelsOf(stage, (await groupCalled(stage, GROUP)).id)).staff;
}, 120_000);
afterAll(async () => {
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  bot.signal('SIGKILL');
  await bot.ended();
  await way.stop();
  await stage.strike();
});

/** Codes of all alerts of which anybody was told, by direct message or in the staff room. */
const toldOf = (): ReadonlySet<string> => {
  const { world } = stage.sandbox;
  const codes = new Set<string>();
  for (const [channelId, messages] of world.messages) {
    if (channelId !== staffRoom && world.channels.get(channelId)?.guildId) continue;
    for (const { content, embeds } of messages.values()) {
      const [, code] = /A-([0-9A-F]{5})/.exec(`${content} ${embeds[0]?.description ?? ''}`) ?? [];
      if (code !== undefined) codes.add(code);
    }
  }
  return codes;
};

const answered = async (name: string): Promise<boolean> => {
  const outcome = await who(name).run('/help-now', {}, { in: 'group-room' });
  if (outcome.is === 'failure') {
    lastFailure = `${outcome.code}: ${outcome.why}`;
    return false;
  }
  expect(told(outcome)).toMatch(/Hearth (?:is telling|has told)/);
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

const unclosed = async (): Promise<number> => {
  const { rows } = await runSql(stage.databaseUrl, 'SELECT 1 FROM alert WHERE closed_at IS NULL');
  return rows.length;
};

/** The lead closes what was told, so that the next who asks is told of anew. */
const closesAll = async (): Promise<void> => {
  await until('it is kept', async () => (await unclosed()) > 0, 45);
  for (let tries = 0; (await unclosed()) > 0; tries += 1) {
    if (tries > 60) throw new Error('it could not be closed');
    const { rows } = await runSql(stage.databaseUrl, 'SELECT id FROM alert WHERE closed_at IS NULL');
    for (const { id } of rows) {
      const alert = `A-${String(id).slice(-5)}`;
      await who('Lena').run('/alert close', { alert, outcome: 'spoken-with' }, { in: 'staff-room' });
    }
    await sleep(100);
  }
};

/** Somebody asks while it goes wrong, and staff are told in time. */
const isTold = async (name: string, wrong: () => Promise<unknown>): Promise<void> => {
  const before = toldOf().size;
  const over = wrong();
  await asks(name);
  let from = Date.now();
  const kills = counts.kills;
  await until('staff are told', () => toldOf().size > before || counts.kills > kills, 60);
  if (toldOf().size === before) {
    await over;
    from = Date.now();
    await until('staff are told after the restart', () => toldOf().size > before, 60);
  }
  const took = Date.now() - from;
  counts.longest = Math.max(counts.longest, took);
  expect(took, `${name} asked, and staff were told`).toBeLessThan(WITHIN);
  await over;
  await closesAll();
};

it('while the database is away for half a minute', async () => {
  await isTold('Ana', () => down(30_000));
});

it('and Hearth is killed meanwhile, before anything could be kept', async () => {
  way.close();
  await asks('Ben');
  await until('staff are told', () => toldOf().size > 1, 5);
  counts.kills += 1;
  bot.signal('SIGKILL');
  await bot.ended();
  way.open();
  await start();
  await closesAll();
});

it(`while ${FAULTS} things go wrong`, async () => {
  for (let at = 0; counts.faults < FAULTS; at += 1) {
    const name = PARTICIPANTS[at % PARTICIPANTS.length] ?? 'Ana';
    await isTold(name, async () => {
      for (let more = dice(4); more >= 0 && counts.faults < FAULTS; more -= 1) await goesWrong();
    });
  }
}, 7_200_000);

it('and in the end everything that was answered is kept, once', async () => {
  const { rows } = await runSql(stage.databaseUrl, 'SELECT count(*)::int AS requests FROM alert_request');
  const { requests } = rows[0];
  expect(requests).toBeGreaterThanOrEqual(counts.asked);
  expect(requests).toBeLessThanOrEqual(counts.asked + counts.unanswered);
  const { rows: sums } = await runSql(stage.databaseUrl, 'SELECT sum(times)::int AS times FROM alert');
  expect(sums[0].times).toBe(requests);
});
