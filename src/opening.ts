/** Opens what every program of Hearth needs first: its database and its keys, or says in one sentence why it cannot. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbedded } from './adapters/postgres/embedded/embedded.ts';
import { type KeyRing, keysInFile, parseKeys } from './adapters/postgres/key-ring.ts';
import { isSafeInTransit } from './adapters/postgres/transit.ts';
import { type StoreConfig, storeConfigOfProcess } from './config.ts';

/** Something that cannot be, with its sentence for whoever runs Hearth. */
export class Impossible extends Error {}

/** What work gives, or the sentence with what stood in its way. */
export const orSay = async <Value>(sentence: string, work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Impossible) throw cause;
    const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
    const why = code ?? (cause instanceof Error ? cause.message : cause);
    throw new Impossible(`${sentence} (${String(why).trim()}).`, { cause });
  }
};

export const NO_DATABASE =
  'The database could not be opened: check DATABASE_URL, or whether the data folder can be written';

const UNSAFE =
  'The database is on another machine, and what people write could be read on its way there: add sslmode=verify-full to DATABASE_URL, and sslrootcert=<file> where the certificate of the database is of your own making.';

export interface Database {
  readonly url: string;
  /** Where it lies, when it is Hearth's own. */
  readonly note?: string;
  /** Whether it ran already, and others may be using it. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const given = (url: string): Database => {
  if (!isSafeInTransit(url)) throw new Impossible(UNSAFE);
  return { url, adopted: true, stop: async () => {} };
};

/** The database that the configuration names, or Hearth's own, which is started. */
export const openDatabase = ({ databaseUrl, dataFolder }: StoreConfig): Promise<Database> =>
  orSay(NO_DATABASE, async () => {
    if (databaseUrl !== undefined) return given(databaseUrl);
    const embedded = await startEmbedded(join(dataFolder, 'postgres'));
    return { ...embedded, note: `The database lies in ${embedded.folder}.` };
  });

/** Where the key file is, which counts when the configuration names no keys. */
export const keyFile = ({ dataFolder }: StoreConfig): string => join(dataFolder, 'hearth.key');

/** The keys that the configuration names, or those in the key file, which is made when there is none. */
export const openKeys = (config: StoreConfig): { readonly ring: KeyRing; readonly note?: string } => {
  if (config.keys !== undefined) return { ring: parseKeys(config.keys) };
  const path = keyFile(config);
  const { keys: ring, made } = keysInFile(path);
  if (!made) return { ring };
  return {
    ring,
    note: `A key that encrypts what people write was made in ${path}: keep a copy of it elsewhere, because without it what it encrypts is lost.`,
  };
};

/** The keys that Hearth is given; none are made here, because what is kept would not open with them. */
export const givenKeys = (config: StoreConfig): KeyRing => {
  if (config.keys === undefined && !existsSync(keyFile(config))) {
    throw new Impossible(
      `There is no key file ${keyFile(config)}: Hearth makes it at its first start; if there was one, put a copy of it back.`,
    );
  }
  return openKeys(config).ring;
};

/** Does something with the database; one that ran already goes on when this has ended. */
export const withDatabase = async <Value>(
  config: StoreConfig,
  work: (database: Database) => Promise<Value>,
): Promise<Value> => {
  const database = await openDatabase(config);
  try {
    return await work(database);
  } finally {
    if (!database.adopted) await database.stop();
  }
};

/** Runs a program in plain sentences; it ends with 1 when something stands in its way. */
export const runProgram = async (run: () => Promise<readonly string[]>): Promise<void> => {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    for (const sentence of await run()) say(sentence);
  } catch (cause) {
    if (!(cause instanceof Impossible)) throw cause;
    say(cause.message);
    process.exitCode = 1;
  }
};

/** The configuration, or a sentence for everything that is wrong with it. */
export const givenConfig = (): StoreConfig => {
  const read = storeConfigOfProcess();
  if (!read.ok) throw new Impossible(read.sentences.join('\n'));
  return read.config;
};
