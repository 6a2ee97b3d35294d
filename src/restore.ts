/**
 * `npm run restore -- <file>`: puts a backup into an empty database, all of it or nothing, and erases again what was erased
 * since. Says in plain sentences what stands in the way, and what is to be done then.
 */
import { existsSync } from 'node:fs';
import { openLog } from './adapters/pino/log.ts';
import { openTrail } from './adapters/postgres/audit/trail.ts';
import {
  NotRestored,
  type Restored,
  type RestoreFault,
  restoreBackup,
} from './adapters/postgres/backup/restore.ts';
import { type BackupFault, BadBackup } from './adapters/postgres/backup/sealed-file.ts';
import type { KeyRing } from './adapters/postgres/key-ring.ts';
import { checkpointsIn } from './adapters/system/checkpoint-file.ts';
import { erasuresIn } from './adapters/system/erasure-file.ts';
import { checkpointing, whenGrown } from './app/make-checkpoints.ts';
import type { StoreConfig } from './config.ts';
import type { RecordLine } from './core/erasure.ts';
import { givenConfig, givenKeys, Impossible, orSay, runProgram, withDatabase } from './opening.ts';

const HOW = 'Say which backup is to be restored: npm run restore -- <file>.';
const WITHOUT = 'without-erasures';
/** Takes the record as it is, wherever it ends. */
const THESE = 'these-erasures';
const NOTHING_DONE = 'Nothing was changed.';
const NO_CHECKPOINT =
  'The backup is restored, but no checkpoint of the audit could be made: npm run audit -- checkpoint makes one';
const VOID_CODES =
  'Codes for lost devices are void, for some may have been used since: whoever signs in with their device is given new ones. Whose device is lost begins anew by /sign-in reset.';
const NOT_RESTORED = 'The backup was not restored, and the database is as it was';

const BAD: Readonly<Record<BackupFault, (key: string) => string>> = {
  strange: () => 'This is no backup that this version of Hearth can read.',
  'unknown-key': (key) =>
    `The backup was encrypted with a key called ${key}, which is not among the keys given: put it back (HEARTH_KEYS, or hearth.key in the data folder), behind the others.`,
  'wrong-key': (key) =>
    `The backup was encrypted with another key called ${key} than the one that is given, or its first line was changed: put the right key back.`,
  damaged: () => 'The backup was changed, or it is not complete: take another copy of it, or another backup.',
};

const FAULTS: Readonly<Record<RestoreFault, (which: string, config: StoreConfig) => string>> = {
  'not-empty': (_keys, { databaseUrl, dataFolder }) =>
    databaseUrl === undefined
      ? `There is something in the database already, and a backup goes into an empty one only. Stop Hearth, move the folder ${dataFolder}/postgres away, and try again: an empty database is made then.`
      : 'There is something in the database already, and a backup goes into an empty one only. Stop Hearth, make a new database, put its address into DATABASE_URL, and try again.',
  newer: () =>
    'The backup is of another version of Hearth than this one, or of a newer one: bring Hearth up to date first.',
  keys: (keys) =>
    `Something in it was sealed with a key called ${keys} that is not among the keys given: put it back (HEARTH_KEYS, or hearth.key in the data folder), behind the others.`,
  'strange-erasures': (line, { erasures }) =>
    `Line ${line} of the record of erasures in ${erasures} was not written by Hearth, was changed, or broke off: put a sound copy of the file back. Where the machine fell while the line was written, it stands once more in a later line: take the torn one out.`,
  'lost-erasures': (_keys, { erasures }) =>
    `The record of erasures in ${erasures} lacks erasures that the backup knows, or that it once held itself: put the newest copy of it back.`,
  'old-erasures': (moments, { erasures }) => {
    const [ran, last] = moments.split(', ');
    const ends = last === undefined ? 'holds no count that can be verified' : `ends at ${last}`;
    return `The record of erasures in ${erasures} ${ends}, though Hearth was there at ${ran}: put the newest copy of it back. If nothing ran in between, it is whole all the same: add ${THESE}.`;
  },
};

const HOW_WITHOUT = `If it is lost for good, add ${WITHOUT}: then whoever was erased after the backup is there again.`;

const sentenceOf = (cause: unknown, config: StoreConfig): string | undefined => {
  if (cause instanceof BadBackup) return BAD[cause.fault](cause.key ?? '');
  if (!(cause instanceof NotRestored)) return undefined;
  const told = FAULTS[cause.fault](cause.which.join(', '), config);
  return cause.fault.endsWith('erasures') ? `${told} ${HOW_WITHOUT}` : told;
};

