/** Keeps the components that offer values to choose from, in messages and in modals. */
import { type Component, componentId, customId, emoji, KIND } from './component.ts';
import type { Check, Checked, Report } from './schema.ts';
import { also, flag, integer, list, maybe, object, oneOf, set, snowflake, text } from './schema.ts';

/** Where a select stands: a message may disable it, a modal may not demand it. */
export type Place = 'message' | 'modal';

type Range = { min_values?: number | null; max_values?: number | null; required?: boolean | null };

/** Least and most values that may be chosen, by Discord's defaults of one. */
export const choiceRange = (it: Range): { min: number; max: number } => ({
  min: it.required === false ? 0 : (it.min_values ?? 1),
  max: it.max_values ?? 1,
});

const optionFields = {
  label: text({ min: 1, max: 100 }),
  value: text({ min: 1, max: 100 }),
  description: maybe(text({ max: 100 })),
  default: maybe(flag),
};
const selectOption = object({ ...optionFields, emoji: maybe(emoji) });
const groupOption = object(optionFields);

const rangeRules = (it: Range, preset: number, presetAt: string, report: Report): void => {
  const max = it.max_values ?? 1;
  if ((it.min_values ?? 0) > max)
    report.at('min_values').add('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  if (preset > max)
    report.at(presetAt).add('SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', `No more than ${max} may be preset.`);
};

type WithOptions = Range & { options: readonly Checked<typeof groupOption>[] };

const optionRules = (it: WithOptions, report: Report): void => {
  const values = it.options.map((option) => option.value);
  for (const [index, value] of values.entries())
    if (values.indexOf(value) !== index)
      report
        .at('options')
        .at(index)
        .at('value')
        .add('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
  rangeRules(it, it.options.filter((option) => option.default === true).length, 'options', report);
  if ((it.max_values ?? 1) > values.length)
    report
      .at('max_values')
      .add('NUMBER_TYPE_MAX', `int value should be less than or equal to ${values.length}.`);
};

/** A modal's part that must be answered cannot be answered with nothing. */
const demandRule = (it: Range, report: Report): void => {
  if (it.min_values === 0 && it.required !== false)
    report.at('min_values').add('NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.');
};

const both =
  <T>(...rules: readonly ((it: T, report: Report) => void)[]) =>
  (it: T, report: Report): void => {
    for (const rule of rules) rule(it, report);
  };

const channelType = oneOf(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16);

const selectFields = (place: Place) => ({
  id: componentId,
  custom_id: customId,
  placeholder: maybe(text({ max: 150 })),
  min_values: maybe(integer(0, 25)),
  max_values: maybe(integer(1, 25)),
  required: maybe(flag),
  ...(place === 'message' && { disabled: maybe(flag) }),
});

const stringSelect = (place: Place): Check<Component> =>
  also(
    object({
      ...selectFields(place),
      type: oneOf(KIND.stringSelect),
      options: list(selectOption, { min: 1, max: 25 }),
    }),
    both<WithOptions>(optionRules, ...(place === 'modal' ? [demandRule] : [])),
  );

type Preset = Range & { default_values?: readonly unknown[] | null };

const entitySelect = (place: Place, kind: number, ...presets: readonly string[]): Check<Component> =>
  also(
    object({
      ...selectFields(place),
      type: oneOf(kind),
      default_values: maybe(list(object({ id: snowflake, type: oneOf(...presets) }), { max: 25 })),
      ...(kind === KIND.channelSelect && { channel_types: maybe(set(channelType)) }),
    }),
    both<Preset>(
      (it, report) => rangeRules(it, it.default_values?.length ?? 0, 'default_values', report),
      ...(place === 'modal' ? [demandRule] : []),
    ),
  );

/** Every kind of select by its number, as it may stand at that place. */
export const selects = (place: Place): { readonly [kind: number]: Check<Component> } => ({
  [KIND.stringSelect]: stringSelect(place),
  [KIND.userSelect]: entitySelect(place, KIND.userSelect, 'user'),
  [KIND.roleSelect]: entitySelect(place, KIND.roleSelect, 'role'),
  [KIND.mentionableSelect]: entitySelect(place, KIND.mentionableSelect, 'user', 'role'),
  [KIND.channelSelect]: entitySelect(place, KIND.channelSelect, 'channel'),
});

/** Exactly one of 2 to 10 choices, in a modal. */
export const radioGroup: Check<Component> = also(
  object({
    type: oneOf(KIND.radioGroup),
    id: componentId,
    custom_id: customId,
    required: maybe(flag),
    options: list(groupOption, { min: 2, max: 10 }),
  }),
  optionRules,
);

/** Any of 1 to 10 choices, in a modal. */
export const checkboxGroup: Check<Component> = also(
  object({
    type: oneOf(KIND.checkboxGroup),
    id: componentId,
    custom_id: customId,
    required: maybe(flag),
    min_values: maybe(integer(0, 10)),
    max_values: maybe(integer(1, 10)),
    options: list(groupOption, { min: 1, max: 10 }),
  }),
  both<WithOptions>(optionRules, demandRule),
);

/** A single yes or no, in a modal. */
export const checkbox: Check<Component> = object({
  type: oneOf(KIND.checkbox),
  id: componentId,
  custom_id: customId,
  default: maybe(flag),
});
