/** A stage on which Hearth is a process that can be killed and started again, and Discord answers a little slowly. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../adapters/jobs/until.ts';
import { type Bot, startBot } from '../journey/bot.ts';
import { type Stage, setStage } from '../journey/stage.ts';
import { runSql } from '../postgres.ts';
import type { Dice } from './dice.ts';

/** Milliseconds before and after a write to Discord is done: time enough to die in between. */
const SLOWLY = 40;
/** The latest that Hearth is killed after somebody acted, in milliseconds. */
const LATEST = 400;

const WRITES = [
  'POST /guilds/:guild/channels',
  'POST /channels/:channel/messages',
  'PATCH /channels/:channel/messages/:message',
];

export interface Theatre {
  readonly stage: Stage;
  /** How often Hearth was killed. */
  kills(): number;
  /** Kills Hearth this very moment. */
  kill(): Promise<void>;
  /** Starts Hearth again, and waits until it is up and everything that was to be done is done. */
  revive(): Promise<void>;
  /** Lets somebody act, and kills Hearth at a random instant from then on; what they saw is known later. */
  killDuring<Seen>(act: () => Promise<Seen>): Promise<{ readonly seen: Promise<Seen> }>;
  /** Waits until everything that is to be done is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const slowDown = ({ sandbox }: Stage): void => {
  const aim = { who: sandbox.bot.id, ms: SLOWLY, times: Number.POSITIVE_INFINITY };
  for (const route of WRITES) {
    sandbox.faults.slow({ ...aim, route, moment: 'before' });
    sandbox.faults.slow({ ...aim, route, moment: 'after' });
  }
};

/** Milliseconds in which what was seen at a start has become jobs. */
const A_MOMENT = 300;

/** Nothing is due or in hand: a job whose worker was killed comes back within a quarter of a minute. */
const isQuiet = ({ databaseUrl }: Stage): Promise<void> =>
  until(
    'everything that was to be done is done',
    async () => {
      const { rows } = await runSql(
        databaseUrl,
        `SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND name <> 'warn-phase-end'
          AND name NOT LIKE '\\_\\_pgboss%'`,
      );
      return rows.length === 0;
    },
    60,
  );

/** Quiet, and still quiet a moment later. */
const settled = async (stage: Stage): Promise<void> => {
  await isQuiet(stage);
  await sleep(A_MOMENT);
  await isQuiet(stage);
};

/** Opens the theatre, with Hearth up. */
export const openTheatre = async (names: readonly string[], dice: Dice): Promise<Theatre> => {
  const stage = await setStage(names);
  slowDown(stage);
  const environment = { ...stage.environment, HEARTH_LOG: 'error' };
  let kills = 0;
  let bot: Bot = startBot(environment);
  await bot.isUp();
  const kill = async (): Promise<void> => {
    bot.signal('SIGKILL');
    await bot.ended();
    kills += 1;
  };
  return {
    stage,
    kills: () => kills,
    kill,
    revive: async () => {
      bot = startBot(environment);
      await bot.isUp();
      await settled(stage);
    },
    killDuring: async (act) => {
      const seen = act();
      // Looked at later: until then a failure is nobody's fault.
      seen.catch(() => undefined);
      await sleep(dice(LATEST + 1));
      await kill();
      return { seen };
    },
    settled: () => settled(stage),
    close: async () => {
      bot.signal('SIGTERM');
      await bot.ended();
      await stage.strike();
    },
  };
};
