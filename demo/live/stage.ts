/** What stands behind the page: a database, a clock that can be turned, and Hearth as a process of its own. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type Embedded, startEmbedded } from '../../src/adapters/postgres/embedded/embedded.ts';
import { parseKeys } from '../../src/adapters/postgres/key-ring.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { found } from '../company.ts';
import { openLeadingClock } from '../leading-clock.ts';
import { inDiscord } from '../manner.ts';
import type { Stage } from '../stage.ts';
import { type Player, playerOf } from '../troupe.ts';
import type { Front } from './front.ts';
import type { Machinery } from './going.ts';

const environmentFor = (sandbox: Sandbox, database: Embedded, folder: string, keys: string) => ({
  DISCORD_TOKEN: sandbox.bot.token,
  DISCORD_API_URL: sandbox.restUrl,
  DATABASE_URL: database.url,
  HEARTH_DATA: folder,
  HEARTH_KEYS: keys,
  HEARTH_WEB_PORT: '0',
  HEARTH_LOG: 'error',
  NODE_EXTRA_CA_CERTS: sandbox.voice.certificateFile(),
});

/** A process that is up only once it has said so. */
const botOf = (player: Player, now: () => number) => {
  let isUp = false;
  return {
    async start() {
      await player.start(now());
      if (!player.runs()) throw new Error(`Hearth did not start: ${player.lastWords()}`);
      isUp = true;
    },
    async kill() {
      isUp = false;
      await player.kill();
    },
    isUp: () => isUp && player.runs(),
  };
};

/** Everything behind the page: a database, a clock that can be turned, and Hearth; given up once it is stopped. */
export const setLiveStage = async (
  { sandbox, people, follow }: Front,
  stopped: AbortSignal,
): Promise<Omit<Stage, 'aside'> & { readonly machinery: Machinery }> => {
  const ends: (() => unknown)[] = [() => sandbox.stop()];
  const strike = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-live-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    // Started as root, Postgres runs as another user, who must be able to pass.
    chmodSync(folder, 0o755);
    const database = await startEmbedded(join(folder, 'postgres'));
    ends.push(() => database.stop());
    stopped.throwIfAborted();
    await migrate(database.url);
    const keys = `live:${randomBytes(32).toString('base64')}`;
    const player = playerOf('Hearth', environmentFor(sandbox, database, folder, keys));
    const clock = await openLeadingClock(database.url, new Date(), [player]);
    ends.push(() => clock.stop());
    const now = () => clock.time.now();
    follow(now);
    const bot = botOf(player, now);
    // Nothing is kept, so that it need not finish what is in hand.
    ends.push(() => player.kill());
    stopped.throwIfAborted();
    // Loading this holds up the page: by now people have it, and Hearth takes as long.
    const [{ lookInto, passing }] = await Promise.all([import('../looking.ts'), bot.start()]);
    stopped.throwIfAborted();
    const store = lookInto(database.url, parseKeys(keys));
    ends.push(() => store.close());
    ends.push(() => people.forEach((client) => void client.close()));
    const who = (name: string): Person => found(people, name);
    return {
      sandbox,
      records: store.records,
      pass: passing({ time: clock.time, turn: clock.pass }, store.records, sandbox.guild.id),
      who,
      answers: inDiscord(who),
      onPages: false,
      machinery: { ...bot, turn: clock.pass },
      strike,
    };
  } catch (cause) {
    await strike();
    throw cause;
  }
};
