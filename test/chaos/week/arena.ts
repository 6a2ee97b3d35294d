/** Where the week is played: two processes of Hearth on one turned clock and one database, and whoever kills them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openLeadingClock } from '../../../demo/leading-clock.ts';
import { playerOf } from '../../../demo/troupe.ts';
import { type Stage, setStage } from '../../journey/stage.ts';
import type { Dice } from '../dice.ts';
import { programIn } from './program.ts';
import { type Quarry, quarryOf } from './quarry.ts';

/** Discord's windows of calls, shorter: a week is told in minutes. */
const HURRIED = 0.05;
/** Milliseconds before and after a write to Discord is done: time enough to die in between. */
const SLOWLY = 15;

const WRITES = [
  'POST /channels/:channel/messages',
  'PATCH /channels/:channel/messages/:message',
  'POST /guilds/:guild/scheduled-events',
];

/** One kill: of whom (2 for both at the same time), and at which instant after they are up, or have begun to start. */
export interface Strike {
  readonly whom: 0 | 1 | 2;
  readonly while: 'up' | 'starting';
  /** Milliseconds. */
  readonly after: number;
}

const LATEST = { up: 500, starting: 900 } as const;

/** Strikes by chance: one in eight at both, one in four at somebody who is starting. */
export const strikeOf = (dice: Dice): Strike => {
  const at = dice(4) === 0 ? 'starting' : 'up';
  const whom = dice(8) === 0 ? 2 : dice(2) === 0 ? 0 : 1;
  return { whom, while: at, after: dice(LATEST[at]) };
};

export interface Arena {
  readonly stage: Stage;
  /** The first is connected to Discord and does jobs, the second does jobs. */
  readonly quarries: readonly [Quarry, Quarry];
  now(): number;
  /** Leaps ahead, with everybody who is up. */
  turnTo(moment: number): Promise<void>;
  /** Stops both, with all that is in hand, and starts them again: what they have compiled is kept for every later start. */
  refresh(): Promise<void>;
  /** From now on Discord answers a little slowly. */
  slowDown(): void;
  hunt(strikes: readonly Strike[]): Promise<void>;
  /** Waits until nothing is due or in hand, whoever does it; time goes by until what a dead one had in hand is done. */
  settled(): Promise<void>;
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** What is tried again later is not done yet. */
const DUE = `SELECT
  (SELECT count(*) FROM pgboss.job WHERE state < 'completed' AND (state IN ('active', 'retry') OR start_after <= $1)
    AND name NOT LIKE '\\_\\_pgboss%')::int
  + (SELECT count(*) FROM later_job WHERE due_at <= $1)::int AS due`;

const LOOK_EVERY = 30;
const QUIET_LOOKS = 4;
/** After so many looks in vain, time is turned on by so many milliseconds. */
const LOOKS = 5;
const ON = 4_000;
const PATIENCE = 300_000;

/** Opens it with the clock at `start`, and both up. */
export const openArena = async (names: readonly string[], start: number): Promise<Arena> => {
  let now = (): number => start;
  const stage = await setStage(names, { time: { now: () => now() }, windowFactor: HURRIED });
  const folder = mkdtempSync(join(tmpdir(), 'hearth-chaos-'));
  const program = await programIn(folder);
  const environment = {
    ...stage.environment,
    ...{ HEARTH_LOG: 'error', NODE_COMPILE_CACHE: join(folder, 'compiled') },
  };
  const quarry = (name: string, roles: string): Quarry =>
    quarryOf(playerOf(name, { ...environment, HEARTH_ROLES: roles }, program), () => now());
  const quarries = [quarry('the first', 'gateway,worker'), quarry('the second', 'worker')] as const;
  const [first, second] = quarries;
  const players = quarries.map(({ player }) => player);
  const clock = await openLeadingClock(stage.databaseUrl, new Date(start), players);
  now = () => clock.time.now();
  const pool = new pg.Pool({ connectionString: stage.databaseUrl, max: 2 });
  const query: Arena['query'] = async (sql, values = []) => (await pool.query(sql, [...values])).rows;
  const startAll = async (): Promise<void> => {
    for (const player of players) await player.start(now());
  };
  await startAll();
  const strike = async ({ whom, while: when, after }: Strike): Promise<void> => {
    const victims = whom === 2 ? quarries : [whom === 0 ? first : second];
    if (when === 'up') await victims[0]?.untilUp();
    await sleep(after);
    await Promise.all(victims.map(({ kill }) => kill()));
  };
  const inTurn = async (strikes: readonly Strike[]): Promise<void> => {
    for (const each of strikes) await strike(each);
  };
  return {
    ...{ stage, quarries, query },
    now: () => now(),
    turnTo: (moment) => clock.turnTo(moment),
    refresh: async () => {
      for (const player of players) await player.stop();
      await startAll();
    },
    slowDown: () => {
      const aim = { who: stage.sandbox.bot.id, ms: SLOWLY, times: Number.POSITIVE_INFINITY };
      for (const route of WRITES) {
        stage.sandbox.faults.slow({ ...aim, route, moment: 'before' });
        stage.sandbox.faults.slow({ ...aim, route, moment: 'after' });
      }
    },
    hunt: async (strikes) => {
      const lanes = [strikes.filter(({ whom }) => whom !== 1), strikes.filter(({ whom }) => whom === 1)];
      await Promise.all(lanes.map(inTurn));
    },
    settled: async () => {
      const deadline = Date.now() + PATIENCE;
      await Promise.race(quarries.map(({ untilUp }) => untilUp()));
      for (let [quiet, looks] = [0, 1]; quiet < QUIET_LOOKS; looks += 1) {
        const [row] = await query<{ due: number }>(DUE, [new Date(now())]);
        quiet = row?.due === 0 ? quiet + 1 : 0;
        const isWorked = quarries.some(({ isUp }) => isUp());
        if (quiet === 0 && isWorked && looks % LOOKS === 0) await clock.pass(ON);
        if (Date.now() > deadline) {
          const left = await query(`SELECT name, state, count(*)::int, min(retry_count) AS tried,
            min(start_after) AS at FROM pgboss.job WHERE state < 'completed' GROUP BY 1, 2`);
          throw new Error(
            `at ${new Date(now()).toISOString()} they do not come to rest: ${JSON.stringify(left)}`,
          );
        }
        await sleep(LOOK_EVERY);
      }
    },
    close: async () => {
      for (const player of players) await player.stop();
      await clock.stop();
      await stage.strike();
      await pool.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
