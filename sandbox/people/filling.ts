/** Keeps how a person fills in a form: answers by the label that is shown or by custom id, the rest as it was preset. */
import { type Component, flatten, KIND } from '../check/component.ts';
import type { Value } from './asking.ts';
import type { Form } from './sight.ts';

/** Answers by label or custom id; a list for parts that take several. */
export type Answers = { readonly [part: string]: Value | readonly Value[] | undefined };

type Part = Omit<Component, 'options'> & {
  readonly value?: string;
  readonly default?: boolean;
  readonly options?: readonly {
    readonly label: string;
    readonly value: string;
    readonly default?: boolean;
  }[];
  readonly default_values?: readonly { readonly id: string }[];
};

type Asked = { readonly label: string; readonly part: Part; readonly holder: Component };

// A form that was delivered has passed the checks by which these are the forms of its parts.
const treeOf = (form: Form): readonly Component[] => form.components as unknown as readonly Component[];

/** Everything that a form asks, with the label beside it. */
const askedBy = (form: Form): Asked[] =>
  treeOf(form).flatMap((holder) =>
    flatten([holder])
      .filter((it) => it.custom_id != null)
      .map((part) => ({ label: holder.label ?? part.label ?? '', part, holder })),
  );

/** What can be answered in a form, for telling. */
const labelsOf = (form: Form): string[] =>
  askedBy(form).map(({ label, part }) => label || `${part.custom_id}`);

const plain = (value: Value): string | number | boolean => (typeof value === 'object' ? value.id : value);

const chosen = (part: Part, value: Value): string => {
  const wanted = String(plain(value));
  return part.options?.find((option) => option.label === wanted)?.value ?? wanted;
};

const presetOf = (part: Part): readonly Value[] => [
  ...(part.options ?? []).filter((option) => option.default === true).map((option) => option.value),
  ...(part.default_values ?? []),
];

const several = (part: Part): boolean =>
  part.type === KIND.stringSelect || part.type === KIND.checkboxGroup || (part.type >= 5 && part.type <= 8);

const answerTo = (part: Part, answer: Value | readonly Value[] | undefined): object => {
  const given: readonly Value[] | undefined = answer === undefined ? undefined : [answer].flat();
  if (several(part)) return { values: (given ?? presetOf(part)).map((value) => chosen(part, value)) };
  const one = given?.[0];
  if (part.type === KIND.checkbox) return { value: one ?? part.default ?? false };
  if (part.type === KIND.textInput)
    return { value: one === undefined ? (part.value ?? '') : String(plain(one)) };
  const preset = presetOf(part)[0];
  const radio = one ?? preset;
  return { value: radio === undefined ? null : chosen(part, radio) };
};

/** The data of submitting a form with these answers; an answer that fits nothing asked is an error. */
export const submitData = (form: Form, answers: Answers): object => {
  const asked = askedBy(form);
  for (const name of Object.keys(answers))
    if (!asked.some(({ label, part }) => name === label || name === part.custom_id))
      throw new Error(
        `the form "${form.title}" asks nothing called "${name}"; it asks: ${labelsOf(form).join(', ')}`,
      );
  const components = asked.map(({ label, part, holder }) => {
    const filled = {
      type: part.type,
      id: part.id,
      custom_id: part.custom_id,
      ...answerTo(part, answers[label] ?? answers[`${part.custom_id}`]),
    };
    const frame = { type: holder.type, id: holder.id };
    return holder.type === KIND.row ? { ...frame, components: [filled] } : { ...frame, component: filled };
  });
  return { id: form.id, custom_id: form.custom_id, components };
};
