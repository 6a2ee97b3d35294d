/** `npm run backup -- <file>`: all that the database holds, as it stands at one moment, in an encrypted file of its own. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { makeBackup } from './adapters/postgres/backup/backup.ts';
import { erasuresIn } from './adapters/system/erasure-file.ts';
import { idsOf } from './adapters/system/system.ts';
import { keepErasures } from './app/keep-erasures.ts';
import { givenConfig, givenKeys, Impossible, orSay, runProgram, withDatabase } from './opening.ts';

const NO_BACKUP =
  'No backup was made: check whether the file can be written, and where Hearth is newer than its database, start it once';

const run = async (path: string | undefined): Promise<readonly string[]> => {
  if (path === undefined) throw new Impossible('Say where the backup is to be: npm run backup -- <file>.');
  if (existsSync(path)) {
    throw new Impossible(`There is a file ${path} already: a backup never takes the place of another.`);
  }
  const config = givenConfig();
  const ring = givenKeys(config);
  const asked = { ring, path, id: idsOf(Date).next(), now: new Date() };
  const { label, erasures, tally } = await withDatabase(config, ({ url }) =>
    orSay(NO_BACKUP, () => makeBackup({ ...asked, url })),
  );
  const held = { since: async () => erasures, tally: async () => tally };
  await keepErasures(held, erasuresIn(config.erasures))(asked.now);
  const { size } = await stat(path);
  return [
    `The backup ${label.id} was written to ${path}: ${size} bytes, encrypted with the key ${ring.current}.`,
    `Keep that key as long as the backup, and apart from it. Keep a copy of ${config.erasures} where it is always the newest: whoever was erased after this backup is erased again from it when the backup is restored.`,
  ];
};

await runProgram(() => run(process.argv[2]));
