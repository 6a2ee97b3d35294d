/** The only reader of the environment: read once, at the start, and complete or refused in plain sentences. */
import { join } from 'node:path';
import { z } from 'zod';

const blankAsMissing = (value: unknown): unknown => (value === '' ? undefined : value);
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankAsMissing, schema);

const WEB_ADDRESS = /^https?:\/\//;
const DATABASE_ADDRESS = /^postgres(ql)?:\/\//;
const ROLES = ['gateway', 'worker', 'web'] as const;
const SHARDS = /^(\d{1,5}(?:,\d{1,5})*)\/(\d{1,5})$/;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const WRONG_ROLES =
  'HEARTH_ROLES must name one or more of gateway, worker and web, divided by commas, each once at most.';
const WRONG_SHARDS =
  'HEARTH_SHARDS must name the shards of this process and how many there are, like 0,1/4: numbers from 0 on, each below the last.';
const WRONG_RETENTION =
  'HEARTH_RETENTION must name classes with days, each class once, divided by commas, like check-in:180,reason:14.';
const WRONG_PORT = 'HEARTH_WEB_PORT must be a port, from 1 to 65535, or 0 for any that is free.';

const shardsIn = (written: string): Shards | undefined => {
  const [, ids = '', count = ''] = SHARDS.exec(written) ?? [];
  const shards = { ids: [...new Set(ids.split(',').map(Number))], count: Number(count) };
  return ids !== '' && shards.ids.every((id) => id < shards.count) ? shards : undefined;
};

/** Nothing when a class stands in it twice: nobody could tell which days are meant. */
const daysIn = (written: string): ReadonlyMap<string, number> | undefined => {
  const pairs = written.split(',').map((each) => {
    const [name = '', days] = each.trim().split(':');
    return [name, Number(days)] as const;
  });
  const days = new Map(pairs);
  return days.size === pairs.length ? days : undefined;
};

const listed = (written: unknown): unknown =>
  typeof written === 'string' ? written.split(',').map((each) => each.trim()) : written;

/** What every program reads: where what is kept stands, and the keys to it. */
const StoreEnvironment = z.object({
  DATABASE_URL: setting(
    z
      .string()
      .regex(DATABASE_ADDRESS, 'DATABASE_URL must be an address that begins with postgresql://.')
      .optional(),
  ),
  HEARTH_DATA: setting(z.string().default('data')),
  HEARTH_KEYS: setting(
    z
      .string()
      .regex(
        /^[\w-]+:[A-Za-z0-9+/=_-]{43,44}(,[\w-]+:[A-Za-z0-9+/=_-]{43,44})*$/,
        'HEARTH_KEYS must be name:key pairs divided by commas, each key 32 bytes in base64.',
      )
      .optional(),
  ),
  HEARTH_AUDIT_CHECKPOINTS: setting(z.string().optional()),
  HEARTH_ERASURES: setting(z.string().optional()),
  HEARTH_LOG: setting(
    z
      .enum(LOG_LEVELS, {
        error: 'HEARTH_LOG must be debug, info, warn, error or silent.',
      })
      .default('info'),
  ),
});

const Environment = StoreEnvironment.extend({
  DISCORD_TOKEN: setting(
    z.string({ error: 'DISCORD_TOKEN is missing: put the token of your Discord application into .env.' }),
  ),
  DISCORD_CLIENT_SECRET: setting(z.string().optional()),
  DISCORD_API_URL: setting(
    z
      .string()
      .regex(WEB_ADDRESS, 'DISCORD_API_URL must be an address that begins with http:// or https://.')
      .default('https://discord.com/api'),
  ),
  HEARTH_RETENTION: setting(
    z
      .string()
      .regex(/^[a-z-]+:\d{1,4}(?:, *[a-z-]+:\d{1,4})*$/, WRONG_RETENTION)
      .transform((written, context) => {
        const days = daysIn(written);
        if (!days) context.addIssue(WRONG_RETENTION);
        return days ?? z.NEVER;
      })
      .optional(),
  ),
  HEARTH_ROLES: z.preprocess(
    (written) => listed(blankAsMissing(written)),
    z
      .array(z.enum(ROLES, { error: WRONG_ROLES }))
      .refine((roles) => new Set(roles).size === roles.length, WRONG_ROLES)
      .default([...ROLES]),
  ),
  HEARTH_SHARDS: setting(
    z
      .string()
      .transform((written, context) => {
        const shards = shardsIn(written);
        if (!shards) context.addIssue(WRONG_SHARDS);
        return shards ?? z.NEVER;
      })
      .optional(),
  ),
  HEARTH_VOICE: setting(z.enum(['on', 'off'], { error: 'HEARTH_VOICE must be on or off.' }).default('on')),
  HEARTH_WATCH_TOGETHER_ID: setting(
    z
      .string()
      .regex(
        /^\d{15,20}$/,
        'HEARTH_WATCH_TOGETHER_ID must be the id of an application of Discord, 15 to 20 digits.',
      )
      .optional(),
  ),
  HEARTH_WEB_HOST: setting(z.string().default('127.0.0.1')),
  HEARTH_WEB_PORT: setting(
    z
      .string()
      .regex(/^\d{1,5}$/, WRONG_PORT)
      .transform(Number)
      .refine((port) => port <= 65_535, WRONG_PORT)
      .default(8787),
  ),
  HEARTH_WEB_URL: setting(
    z
      .string()
      .regex(WEB_ADDRESS, 'HEARTH_WEB_URL must be an address that begins with http:// or https://.')
      .optional(),
  ),
});

