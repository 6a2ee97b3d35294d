/**
 * Hearth in one file. Most of what a process does at its start is to load hundreds of modules: whoever is killed again and
 * again would spend their lives on that, and die there, where nothing can be lost.
 */
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { PROGRAM } from '../../../demo/troupe.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma', import.meta.url));
const STYLE = fileURLToPath(new URL('../../../src/adapters/web/style.css', import.meta.url));

/** Writes it into a folder, and gives its path. */
export const programIn = async (folder: string): Promise<string> => {
  const bundle = await rolldown({
    input: PROGRAM,
    platform: 'node',
    logLevel: 'silent',
    // Discord's library and Postgres's take these when they are there, and do without them else.
    external: ['zlib-sync', 'bufferutil', 'utf-8-validate', 'pg-native'],
  });
  // The migrations are looked for from where the module that applies them stands.
  const dir = join(folder, 'src', 'adapters', 'postgres');
  symlinkSync(MIGRATIONS, join(folder, 'prisma'));
  await bundle.write({
    dir,
    format: 'esm',
    entryFileNames: 'program.mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await bundle.close();
  // It is looked for beside the module that serves it.
  copyFileSync(STYLE, join(dir, 'style.css'));
  return join(dir, 'program.mjs');
};
