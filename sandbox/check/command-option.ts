/** Keeps what the options of an application command may be: their kinds, nesting, choices and limits. */
import {
  also,
  type Check,
  dictionary,
  flag,
  integer,
  list,
  maybe,
  number,
  object,
  oneOf,
  type Report,
  set,
  text,
  variant,
} from './schema.ts';

/** Discord's numbers for the kinds of option. */
export const OPTION = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

const locales =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko';

/** A dictionary of translations by locale. */
export const translations = (one: Check<string>): Check<{ readonly [locale: string]: string }> =>
  dictionary(oneOf(...locales.split(' ')), one);

/** A name as it is typed after the slash: up to 32 letters, digits, - or _, none of them a capital. */
export const slashName: Check<string> = (value, report) => {
  text({ min: 1, max: 32 })(value, report);
  if (typeof value !== 'string' || value === '') return;
  if (!/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(value) || value !== value.toLowerCase())
    report.add('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
};

/** A description: 1 to 100 characters. */
export const description = text({ min: 1, max: 100 });

const named = {
  name: slashName,
  name_localizations: maybe(translations(slashName)),
  description,
  description_localizations: maybe(translations(description)),
  required: maybe(flag),
};

const choiceName = text({ min: 1, max: 100 });

/** Up to 25 choices with distinct names. */
export const choices = <T extends string | number>(value: Check<T>) =>
  maybe(
    also(
      list(object({ name: choiceName, name_localizations: maybe(translations(choiceName)), value }), {
        max: 25,
      }),
      (all, report) => refuseTwins(all, 'name', report),
    ),
  );

const refuseTwins = (all: readonly { name: string }[], key: string, report: Report): void => {
  for (const [index, { name }] of all.entries())
    if (all.findIndex((other) => other.name === name) !== index)
      report
        .at(index)
        .at(key)
        .add('APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'The specified name is already used');
};

type Valued = { choices?: readonly unknown[] | null; autocomplete?: boolean | null };

const completionRule = (it: Valued, report: Report): void => {
  if (it.autocomplete === true && (it.choices?.length ?? 0) > 0)
    report
      .at('autocomplete')
      .add(
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES',
        'Choices cannot stand beside autocomplete.',
      );
};

const orderRule = (
  low: number | null | undefined,
  high: number | null | undefined,
  key: string,
  report: Report,
) => {
  if (low != null && high != null && low > high)
    report.at(key).add('NUMBER_TYPE_MAX', `value should be less than or equal to ${high}.`);
};

const stringOption = also(
  object({
    ...named,
    type: oneOf(OPTION.string),
    autocomplete: maybe(flag),
    min_length: maybe(integer(0, 6000)),
    max_length: maybe(integer(1, 6000)),
    choices: choices(text({ min: 1, max: 100 })),
  }),
  (it, report) => {
    completionRule(it, report);
    orderRule(it.min_length, it.max_length, 'min_length', report);
  },
);

const numericOption = (type: number, value: Check<number>) =>
  also(
    object({
      ...named,
      type: oneOf(type),
      autocomplete: maybe(flag),
      min_value: maybe(value),
      max_value: maybe(value),
      choices: choices(value),
    }),
    (it, report) => {
      completionRule(it, report);
      orderRule(it.min_value, it.max_value, 'min_value', report);
    },
  );

const channelTypes = maybe(set(oneOf(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)));

/** An option as far as every kind of it goes. */
export type Option = { readonly type: number; readonly name: string; readonly required?: boolean | null };

const plainOption = (type: number): Check<Option> => object({ ...named, type: oneOf(type) });

const values: { readonly [type: number]: Check<Option> } = {
  [OPTION.string]: stringOption,
  [OPTION.integer]: numericOption(OPTION.integer, integer(-(2 ** 53), 2 ** 53)),
  [OPTION.boolean]: plainOption(OPTION.boolean),
  [OPTION.user]: plainOption(OPTION.user),
  [OPTION.channel]: object({ ...named, type: oneOf(OPTION.channel), channel_types: channelTypes }),
  [OPTION.role]: plainOption(OPTION.role),
  [OPTION.mentionable]: plainOption(OPTION.mentionable),
  [OPTION.number]: numericOption(OPTION.number, number(-(2 ** 53), 2 ** 53)),
  [OPTION.attachment]: plainOption(OPTION.attachment),
};

const isBranch = (it: Option): boolean => it.type === OPTION.subcommand || it.type === OPTION.group;

const optionsRule = (options: readonly Option[], report: Report): void => {
  refuseTwins(options, 'name', report);
  if (options.some(isBranch) && !options.every(isBranch))
    report.add('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands cannot stand beside other options');
  for (const [index, it] of options.entries())
    if (it.required === true && index > 0 && options[index - 1]?.required !== true)
      report
        .at(index)
        .add(
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
};

const options = (forms: { readonly [type: number]: Check<Option> }, min = 0): Check<Option[]> =>
  also(list(variant<Option>('type', forms), { min, max: 25 }), optionsRule);

const subcommand: Check<Option> = object({
  ...named,
  type: oneOf(OPTION.subcommand),
  options: maybe(options(values)),
});

const group: Check<Option> = object({
  ...named,
  type: oneOf(OPTION.group),
  options: options({ [OPTION.subcommand]: subcommand }, 1),
});

/** The options of a slash command: values, or sub-commands and groups of them. */
export const topOptions = options({ ...values, [OPTION.subcommand]: subcommand, [OPTION.group]: group });
