/** Keeps how the values that a person gives are held against the options that a command declares. */
import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { OPTION } from '../check/command-option.ts';
import type { GivenOption } from '../check/interaction.ts';
import { type Check, flag, integer, number, type Report, snowflake, text } from '../check/schema.ts';
import { type Entity, entityOf, type Place } from './resolve.ts';

/** The options of an interaction as the bot gets them, and what the ids among them name. */
export type ReadOptions = {
  readonly options: readonly GivenOption[];
  readonly entities: readonly Entity[];
  /** The kind of the option that is being completed. */
  readonly focusedType: number | null;
};

type Reading = { readonly place: Place; readonly isCompletion: boolean; readonly entities: Entity[] };

const LARGEST = 2 ** 53;

type Declared = {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly channel_types?: readonly number[];
  readonly choices?: readonly { readonly value: string | number }[];
  readonly options?: readonly Declared[];
};

const scalarCheck = (it: Declared): Check<unknown> => {
  const [low, high] = [it.min_value ?? -LARGEST, it.max_value ?? LARGEST];
  if (it.type === OPTION.string)
    return text({ min: Math.max(1, it.min_length ?? 1), max: it.max_length ?? 6000 });
  if (it.type === OPTION.integer) return integer(low, high);
  if (it.type === OPTION.number) return number(low, high);
  return it.type === OPTION.boolean ? flag : snowflake;
};

const NAMED: { readonly [type: number]: readonly ('user' | 'role' | 'channel')[] } = {
  [OPTION.user]: ['user'],
  [OPTION.role]: ['role'],
  [OPTION.channel]: ['channel'],
  [OPTION.mentionable]: ['user', 'role'],
};

const readEntity = (reading: Reading, it: Declared, id: string, report: Report): void => {
  const entity = entityOf(reading.place, id, ...(NAMED[it.type] ?? []));
  const isWrongChannel =
    entity?.kind === 'channel' &&
    (it.channel_types?.length ?? 0) > 0 &&
    !it.channel_types?.includes(entity.it.type);
  if (!entity || isWrongChannel)
    report.add('UNKNOWN_ENTITY', `No ${NAMED[it.type]?.join(' or ')} has this id.`);
  else reading.entities.push(entity);
};

const readValue = (reading: Reading, it: Declared, given: GivenOption, report: Report): void => {
  const before = report.count();
  scalarCheck(it)(given.value, report);
  if (report.count() > before) return;
  if (NAMED[it.type]) readEntity(reading, it, String(given.value), report);
  else if (it.choices?.length && !it.choices.some((choice) => choice.value === given.value))
    report.add('APPLICATION_COMMAND_OPTIONS_CHOICE_INVALID', 'Value is not one of the choices.');
};

/** What is still being typed is text, whatever it will become. */
const readFocused = (it: Declared, given: GivenOption, report: Report): void => {
  if (it.autocomplete !== true)
    report.add('APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_NOT_SET', 'This option completes nothing.');
  text({ max: 6000 })(given.value, report.at('value'));
};

const readOne = (reading: Reading, it: Declared, given: GivenOption, report: Report): void => {
  if (given.type !== it.type)
    report.at('type').add('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', `The option is of type ${it.type}.`);
  else if (isBranch(it)) readAll(reading, it.options ?? [], given.options ?? [], report.at('options'));
  else if (given.focused === true && reading.isCompletion) readFocused(it, given, report);
  else readValue(reading, it, given, report.at('value'));
};

const isBranch = (it: { readonly type: number }): boolean =>
  it.type === OPTION.subcommand || it.type === OPTION.group;

const readAll = (
  reading: Reading,
  declared: readonly Declared[],
  given: readonly GivenOption[],
  report: Report,
): void => {
  for (const [index, it] of given.entries()) {
    const match = declared.find((option) => option.name === it.name);
    const isTwin = given.findIndex((other) => other.name === it.name) !== index;
    if (!match || isTwin)
      report
        .at(index)
        .at('name')
        .add('APPLICATION_COMMAND_OPTIONS_UNKNOWN', `No option is called ${it.name}.`);
    else readOne(reading, match, it, report.at(index));
  }
  if (declared.some(isBranch) && given.length !== 1)
    report.add('APPLICATION_COMMAND_OPTIONS_SUBCOMMAND_REQUIRED', 'Exactly one sub-command must be named.');
  if (reading.isCompletion) return;
  for (const it of declared)
    if (it.required === true && !given.some((other) => other.name === it.name))
      report.add('APPLICATION_COMMAND_OPTIONS_REQUIRED', `The option ${it.name} is required.`);
};

const leaves = (options: readonly GivenOption[]): GivenOption[] =>
  options.flatMap((it) => (isBranch(it) ? leaves(it.options ?? []) : [it]));

const tidy = (options: readonly GivenOption[]): GivenOption[] =>
  options.map((it) => ({
    name: it.name,
    type: it.type,
    ...(it.value === undefined ? {} : { value: it.value }),
    ...(it.focused === true ? { focused: true } : {}),
    ...(isBranch(it) ? { options: tidy(it.options ?? []) } : {}),
  }));

/** Holds given options against a command's own; reports at the options' place what does not fit. */
export const readOptions = (
  place: Place,
  declared: readonly APIApplicationCommandOption[],
  given: readonly GivenOption[],
  isCompletion: boolean,
  report: Report,
): ReadOptions => {
  const reading: Reading = { place, isCompletion, entities: [] };
  readAll(reading, declared, given, report);
  const focused = leaves(given).filter((it) => it.focused === true);
  if (isCompletion && focused.length !== 1)
    report.add('APPLICATION_COMMAND_OPTIONS_FOCUS', 'Exactly one option must have the focus.');
  return { options: tidy(given), entities: reading.entities, focusedType: focused[0]?.type ?? null };
};