const orPlainly = async <Value>(config: StoreConfig, work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (cause) {
    const sentence = sentenceOf(cause, config);
    if (sentence === undefined) throw cause;
    throw new Impossible(`${sentence} ${NOTHING_DONE}`, { cause });
  }
};

const erasuresOf = async (
  { erasures: path }: StoreConfig,
  without: boolean,
): Promise<readonly (RecordLine | undefined)[] | undefined> => {
  if (without) return undefined;
  const all = await erasuresIn(path).all();
  if (all) return all;
  throw new Impossible(
    `There is no record of erasures ${path}: put the newest copy of it there (or its place into HEARTH_ERASURES). ${HOW_WITHOUT} ${NOTHING_DONE}`,
  );
};

/** So that what is cut off from now on is found. */
const makeCheckpoints = async (config: StoreConfig, ring: KeyRing, url: string, now: Date): Promise<void> => {
  const trail = await openTrail(url, ring);
  try {
    const kept = checkpointsIn(config.auditCheckpoints);
    const make = await checkpointing({ trail, kept, log: openLog(config.logLevel) });
    await make(now, whenGrown);
  } finally {
    await trail.close();
  }
};

const ledSentences = (led: readonly string[]): readonly string[] =>
  led.length === 0
    ? []
    : [
        `Somebody who was erased led these groups when the backup was made: ${led.join(', ')}. Name others by /cohort policy.`,
      ];

const reachSentences = (reaches: string | undefined, without: boolean): readonly string[] => {
  if (without) return [];
  return reaches === undefined
    ? ['Nobody can tell whether the record of erasures is whole: it holds no count that can be verified.']
    : [
        `The record of erasures is whole until ${reaches}: was somebody erased later, they are there again. If you know that Hearth ran later, it is not the newest copy, which nothing in the files tells.`,
      ];
};

const checkpointSentences = (
  strange: readonly number[],
  { auditCheckpoints }: StoreConfig,
): readonly string[] =>
  strange.length === 0
    ? []
    : [
        `Nothing was believed of these lines of ${auditCheckpoints}: ${strange.join(', ')}. Hearth did not write them, they were damaged, or their key is not at hand.`,
      ];

const told = (
  { label, end, strangers, erasures, led, reaches, strangeCheckpoints, voidCodes }: Restored,
  config: StoreConfig,
  without: boolean,
): readonly string[] => [
  `The backup of ${label.madeAt} is restored: ${end.rows} rows in ${end.tables} tables.`,
  without
    ? 'Nobody was erased again: whoever was erased after the backup was made is there again, and so are calendar addresses that were ended and devices that were lost.'
    : `Erasures, ended calendar addresses and lost devices after the backup that were done again: ${erasures}.`,
  ...reachSentences(reaches, without),
  ...checkpointSentences(strangeCheckpoints, config),
  ...(voidCodes === 0 ? [] : [VOID_CODES]),
  ...(strangers.length === 0
    ? []
    : [`Left out, for they are none of Hearth’s tables: ${strangers.join(', ')}.`]),
  ...ledSentences(led),
  'What came to pass after the backup was made is not known: who joined, left, or withdrew their agreement. Do it again as soon as Hearth has started, before the groups meet.',
  'The audit tells of it: npm run audit -- verify. Then start Hearth.',
];

const run = async (path: string | undefined, word: string | undefined): Promise<readonly string[]> => {
  if (path === undefined || (word !== undefined && word !== WITHOUT && word !== THESE))
    throw new Impossible(HOW);
  if (!existsSync(path)) throw new Impossible(`There is no file ${path}.`);
  const config = givenConfig();
  const ring = givenKeys(config);
  const without = word === WITHOUT;
  const erasures = await erasuresOf(config, without);
  const now = new Date();
  const checkpoints = await checkpointsIn(config.auditCheckpoints).all();
  return withDatabase(config, async ({ url }) => {
    const asked = { url, ring, path, erasures, checkpoints, isWhole: word === THESE, now };
    const restored = await orSay(NOT_RESTORED, () => orPlainly(config, () => restoreBackup(asked)));
    await orSay(NO_CHECKPOINT, () => makeCheckpoints(config, ring, url, now));
    return told(restored, config, without);
  });
};

await runProgram(() => run(process.argv[2], process.argv[3]));
