/** A database of its own for a measurement, brought up to date, in a folder that goes when it is closed. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';

export interface Database {
  readonly url: string;
  /** For Hearth's own data, too. */
  readonly folder: string;
  /** One connection, for looking and for preparing. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export const openDatabase = async (): Promise<Database> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  // Started as root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const { url, stop } = await startEmbedded(join(folder, 'postgres'));
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  return {
    url,
    folder,
    pool,
    close: async () => {
      await pool.end();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