/** What a process does: connects to Discord's gateway, does jobs, serves pages. */
export type Role = (typeof ROLES)[number];

/** Some shards of Discord's gateway, by number, of how many there are. */
export interface Shards {
  readonly ids: readonly number[];
  readonly count: number;
}

/** What the programs beside Hearth need: where what is kept stands, and the keys to it. */
export interface StoreConfig {
  /** Any Postgres; the one that comes with Hearth when missing. */
  readonly databaseUrl: string | undefined;
  /** Folder for the database and the key file when Hearth keeps them itself. */
  readonly dataFolder: string;
  /** `name:base64` pairs, the first of which encrypts; a key file in the data folder when missing. */
  readonly keys: string | undefined;
  /** File to which checkpoints of the audit are added. */
  readonly auditCheckpoints: string;
  /** File to which the record of erasures is added. */
  readonly erasures: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface Config extends StoreConfig {
  readonly token: string;
  /** By which staff sign in on pages; without it they cannot. */
  readonly clientSecret: string | undefined;
  /** Discord's REST address without the version. */
  readonly apiUrl: string;
  /** Days after which classes of what is kept of people go, by their names, where not as usual. */
  readonly retention: ReadonlyMap<string, number>;
  readonly roles: ReadonlySet<Role>;
  /** The shards of this process; all of them when missing. */
  readonly shards: Shards | undefined;
  /** Whether this process comes into calls, where it is a gateway. */
  readonly voice: boolean;
  /** Id of the application in which people watch together in a voice room; Discord's own when missing. */
  readonly watchTogetherId: string | undefined;
  readonly web: {
    readonly host: string;
    /** 0 for any that is free. */
    readonly port: number;
    /** How people reach it from outside, without a slash at its end; where it listens when missing. */
    readonly url: string | undefined;
  };
}

export type ConfigAnswer<Read = Config> =
  | { readonly ok: true; readonly config: Read }
  | { readonly ok: false; readonly sentences: readonly string[] };

type Variables = Readonly<Record<string, string | undefined>>;

/** Each once: a list may be wrong in several places. */
const sentencesOf = ({ issues }: z.ZodError): readonly string[] => [
  ...new Set(issues.map(({ message }) => message)),
];

const storeConfigIn = (data: z.infer<typeof StoreEnvironment>): StoreConfig => ({
  databaseUrl: data.DATABASE_URL,
  dataFolder: data.HEARTH_DATA,
  keys: data.HEARTH_KEYS,
  auditCheckpoints: data.HEARTH_AUDIT_CHECKPOINTS ?? join(data.HEARTH_DATA, 'audit-checkpoints.jsonl'),
  erasures: data.HEARTH_ERASURES ?? join(data.HEARTH_DATA, 'erasures.jsonl'),
  logLevel: data.HEARTH_LOG,
});

/** Only what every program needs of it: nothing else stands in their way, whatever it is. */
export const readStoreConfig = (environment: Variables): ConfigAnswer<StoreConfig> => {
  const parsed = StoreEnvironment.safeParse(environment);
  return parsed.success
    ? { ok: true, config: storeConfigIn(parsed.data) }
    : { ok: false, sentences: sentencesOf(parsed.error) };
};

/** The configuration in an environment, or a sentence for everything that is wrong with it. */
export const readConfig = (environment: Variables): ConfigAnswer => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) return { ok: false, sentences: sentencesOf(parsed.error) };
  const { data } = parsed;
  return {
    ok: true,
    config: {
      ...storeConfigIn(data),
      token: data.DISCORD_TOKEN,
      clientSecret: data.DISCORD_CLIENT_SECRET,
      apiUrl: data.DISCORD_API_URL.replace(/\/+$/, ''),
      retention: data.HEARTH_RETENTION ?? new Map(),
      roles: new Set(data.HEARTH_ROLES),
      shards: data.HEARTH_SHARDS,
      voice: data.HEARTH_VOICE === 'on',
      watchTogetherId: data.HEARTH_WATCH_TOGETHER_ID,
      web: {
        host: data.HEARTH_WEB_HOST,
        port: data.HEARTH_WEB_PORT,
        url: data.HEARTH_WEB_URL?.replace(/\/+$/, ''),
      },
    },
  };
};

/** What stands in `.env` counts where the environment itself says nothing. */
const variablesOfProcess = (): Variables => {
  try {
    process.loadEnvFile('.env');
  } catch {
    // Without the file, the environment itself says it all.
  }
  return process.env;
};

/** The configuration of this process. */
export const configOfProcess = (): ConfigAnswer => readConfig(variablesOfProcess());

/** What a program beside Hearth needs of it. */
export const storeConfigOfProcess = (): ConfigAnswer<StoreConfig> => readStoreConfig(variablesOfProcess());
