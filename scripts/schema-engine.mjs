#!/usr/bin/env node
/**
 * Prisma's schema engine for machines that cannot download the native one: the `prisma` command line runs it for
 * `migrate dev`, `migrate deploy`, `migrate status` and the like. It speaks the same JSON-RPC on standard input and
 * output, and does the work with the engine that Prisma publishes on npm as WebAssembly, over the pg driver.
 *
 * A tool for developers and operators: Hearth itself migrates without it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const MAINTENANCE_DATABASES = ['postgres', 'template1'];
const CONNECT_LIMIT = 5_000;

/**
 * Postgres's type "char" is not known to the driver adapter: its columns are told as arrays of it, which are known
 * and never asked for, and then, to the engine, as single characters.
 */
const CHAR = { type: 18, arrayType: 1002 };

/** Prisma's names for what Postgres may answer to a connection. */
const PRISMAS_CODES = { '28P01': 'P1000', '3D000': 'P1003', '42P04': 'P1009' };
const UNREACHABLE = 'P1001';

/** JSON-RPC's number for "the engine has something to say about it". */
const ENGINE_ERROR = 4466;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    version: { type: 'boolean' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const datasource = flags.datasource ? JSON.parse(flags.datasource) : {};

const withDatabase = (url, name) => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
};

/** Prisma's addresses may name a schema, which Postgres's do not. */
const divided = (prismaUrl) => {
  const url = new URL(prismaUrl);
  const schema = url.searchParams.get('schema') ?? undefined;
  url.searchParams.delete('schema');
  return { url: url.href, schema, database: decodeURIComponent(url.pathname.slice(1)) };
};

const connected = async (url, work) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Runs a statement about databases, for which one must be connected to another. */
const administer = async (sql) => {
  const { url } = divided(datasource.url);
  const [first, second] = MAINTENANCE_DATABASES.map((name) => withDatabase(url, name));
  const run = (client) => client.query(sql);
  return connected(first, run).catch((error) => {
    if (error.code !== '3D000') throw error;
    return connected(second, run);
  });
};

const quoted = () => pg.escapeIdentifier(divided(datasource.url).database);
const createDatabase = () => administer(`CREATE DATABASE ${quoted()}`);
const dropDatabase = () => administer(`DROP DATABASE ${quoted()} WITH (FORCE)`);

// ---- The driver, with what the migrating engine needs beyond an application's needs

const readable = (result) => {
  for (const { fields = [] } of [result].flat().filter(Boolean)) {
    for (const field of fields) if (field.dataTypeID === CHAR.type) field.dataTypeID = CHAR.arrayType;
  }
  return result;
};

class Client extends pg.Client {
  query(...args) {
    const told = args.at(-1);
    if (typeof told === 'function') args[args.length - 1] = (error, result) => told(error, readable(result));
    const result = super.query(...args);
    return typeof result?.then === 'function' ? result.then(readable) : result;
  }
}

const asCharacter = (type) => (type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type);

const fitForTheEngine = (connection, url) => {
  const query = connection.queryRaw.bind(connection);
  connection.queryRaw = async (sql) => {
    const found = await query(sql);
    return { ...found, columnTypes: found.columnTypes.map(asCharacter) };
  };
  // The adapter divides a script at every semicolon, also at those inside a function: Postgres knows better.
  connection.executeScript = async (script) => {
    await connected(url, (client) => client.query(script));
  };
  return connection;
};

const adapterFor = (prismaUrl) => {
  const { url, schema } = divided(prismaUrl);
  const adapter = new PrismaPg({ connectionString: url, Client, max: 2 }, schema ? { schema } : undefined);
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => fitForTheEngine(await connect(), url);
  return adapter;
};

/** A database for trying migrations on, dropped when its connection is disposed of. */
const temporaryShadow = async () => {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await administer(`CREATE DATABASE "${name}"`);
  const connection = await adapterFor(withDatabase(datasource.url, name)).connect();
  const dispose = connection.dispose.bind(connection);
  connection.dispose = async () => {
    await dispose();
    await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  };
  return connection;
};

const driver = () => {
  const adapter = adapterFor(datasource.url ?? 'postgresql://nobody@127.0.0.1:1/none');
  // The adapter's own way forgets the name of the shadow database, and would try the migrations on the real one.
  adapter.connectToShadowDb = () =>
    datasource.shadowDatabaseUrl ? adapterFor(datasource.shadowDatabaseUrl).connect() : temporaryShadow();
  return bindMigrationAwareSqlAdapterFactory(adapter);
};

// ---- The engine, and the conversation with the command line

const loadWasm = async () => {
  const file = new URL(
    'schema_engine_bg.wasm',
    import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': wasm });
  wasm.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
};

/** Connects at once, so it must not be made before the first question: the database may be what is asked for. */
const newEngine = (factory) => {
  const datamodels = flags.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]);
  return wasm.SchemaEngine.new({ datamodels }, () => {}, factory);
};

const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

const call = async (engineOf, method, params) => {
  if (method === 'createDatabase') {
    await createDatabase();
    return { databaseName: divided(datasource.url).database };
  }
  const engine = await engineOf();
  if (method === 'getDatabaseVersion') return engine.version(params);
  if (typeof engine[method] !== 'function') throw new Error(`the schema engine has no method ${method}`);
  return (await engine[method](params)) ?? {};
};

const failure = (error, factory) => {
  // An error of the driver passes through the engine as a number only.
  const driverError = factory.errorRegistry?.consumeError?.(error?.errorId)?.error;
  const message = error?.message ?? driverError?.message ?? String(error);
  const data = { is_panic: false, message, meta: error?.meta ?? null, error_code: error?.code ?? null };
  return { code: ENGINE_ERROR, message: 'An error happened. Check the data field for details.', data };
};

const converse = async () => {
  const factory = driver();
  let engine;
  const engineOf = () => {
    engine ??= newEngine(factory);
    return engine;
  };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const { id, method, params } = line.trim() ? JSON.parse(line) : {};
    // Without a method it is the command line's answer to something that was printed.
    if (!method) continue;
    try {
      const result = await call(engineOf, method, params);
      if (method === 'diff' && result.stdout)
        say({ id: 0, method: 'print', params: { content: result.stdout } });
      say({ id, result });
    } catch (error) {
      say({ id, error: failure(error, factory) });
    }
  }
};

// ---- The commands that are not a conversation

const log = (level, fields) =>
  process.stderr.write(`${JSON.stringify({ level, fields, target: 'schema_engine::logger' })}\n`);

const COMMANDS = {
  'can-connect-to-database': () => connected(divided(datasource.url).url, () => {}),
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

const runCommand = async (name) => {
  // The command line leaves out the first line that it is told.
  log('INFO', { message: name });
  try {
    await COMMANDS[name]();
    return 0;
  } catch (error) {
    const error_code = PRISMAS_CODES[error.code] ?? UNREACHABLE;
    log('ERROR', { message: error.message || String(error.code), is_panic: false, error_code });
    return 1;
  }
};

await loadWasm();
if (flags.version) {
  process.stdout.write(`schema-engine-wasm ${wasm.version()}\n`);
} else if (positionals[0] === 'cli') {
  process.exitCode = await runCommand(positionals[1]);
} else {
  await converse();
  // The driver's idle connections would keep the process.
  process.exit(0);
}
