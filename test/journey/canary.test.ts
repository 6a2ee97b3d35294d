/**
 * The canary: the whole demo is played by a group that answers on pages, and then everything that is left of it is searched
 * for what people wrote: the log, the disk, the database, and all that Discord was sent or shown.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallRecord, EventRecord } from '../../sandbox/transcript.ts';
import { runSql } from '../postgres.ts';
import { CHOSEN, LEAK, TYPED, WRITTEN } from './canary-marks.ts';

const PROGRAM = fileURLToPath(new URL('./canary-story.ts', import.meta.url));
/** A whole session, on a machine that has other things to do. */
const PATIENCE = 900_000;

interface Told {
  readonly calls: readonly CallRecord[];
  readonly events: readonly EventRecord[];
  readonly web: string;
  readonly databaseUrl: string;
}

let folder: string;
let story: ChildProcess;
let said = '';
let told: Told;

const untilTold = async (): Promise<Told> => {
  const gone = once(story, 'exit').then(() =>
    Promise.reject(new Error(`the story ended: ${said.slice(-2_000)}`)),
  );
  const [message] = await Promise.race([once(story, 'message'), gone]);
  return message;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'canary-'));
  // Started as root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o777);
  story = fork(PROGRAM, [], {
    env: { PATH: process.env['PATH'], TMPDIR: folder },
    execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=DeprecationWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [story.stdout, story.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  told = await untilTold();
}, PATIENCE);
afterAll(async () => {
  if (story.exitCode === null) {
    const gone = once(story, 'exit');
    story.send({ is: 'over' });
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

/** As it is written, and as Postgres tells bytes. */
const formsOf = (mark: string): readonly Buffer[] => [
  Buffer.from(mark),
  Buffer.from(Buffer.from(mark).toString('hex')),
];

const holds = (content: string | Buffer, marks: readonly string[]): readonly string[] => {
  const bytes = Buffer.from(content);
  return marks.filter((mark) => formsOf(mark).some((form) => bytes.includes(form)));
};

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(inside);
    return entry.isFile() && statSync(inside).size > 0 ? [inside] : [];
  });

/** Every table as Postgres tells it, and every file of it as it lies on the disk. */
const tables = async (): Promise<ReadonlyMap<string, string>> => {
  const url = told.databaseUrl;
  const { rows } = await runSql(
    url,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const all = new Map<string, string>();
  for (const { name } of rows) {
    const { rows: told } = await runSql(url, `SELECT t::text AS row FROM ${name} t`);
    all.set(name, told.map(({ row }) => row).join('\n'));
  }
  await runSql(url, 'CHECKPOINT');
  return all;
};

/** Where any of these is found, by place. */
const findings = async (marks: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> => {
  const places: [string, string | Buffer][] = [
    ['the log', said],
    ['what anybody can ask the web server', told.web],
    // What may be chosen is told to Discord with the commands themselves.
    ['calls', JSON.stringify(told.calls.filter(({ path }) => !path.includes('/commands')))],
    ['events', JSON.stringify(told.events)],
    ...(await tables()),
    ...filesIn(folder).map((path): [string, Buffer] => [path.slice(folder.length), readFileSync(path)]),
  ];
  const found = places.map(([place, content]) => [place, holds(content, marks)] as const);
  return Object.fromEntries(found.filter(([, marks]) => marks.length > 0));
};

describe('after a whole session on pages', () => {
  it(
    'what anybody wrote or chose is nowhere that it should not be',
    async () => {
      expect(await findings([...Object.values(WRITTEN), ...CHOSEN])).toEqual({});
    },
    PATIENCE,
  );

  it(
    'what somebody typed into Discord all the same is in what they sent, and nowhere else',
    async () => {
      const { calls, events, ...others } = await findings([TYPED]);
      expect([calls, events, others]).toEqual([[TYPED], [TYPED], {}]);
      const withIt = (record: unknown) => JSON.stringify(record).includes(TYPED);
      expect(told.calls.filter(withIt).map(({ route }) => route)).toEqual(['/interactions']);
      expect([...new Set(told.events.filter(withIt).map(({ type }) => type))]).toEqual([
        'INTERACTION_CREATE',
      ]);
    },
    PATIENCE,
  );

  it(
    'there was something to search: the session is in all of these places, without its words',
    async () => {
      const { calls, events, ...others } = await findings([
        'interaction',
        'session-card',
        'hearth',
        '"event":"started"',
      ]);
      expect(calls && events).toBeTruthy();
      expect(others['the log']).toContain('"event":"started"');
      expect(others['public.standing_message']).toContain('session-card');
      expect(Object.keys(others).some((place) => place.includes('postgres'))).toBe(true);
    },
    PATIENCE,
  );

  it(
    'what is let out on purpose is found in each place',
    async () => {
      await runSql(told.databaseUrl, `CREATE TABLE leak AS SELECT '${LEAK}'::text AS words`);
      expect(await findings([LEAK])).toHaveProperty(['public.leak']);
      const again = untilTold();
      story.send({ is: 'leak' });
      told = await again;
      const found = Object.keys(await findings([LEAK]));
      for (const place of ['the log', 'calls', 'events', 'public.leak', '/leaked'])
        expect(found).toContain(place);
      expect(found.some((place) => /postgres.*base/.test(place))).toBe(true);
    },
    PATIENCE,
  );
});
