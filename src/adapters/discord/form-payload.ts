/** A form as Discord shows it: a modal with a label for every field. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Form, FormField } from '../../words/card.ts';
import { clip } from '../../words/markup.ts';
import { customIdOf } from './custom-id.ts';
import { FORM, within } from './limits.ts';

const select = (field: Extract<FormField, { kind: 'choice' }>): APIStringSelectComponent => {
  within(`choices of “${field.label}”`, field.choices.length, FORM.choices);
  for (const { label, value } of field.choices) {
    within(`choice “${label}”`, label.length, FORM.choiceLabel);
    within(`value of “${label}”`, value.length, FORM.choiceValue);
  }
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    options: field.choices.map(({ label, value }) => ({ label, value })),
    min_values: field.required ? Math.max(1, field.fewest) : 0,
    max_values: Math.min(field.most, field.choices.length),
    required: field.required,
  };
};

const textInput = (field: Extract<FormField, { kind: 'text' }>): APITextInputComponent => ({
  type: ComponentType.TextInput,
  custom_id: field.name,
  style: field.long ? TextInputStyle.Paragraph : TextInputStyle.Short,
  min_length: field.required ? Math.max(1, field.fewest) : 0,
  max_length: Math.min(field.most, FORM.text),
  required: field.required,
  ...(field.written ? { value: clip(field.written, Math.min(field.most, FORM.text)) } : {}),
});

/** A label that is too long for Discord stands clipped, and whole beneath. */
const labelOf = ({ label, hint }: FormField): Pick<APILabelComponent, 'label' | 'description'> => {
  const description = label.length > FORM.label ? label : hint;
  within(`hint of “${label}”`, description?.length ?? 0, FORM.hint);
  return { label: clip(label, FORM.label), ...(description ? { description } : {}) };
};

const fieldOf = (field: FormField): APILabelComponent => ({
  type: ComponentType.Label,
  ...labelOf(field),
  component: field.kind === 'text' ? textInput(field) : select(field),
});

/** What Discord is sent for a form; throws a RangeError when something is longer than Discord takes. */
export const formPayload = (form: Form): APIModalInteractionResponseCallbackData => {
  within(`title “${form.title}”`, form.title.length, FORM.title);
  within(`fields of “${form.title}”`, form.fields.length, FORM.fields);
  return {
    title: form.title,
    custom_id: customIdOf({ path: form.command, given: form.given }),
    components: form.fields.map(fieldOf),
  };
};
