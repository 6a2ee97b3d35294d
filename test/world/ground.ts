/**
 * What a world stands on: a migrated database, and a store on it. Those of a world that is closed are given to the next
 * one of this process, with nothing left of the last: to make them costs more than most tests.
 */
import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../src/adapters/postgres/key-ring.ts';
import { openStore, type PostgresStore } from '../../src/adapters/postgres/store.ts';
import type { Store } from '../../src/ports/store.ts';
import { freshDatabase, runSql } from '../postgres.ts';
import { jobsIn, prepareQueue } from './jobs.ts';

export interface Ground {
  readonly url: string;
  readonly keys: KeyRing;
  readonly store: PostgresStore;
  /** What time it is there. */
  now: () => Date;
}

const openOn = ({ url, keys }: Pick<Ground, 'url' | 'keys'>): Ground => {
  const now = (): Date => ground.now();
  const ground: Ground = {
    ...{ url, keys, now: () => new Date() },
    store: openStore({ url, keys, jobs: jobsIn, now }),
  };
  return ground;
};

/**
 * Every row goes, also where no row may ever go, and what counts begins anew; what was set for a connection goes with it,
 * and with all of its own whatever a queue has made beside the tables of Hearth.
 */
const EMPTY = `
  SET session_replication_role = replica;
  DO $$
  DECLARE
    one text;
    found boolean;
  BEGIN
    FOR one IN SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind = 'r' AND relname <> '_prisma_migrations'
    LOOP
      EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || one || ')' INTO found;
      IF found THEN EXECUTE 'DELETE FROM ' || one; END IF;
    END LOOP;
    FOR one IN SELECT quote_ident(nspname) FROM pg_namespace
      WHERE nspname <> 'public' AND nspname !~ '^(pg_|information_schema$)'
    LOOP
      EXECUTE 'DROP SCHEMA ' || one || ' CASCADE';
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
  END $$;
  RESET ALL`;

const isBusy = async (url: string): Promise<boolean> =>
  (
    await runSql(
      url,
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND state <> 'idle'`,
    )
  ).rows.length > 0;

/** Most that wait for the next world, in one process. */
const MOST = 2;
const left: Ground[] = [];

/** Ground on which nothing is: that of an earlier world, or a new one. */
export const takeGround = async (): Promise<Ground> => {
  const taken = left.pop();
  if (taken) {
    await runSql(taken.url, EMPTY);
    return taken;
  }
  const url = await freshDatabase();
  await prepareQueue(url);
  return openOn({ url, keys: { current: 'test', keys: new Map([['test', randomBytes(32)]]) } });
};

/** The same ground as a new process finds it. */
export const reopenGround = async (ground: Ground): Promise<Ground> => {
  await ground.store.close();
  return openOn(ground);
};

/** Leaves it to the next world, unless somebody is still at work on it. */
export const leaveGround = async (ground: Ground): Promise<void> => {
  if (left.length < MOST && !(await isBusy(ground.url))) left.push(ground);
  else await ground.store.close();
};

/**
 * The store for as long as its world is there. What a test did not wait for neither begins a change nor ends one in the
 * next world; what a test puts in the place of a part of it is its own world's alone.
 */
export const whileOpen = (store: Store, mustBeOpen: () => void): Store => ({
  get records() {
    mustBeOpen();
    return store.records;
  },
  change: async (work) => {
    mustBeOpen();
    return store.change(async (records) => {
      // Also at the second try.
      mustBeOpen();
      const outcome = await work(records);
      mustBeOpen();
      return outcome;
    });
  },
  by: (actor) => {
    mustBeOpen();
    return whileOpen(store.by(actor), mustBeOpen);
  },
});
