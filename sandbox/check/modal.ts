/** Keeps what a form (modal) may ask, and what a callback may carry besides a message. */
import { type Component, componentId, customId, KIND, numbered } from './component.ts';
import { distinctIds } from './message-components.ts';
import {
  also,
  flag,
  integer,
  list,
  maybe,
  type ObjectOf,
  object,
  oneOf,
  parse,
  type Report,
  text,
  variant,
} from './schema.ts';
import { checkbox, checkboxGroup, radioGroup, selects } from './select.ts';

const inputFields = {
  type: oneOf(KIND.textInput),
  id: componentId,
  custom_id: customId,
  style: oneOf(1, 2),
  min_length: maybe(integer(0, 4000)),
  max_length: maybe(integer(1, 4000)),
  required: maybe(flag),
  value: maybe(text({ max: 4000 })),
  placeholder: maybe(text({ max: 100 })),
};

const inputRules = (it: ObjectOf<typeof inputFields>, report: Report): void => {
  const max = it.max_length ?? 4000;
  if ((it.min_length ?? 0) > max)
    report.at('min_length').add('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  const length = [...(it.value ?? '')].length;
  if (length > max || (length > 0 && length < (it.min_length ?? 0)))
    report
      .at('value')
      .add('BASE_TYPE_BAD_LENGTH', `Must be between ${it.min_length ?? 0} and ${max} in length.`);
};

const labelledInput = also(object({ ...inputFields, label: text({ min: 1, max: 45 }) }), inputRules);

/** The older way to ask for text: an input with its own label, alone in a row. */
const row = object({
  type: oneOf(KIND.row),
  id: componentId,
  components: list(variant<Component>('type', { [KIND.textInput]: labelledInput }), { min: 1, max: 1 }),
});

const label = object({
  type: oneOf(KIND.label),
  id: componentId,
  label: text({ min: 1, max: 45 }),
  description: maybe(text({ min: 1, max: 100 })),
  component: variant<Component>('type', {
    [KIND.textInput]: also(object(inputFields), inputRules),
    [KIND.radioGroup]: radioGroup,
    [KIND.checkboxGroup]: checkboxGroup,
    [KIND.checkbox]: checkbox,
    ...selects('modal'),
  }),
});

const textDisplay = object({
  type: oneOf(KIND.textDisplay),
  id: componentId,
  content: text({ min: 1, max: 4000 }),
});

const parts = variant<Component>('type', {
  [KIND.row]: row,
  [KIND.label]: label,
  [KIND.textDisplay]: textDisplay,
});

const modal = object({
  custom_id: customId,
  title: text({ min: 1, max: 45 }),
  components: also(list(parts, { min: 1, max: 5 }), distinctIds),
});

/** A form as it was given, its components numbered. */
export type Modal = { readonly custom_id: string; readonly title: string; readonly components: Component[] };

/** Reads the data of a callback that opens a form; throws 400/50035. */
export const readModal = (data: unknown): Modal => {
  const { components, ...rest } = parse(object({ data: modal }), { data }).data;
  return { ...rest, components: numbered(components) };
};
