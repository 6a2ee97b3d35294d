/** The only reader of the environment: read once, at the start, and complete or refused in plain sentences. */
import { z } from 'zod';

const blankAsMissing = (value: unknown): unknown => (value === '' ? undefined : value);
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankAsMissing, schema);

const WEB_ADDRESS = /^https?:\/\//;
const DATABASE_ADDRESS = /^postgres(ql)?:\/\//;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const Environment = z.object({
  DISCORD_TOKEN: setting(
    z.string({ error: 'DISCORD_TOKEN is missing: put the token of your Discord application into .env.' }),
  ),
  DISCORD_API_URL: setting(
    z
      .string()
      .regex(WEB_ADDRESS, 'DISCORD_API_URL must be an address that begins with http:// or https://.')
      .default('https://discord.com/api'),
  ),
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
  HEARTH_LOG: setting(
    z
      .enum(LOG_LEVELS, {
        error: 'HEARTH_LOG must be debug, info, warn, error or silent.',
      })
      .default('info'),
  ),
});

export interface Config {
  readonly token: string;
  /** Discord's REST address without the version. */
  readonly apiUrl: string;
  /** Any Postgres; the one that comes with Hearth when missing. */
  readonly databaseUrl: string | undefined;
  /** Folder for the database and the key file when Hearth keeps them itself. */
  readonly dataFolder: string;
  /** `name:base64` pairs, the first of which encrypts; a key file in the data folder when missing. */
  readonly keys: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export type ConfigAnswer =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly sentences: readonly string[] };

/** The configuration in an environment, or a sentence for everything that is wrong with it. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): ConfigAnswer => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) return { ok: false, sentences: parsed.error.issues.map(({ message }) => message) };
  const { data } = parsed;
  return {
    ok: true,
    config: {
      token: data.DISCORD_TOKEN,
      apiUrl: data.DISCORD_API_URL.replace(/\/+$/, ''),
      databaseUrl: data.DATABASE_URL,
      dataFolder: data.HEARTH_DATA,
      keys: data.HEARTH_KEYS,
      logLevel: data.HEARTH_LOG,
    },
  };
};

/** The configuration of this process, with what stands in `.env` where the environment itself says nothing. */
export const configOfProcess = (): ConfigAnswer => {
  try {
    process.loadEnvFile('.env');
  } catch {
    // Without the file, the environment itself says it all.
  }
  return readConfig(process.env);
};
