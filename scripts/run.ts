/**
 * Runs a program of this project: `node scripts/run.ts src/main.ts`. Makes the Prisma client first when there is none, or
 * when the schema is newer: install scripts, which would do it, are not run here. In this one process, so that a signal
 * meant for the program reaches it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SCHEMA = join(ROOT, 'prisma/schema.prisma');
const CLIENT = join(ROOT, 'src/adapters/postgres/generated/client.ts');

const isUpToDate = (): boolean => existsSync(CLIENT) && statSync(CLIENT).mtimeMs >= statSync(SCHEMA).mtimeMs;

const makeClient = (): void => {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  try {
    execFileSync(process.execPath, [prisma, 'generate'], { cwd: ROOT, stdio: 'pipe' });
  } catch (cause) {
    const said: unknown = cause instanceof Error ? Reflect.get(cause, 'stderr') : undefined;
    process.stderr.write(
      `The Prisma client could not be made; run npm ci and try again.\n${said ?? cause}\n`,
    );
    process.exit(1);
  }
};

if (!isUpToDate()) makeClient();
const program = resolve(ROOT, process.argv[2] ?? '');
// The program finds its own name and arguments where every program does.
process.argv.splice(1, 2, program);
await import(pathToFileURL(program).href);
