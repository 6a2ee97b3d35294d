/** Hearth's adapter, connected to a sandbox by real discord.js, with only what a test says around it. */
import { type Person, person } from '../../../sandbox/people.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts';
import type { Shards } from '../../../src/adapters/discord/client.ts';
import type { NoticeWording } from '../../../src/adapters/discord/messenger.ts';
import type { Wording } from '../../../src/adapters/discord/rooms.ts';
import {
  type Discord,
  type DiscordHooks,
  type DiscordStart,
  openDiscord,
} from '../../../src/adapters/discord/start.ts';
import { clockOf } from '../../../src/adapters/system/system.ts';
import type { Entry } from '../../../src/command.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Presence } from '../../../src/ports/presence.ts';
import type { World } from '../../../src/ports/world.ts';
import { notice, noticeInRoom } from '../../../src/words/en/notices.ts';

/** Every fault that was logged, to be looked at when a test fails. */
const quietLog = (): Log & { readonly faults: unknown[] } => {
  const faults: unknown[] = [];
  return {
    faults,
    info: () => undefined,
    warn: () => undefined,
    fault: (_event, cause) => {
      faults.push(cause);
      return 'ref-1234';
    },
  };
};

/** Boards and announcements in a few plain words. */
const PLAIN: Wording & NoticeWording = {
  notice,
  noticeInRoom,
  board: (board) => ({
    title: board.kind,
    text: board.kind === 'staff-panel' ? `${board.enrolled} people in ${board.cohortName}` : 'A board',
    ...(board.kind === 'agreement' ? { actions: [[{ label: 'Sign', command: 'agreement sign' }]] } : {}),
  }),
  announcement: (announcement) => ({ text: `Said: ${announcement.kind}` }),
};

const DEAF: DiscordHooks = {
  changed: () => undefined,
  unmuted: () => undefined,
  seen: () => undefined,
  unseen: () => undefined,
  touched: () => undefined,
  rightsTouched: () => undefined,
  eventTouched: () => undefined,
  moderationTouched: () => undefined,
  lost: () => undefined,
};

export interface Options {
  readonly taken?: readonly string[];
  readonly wording?: Partial<Wording>;
  readonly world?: World;
  readonly commands?: readonly Entry[];
  readonly hooks?: Partial<DiscordHooks>;
  readonly token?: string;
  readonly apiUrl?: string;
  readonly log?: Log;
  readonly shards?: Shards;
  readonly watchTogether?: string;
  readonly elsewhere?: Presence['inRoom'];
}

const open = (sandbox: Sandbox, options: Options, log: Log): Discord =>
  openDiscord({
    apiUrl: options.apiUrl ?? sandbox.restUrl,
    wording: { ...PLAIN, ...options.wording },
    clock: clockOf(sandbox.clock),
    log,
    isTaken: async (channelId) => options.taken?.includes(channelId) ?? false,
    elsewhere: options.elsewhere ?? (async () => undefined),
    shards: options.shards,
    watchTogether: options.watchTogether,
  });

/** Opens the adapter as a process that is no gateway, which calls and never connects. */
export const callOnly = async (sandbox: Sandbox, options: Options = {}): Promise<Connection> => {
  const discord = open(sandbox, options, options.log ?? quietLog());
  return { discord, started: await discord.call(options.token ?? sandbox.bot.token) };
};

export interface Connection {
  readonly discord: Discord;
  readonly started: DiscordStart;
}

/** Opens the adapter on a sandbox and starts it. */
export const connect = async (sandbox: Sandbox, options: Options = {}): Promise<Connection> => {
  const log = options.log ?? quietLog();
  const discord = open(sandbox, options, log);
  const started = await discord.start({
    token: options.token ?? sandbox.bot.token,
    // Where a test gives no world, nobody asks anything in it.
    world: options.world ?? ({ log } as World),
    commands: options.commands ?? [],
    hooks: { ...DEAF, ...options.hooks },
  });
  return { discord, started };
};

/** A sandbox and the adapter on it. */
export const connectedSandbox = async (
  options: Options = {},
  server: SandboxOptions = {},
): Promise<Connection & { sandbox: Sandbox }> => {
  const sandbox = await startSandbox(server);
  return { sandbox, ...(await connect(sandbox, options)) };
};

/** Logs in somebody of the sandbox, who is added when new. */
export const logIn = (sandbox: Sandbox, name: string, admin = false): Promise<Person> =>
  person({
    restUrl: sandbox.restUrl,
    gatewayUrl: sandbox.gatewayUrl,
    token: (sandbox.people.get(name) ?? sandbox.addPerson(name, { admin })).token,
  });

/** What the bot asked of Discord since the transcript was last cleared, but for logging in. */
export const callsOf = (sandbox: Sandbox): Record<string, number> => {
  const counts = sandbox.transcript.countByRoute(sandbox.bot.id);
  delete counts['GET /gateway/bot'];
  return counts;
};
