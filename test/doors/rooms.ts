/** The rooms of the house, and what each may import beside itself. */
export interface Doors {
  readonly rooms: readonly string[];
  /** `node:` stands for everything of Node's own. */
  readonly packages: readonly string[];
}

/** For rooms that join or try the others. */
const EVERY = 'every';

const OUTER = ['core', 'ports', 'words', 'command', 'option'];

const adapter = (packages: readonly string[], more: readonly string[] = []): Doors => ({
  rooms: [...OUTER, ...more],
  packages: ['node:', ...packages],
});

/** The first of these with which a path begins is its room; adapters have a room each. */
const ROOMS: Readonly<Record<string, string>> = {
  'src/core/': 'core',
  'src/ports/': 'ports',
  'src/app/': 'app',
  'src/words/': 'words',
  'src/audit.ts': 'main',
  'src/backup.ts': 'main',
  'src/command.ts': 'command',
  'src/form.ts': 'option',
  'src/option.ts': 'option',
  'src/config.ts': 'config',
  'src/handlers.ts': 'main',
  'src/help-desk.ts': 'main',
  'src/hearth.ts': 'main',
  'src/in-order.ts': 'main',
  'src/look-after-voice.ts': 'main',
  'src/keys.ts': 'main',
  'src/main.ts': 'main',
  'src/opening.ts': 'main',
  'src/restore.ts': 'main',
  'src/devices.ts': 'main',
  'commands/': 'commands',
  'content/': 'content',
  'sandbox/page/': 'sandbox/page',
  'sandbox/': 'sandbox',
  'demo/': 'demo',
  'bench/': 'bench',
  'scripts/': 'scripts',
  'test/': 'test',
};

const DOORS: Readonly<Record<string, Doors | typeof EVERY>> = {
  core: { rooms: [], packages: [] },
  ports: { rooms: ['core'], packages: [] },
  app: { rooms: ['core', 'ports'], packages: [] },
  words: { rooms: ['core'], packages: [] },
  command: { rooms: ['core', 'ports', 'app', 'words', 'option'], packages: ['zod'] },
  option: { rooms: ['words'], packages: ['zod'] },
  commands: { rooms: ['core', 'app', 'words', 'command', 'option'], packages: ['zod'] },
  content: { rooms: ['core', 'ports'], packages: [] },
  config: { rooms: [], packages: ['zod', 'node:'] },
  // A Discord, which knows no Hearth, and calculates without the code of the library that it tests.
  sandbox: {
    rooms: ['sandbox/page'],
    packages: ['node:', 'ws', 'discord-api-types', '@snazzah/davey', 'opusscript', '@noble/ciphers'],
  },
  // What the browser runs: it speaks the wire as people do, and reads forms by the checks of the sandbox.
  'sandbox/page': {
    rooms: ['sandbox'],
    packages: ['node:', 'ws', 'rolldown', 'preact', 'discord-markdown-parser', 'discord-api-types'],
  },
  'adapters/content': adapter([]),
  'adapters/csv': adapter(['csv-stringify']),
  'adapters/discord': adapter(['discord.js', 'discord-api-types', '@discordjs/rest'], ['app']),
  'adapters/jobs': adapter(['pg-boss', 'node-cron', 'pg'], ['app']),
  'adapters/otpauth': adapter(['otpauth']),
  'adapters/pino': adapter(['pino']),
  'adapters/postgres': adapter(['@prisma/client', '@prisma/adapter-pg', 'pg', 'zod']),
  'adapters/system': adapter(['uuid']),
  'adapters/icalendar': adapter(['ical-generator', 'temporal-polyfill']),
  'adapters/voice': adapter(['@discordjs/voice', '@snazzah/davey', 'discord-api-types', 'opusscript']),
  'adapters/web': adapter(
    ['fastify', '@fastify/rate-limit', '@fastify/formbody', '@fastify/cookie', 'ghtml', 'uqr'],
    ['app'],
  ),
  'adapters/temporal': adapter(['temporal-polyfill', 'cron-parser']),
  main: EVERY,
  demo: EVERY,
  bench: EVERY,
  scripts: EVERY,
  test: EVERY,
};

/** The room to which a file belongs; undefined when it stands in none. */
export const roomOf = (path: string): string | undefined => {
  const [, name] = /^src\/adapters\/([^/]+)\//.exec(path) ?? [];
  if (name !== undefined) return `adapters/${name}`;
  return Object.entries(ROOMS).find(([beginning]) => path.startsWith(beginning))?.[1];
};

/** Whether a room may import from another; every room may import from itself. */
export const mayEnter = (room: string, other: string | undefined): boolean => {
  const doors = DOORS[room];
  if (doors === EVERY || room === other) return true;
  return other !== undefined && (doors?.rooms.includes(other) ?? false);
};

/** Whether a room may use a package. */
export const mayUse = (room: string, name: string): boolean => {
  const doors = DOORS[room];
  return doors === EVERY || (doors?.packages.includes(name) ?? false);
};
