/** Keeps what an application command may be: a slash command, or an entry in a person's or a message's menu. */
import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { description, slashName, topOptions, translations } from './command-option.ts';
import {
  also,
  type Check,
  flag,
  isObject,
  list,
  maybe,
  object,
  oneOf,
  parse,
  type Report,
  set,
  snowflake,
  text,
} from './schema.ts';

/** A command as it was given; what was left out is undefined. */
export type CommandBody = {
  readonly id?: string | null;
  readonly type?: 1 | 2 | 3 | null;
  readonly name: string;
  readonly name_localizations?: Translations;
  readonly description?: string | null;
  readonly description_localizations?: Translations;
  readonly options?: APIApplicationCommandOption[] | null;
  readonly default_member_permissions?: string | number | null;
  readonly dm_permission?: boolean | null;
  readonly nsfw?: boolean | null;
  readonly contexts?: (0 | 1 | 2)[] | null;
  readonly integration_types?: (0 | 1)[] | null;
};

type Translations = { readonly [locale: string]: string } | null;

const permissionsValue: Check<string | number> = (value, report) => {
  const isText = typeof value === 'string' && /^\d{1,19}$/.test(value);
  if (!isText && !(Number.isSafeInteger(value) && Number(value) >= 0))
    report.add('NUMBER_TYPE_COERCE', 'Value is not a permission set.');
};

const settings = {
  id: maybe(snowflake),
  default_member_permissions: maybe(permissionsValue),
  dm_permission: maybe(flag),
  default_permission: maybe(flag),
  nsfw: maybe(flag),
  contexts: maybe(set(oneOf(0, 1, 2), { min: 1 })),
  integration_types: maybe(set(oneOf(0, 1), { min: 1 })),
};

const slash = object({
  ...settings,
  type: maybe(oneOf(1)),
  name: slashName,
  name_localizations: maybe(translations(slashName)),
  description,
  description_localizations: maybe(translations(description)),
  options: maybe(topOptions),
});

const menuName = text({ min: 1, max: 32 });

const menu = object({
  ...settings,
  type: oneOf(2, 3),
  name: menuName,
  name_localizations: maybe(translations(menuName)),
  description: maybe(text({ max: 0 })),
  description_localizations: maybe(translations(text({ max: 0 }))),
  options: maybe(list(object({}), { max: 0 })),
});

const longest = (plain: unknown, translated: unknown): number =>
  Math.max(
    ...[plain, ...Object.values(translated ?? {})].map((it) => (typeof it === 'string' ? it.length : 0)),
  );

/** Characters of names, descriptions and choices' values, each by its longest translation. */
const sizeOf = (value: unknown): number => {
  if (!isObject(value)) return 0;
  const parts = [value['options'], value['choices']].flatMap((it) => (Array.isArray(it) ? it : []));
  return (
    longest(value['name'], value['name_localizations']) +
    longest(value['description'], value['description_localizations']) +
    longest(value['value'], null) +
    parts.reduce<number>((sum, it) => sum + sizeOf(it), 0)
  );
};

const sizeRule = (value: unknown, report: Report): void => {
  if (sizeOf(value) > 8000)
    report.add('APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
};

const command: Check<CommandBody> = (value, report) => {
  const isMenu = isObject(value) && value['type'] != null && value['type'] !== 1;
  also<unknown>(isMenu ? menu : slash, sizeRule)(value, report);
};

const twinRule = (commands: readonly CommandBody[], report: Report): void => {
  const keys = commands.map((it) => `${it.type ?? 1}:${it.name}`);
  for (const [index, key] of keys.entries())
    if (keys.indexOf(key) !== index)
      report.at(index).add('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
};

/** How many commands of each type a scope holds. */
export const MOST_COMMANDS = { 1: 100, 2: 15, 3: 15 } as const;

const countRule = (commands: readonly CommandBody[], report: Report): void => {
  for (const type of [1, 2, 3] as const)
    if (commands.filter((it) => (it.type ?? 1) === type).length > MOST_COMMANDS[type])
      report.add('BASE_TYPE_MAX_LENGTH', `Must be ${MOST_COMMANDS[type]} or fewer in length.`);
};

/** Reads one command; throws 400/50035. */
export const readCommand = (body: unknown): CommandBody => parse(command, body);

/** Reads a whole set of commands, which is at most 100 slash commands and 15 of each menu; throws 400/50035. */
export const readCommands = (body: unknown): CommandBody[] =>
  parse(
    also(list(command), (all, report) => {
      twinRule(all, report);
      countRule(all, report);
    }),
    body,
  );
