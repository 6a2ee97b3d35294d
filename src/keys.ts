/**
 * Hearth's master keys as a program, beside Hearth while it runs: `npm run keys -- show`, `new [name]` and `rotate`. It says
 * what is next in plain sentences, and never prints a key.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type KeyRing, makeKey, putFirst, writeKey } from './adapters/postgres/key-ring.ts';
import { type KeyKeeping, type KeyUse, openKeyKeeping } from './adapters/postgres/key-rotation.ts';
import type { StoreConfig } from './config.ts';
import { givenConfig, givenKeys, Impossible, keyFile, openDatabase, orSay } from './opening.ts';

const say = (...sentences: readonly string[]): void => {
  for (const sentence of sentences) process.stdout.write(`${sentence}\n`);
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const dataKeys = (count: number): string => counted(count, 'data key', 'data keys');
const values = (count: number): string => counted(count, 'value', 'values');

const NEXT = 'npm run keys -- rotate';
const HOW = 'Say what is to be done: npm run keys -- show, new [name], or rotate.';

const NO_KEEPING =
  'The keys could not be looked after: where Hearth is newer than its database, start it once, and try again';

/** Where the keys are given. */
const place = (config: StoreConfig): string => (config.keys === undefined ? keyFile(config) : 'HEARTH_KEYS');

const missingAmong = (ring: KeyRing, uses: readonly KeyUse[]): readonly string[] =>
  uses.filter(({ name }) => !ring.keys.has(name)).map(({ name }) => name);

const useOf = (name: string, uses: readonly KeyUse[]): KeyUse =>
  uses.find((use) => use.name === name) ?? { name, dataKeys: 0, values: 0 };

const line = ({ current, keys }: KeyRing, { name, dataKeys: wrapped, values: sealed }: KeyUse): string => {
  const itself = sealed === 0 ? '' : `, and has sealed ${values(sealed)} itself`;
  const missing = keys.has(name) ? '' : '; it is NOT among the keys given: put it back';
  return `${name}${name === current ? ' (seals)' : ''}: wraps ${dataKeys(wrapped)}${itself}${missing}.`;
};

const show = async (ring: KeyRing, keeping: KeyKeeping): Promise<void> => {
  const { keys, plain } = await keeping.uses();
  const names = [...ring.keys.keys(), ...missingAmong(ring, keys)];
  say(...names.map((name) => line(ring, useOf(name, keys))));
  const outside = plain + keys.reduce((sum, use) => sum + use.values, 0);
  if (outside > 0) {
    say(
      `${values(outside)} from an older version ${outside === 1 ? 'is' : 'are'} not under a data key yet: ${NEXT}`,
    );
  }
};

const NAME = /^[\w-]+$/;
const NAME_BYTES = 3;

const nameFor = (ring: KeyRing, wanted: string | undefined): string => {
  // Never the name of an earlier one, which a backup may still need.
  const name = wanted ?? `key-${randomBytes(NAME_BYTES).toString('hex')}`;
  if (!NAME.test(name)) throw new Impossible('The name of a key is made of letters, digits, - and _.');
  if (ring.keys.has(name))
    throw new Impossible(`There is a key called ${name} already: give it another name.`);
  return name;
};

const makeInKeyFile = (path: string, name: string): void => {
  putFirst(path, makeKey(name));
  say(
    `A new key called ${name} stands first in ${path}, and the others after it.`,
    `Next: keep a copy of the file apart from the database, restart Hearth, and then: ${NEXT}`,
  );
};

const makeInFileOfItsOwn = ({ dataFolder }: StoreConfig, name: string): void => {
  const path = join(dataFolder, `${name}.key`);
  writeKey(path, makeKey(name));
  say(
    `A new key called ${name} was made in ${path}, as it is to stand in HEARTH_KEYS. Next:`,
    '1. Keep a copy of it apart from the database.',
    '2. Put it behind the others in HEARTH_KEYS of every process, and restart them one after another: now all of them open what it will seal.',
    '3. Put it before the others in HEARTH_KEYS of every process, and restart them one after another: now it seals.',
    `4. ${NEXT}`,
    `5. Delete ${path}.`,
  );
};

/** The database is reached first: a key of which the audit does not know is not made. */
const make = async (
  config: StoreConfig,
  ring: KeyRing,
  keeping: KeyKeeping,
  wanted: string | undefined,
): Promise<void> => {
  const name = nameFor(ring, wanted);
  await orSay(NO_KEEPING, () => keeping.noteNew(name));
  if (config.keys === undefined) makeInKeyFile(keyFile(config), name);
  else makeInFileOfItsOwn(config, name);
};

const farewell = (where: string, { name, dataKeys: wrapped, values: sealed }: KeyUse): readonly string[] =>
  wrapped + sealed > 0
    ? [
        `${name} is still needed for ${dataKeys(wrapped)} and ${values(sealed)}: a process that seals with it made them meanwhile. Restart every process, and rotate once more.`,
      ]
    : [
        `${name} opens nothing any more that the database holds: take it out of ${where} and restart Hearth. Keep a copy of it as long as you keep backups from before: they open with nothing else.`,
      ];

const rotate = async (config: StoreConfig, ring: KeyRing, keeping: KeyKeeping): Promise<void> => {
  const missing = missingAmong(ring, (await keeping.uses()).keys);
  if (missing.length > 0) {
    throw new Impossible(`${missing.join(', ')} is needed and not among the keys given: put it back first.`);
  }
  if (!(await keeping.isInUse())) {
    throw new Impossible(
      `No Hearth was started yet that seals with ${ring.current}: restart every process with the keys as they are given here, and rotate then.`,
    );
  }
  const done = await keeping.rotate();
  say(`${dataKeys(done.dataKeys)} and ${values(done.values)} were brought under ${ring.current}.`);
  const { keys } = await keeping.uses();
  const others = [...ring.keys.keys()].filter((name) => name !== ring.current);
  say(...others.flatMap((name) => farewell(place(config), useOf(name, keys))));
};

const VERBS: readonly (string | undefined)[] = ['show', 'new', 'rotate'];

const run = async (verb: string | undefined, name: string | undefined): Promise<void> => {
  if (!VERBS.includes(verb)) throw new Impossible(HOW);
  const config = givenConfig();
  const ring = givenKeys(config);
  const database = await openDatabase(config);
  const keeping = openKeyKeeping(database.url, ring);
  try {
    if (verb === 'new') return await make(config, ring, keeping, name);
    await orSay(NO_KEEPING, () => (verb === 'show' ? show(ring, keeping) : rotate(config, ring, keeping)));
  } finally {
    await keeping.close();
    // One that ran already is in use: Hearth goes on meanwhile.
    if (!database.adopted) await database.stop();
  }
};

const [, , verb, name] = process.argv;
try {
  await run(verb, name);
} catch (cause) {
  if (!(cause instanceof Impossible)) throw cause;
  say(cause.message);
  process.exitCode = 1;
}
