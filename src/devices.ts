/**
 * `npm run devices -- forget <account>`: whoever runs Hearth lets somebody of the staff begin anew, when no admin can any
 * more. Noted in the audit of the installation, and of every server whose staff they are; there Hearth tells it, too.
 */
import { jobsForLater } from './adapters/jobs/later.ts';
import { openStore, type PostgresStore } from './adapters/postgres/store.ts';
import { clockOf, idsOf } from './adapters/system/system.ts';
import { forgetLostDevice } from './app/forget-device.ts';
import { OPERATOR } from './core/audit.ts';
import { givenConfig, givenKeys, Impossible, orSay, runProgram, withDatabase } from './opening.ts';

const HOW =
  'Say whose device is lost: npm run devices -- forget <account>, the number that Discord shows by Copy User ID.';
const NOT_FORGOTTEN =
  'Nothing was changed: where Hearth is newer than its database, start it once, and try again';

const ACCOUNT = /^\d{15,20}$/;

const forget = async (store: PostgresStore, account: string): Promise<readonly string[]> => {
  const theirs = store.by({ ...OPERATOR, command: 'devices forget' });
  const forgotten = await orSay(NOT_FORGOTTEN, () =>
    forgetLostDevice({ store: theirs, clock: clockOf(Date), ids: idsOf(Date) }, account),
  );
  if (!forgotten.ok) {
    throw new Impossible(`No device of ${account} is known that could be forgotten. Nothing was changed.`);
  }
  const servers = forgotten.value;
  return [
    `${account} is signed in nowhere now, and sets up a second factor again with their next page. Before they do, make sure that it was they who asked, and not somebody who has their Discord account.`,
    servers.length === 0
      ? 'It is noted in the audit of the installation; they look after nothing in any server.'
      : `It is noted in the audit of the installation, and of these servers, where their admins find it: ${servers.join(', ')}. If they had signed in with it, they and the staff of their groups there are told within half a minute, or once Hearth is started.`,
  ];
};

const run = async (verb: string | undefined, account: string | undefined): Promise<readonly string[]> => {
  if (verb !== 'forget' || account === undefined || !ACCOUNT.test(account)) throw new Impossible(HOW);
  const config = givenConfig();
  const keys = givenKeys(config);
  return withDatabase(config, async ({ url }) => {
    const store = openStore({ url, keys, jobs: jobsForLater, connections: 1 });
    try {
      return await forget(store, account);
    } finally {
      await store.close();
    }
  });
};

await runProgram(() => run(process.argv[2], process.argv[3]));
