/** The clock of a programme that several processes play: turned here, followed by all of them and by Postgres. */
import pg from 'pg';
import { PgBoss, TestClock } from 'pg-boss';
import type { Player } from './troupe.ts';

export interface LeadingClock {
  readonly time: TestClock;
  /** Leaps ahead to a moment, with everybody; does nothing when it is over already. */
  turnTo(moment: number): Promise<void>;
  /** Lets so many milliseconds go by, with everybody. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** How often everybody hears what time it is while nothing leaps, in milliseconds. */
const STEP = 50;

/**
 * Every connection that is made from now on goes by the turned clock, those of the store among them: a job that is asked
 * for in a transaction of the store would else be dated by the real one, and, once that is further behind than jobs are
 * kept, be swept away before it is done.
 */
const turnDatabase = async (databaseUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const name = client.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
  await client.query(`ALTER DATABASE ${name} SET pgboss.test_clock = 'on'`);
  await client.end();
};

/** Opens the clock at a moment; it runs with the real one from then on. */
export const openLeadingClock = async (
  databaseUrl: string,
  start: Date,
  players: readonly Player[],
): Promise<LeadingClock> => {
  const time = new TestClock(start);
  // It does nothing but keep what time it is for Postgres.
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 1,
    supervise: false,
    schedule: false,
    clock: time,
  });
  await boss.start();
  await turnDatabase(databaseUrl);
  let moving: Promise<void> = Promise.resolve();
  let idle = true;
  let followed = performance.now();
  const move = (to: () => number): Promise<void> => {
    idle = false;
    moving = moving
      .then(async () => {
        const moment = to();
        if (moment > time.now()) await time.setTime(moment);
        await Promise.all(players.map((player) => player.turn(time.now())));
      })
      .finally(() => {
        idle = true;
      });
    return moving;
  };
  const run = setInterval(() => {
    const elapsed = performance.now() - followed;
    followed += elapsed;
    if (idle) void move(() => time.now() + Math.round(elapsed));
  }, STEP);
  return {
    time,
    turnTo: (moment) => move(() => moment),
    pass: (ms) => move(() => time.now() + ms),
    stop: async () => {
      clearInterval(run);
      await moving;
      await boss.stop({ graceful: false });
    },
  };
};
