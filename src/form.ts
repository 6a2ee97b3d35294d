/** A form for what was not given: every option that can be typed can be asked for in one. */
import { type Given, type Input, LONG_TEXT, type Option, optionsOf } from './option.ts';
import type { Choice, Form, FormField } from './words/card.ts';

const numbered = (option: Extract<Option, { kind: 'whole' }>): readonly Choice[] =>
  Array.from({ length: option.most - option.least + 1 }, (_, index) => {
    const value = String(option.least + index);
    return { value, label: option.labels?.[value] ?? value };
  });

const labelled = ({ name, description, required, hint }: Option) => ({
  name,
  label: description,
  required,
  ...(hint ? { hint } : {}),
});

const textFieldOf = (option: Extract<Option, { kind: 'text' }>) => ({
  ...labelled(option),
  kind: 'text' as const,
  fewest: option.fewest,
  most: option.most,
  long: option.most > LONG_TEXT,
});

/** Whether it can be asked for in a form: somebody, or a file, is named beside a command alone. */
export const canBeAsked = ({ kind }: Option): boolean => kind !== 'account' && kind !== 'attachment';

/** An option as it is asked for in a form. */
export const fieldOf = (option: Option): FormField => {
  const base = labelled(option);
  switch (option.kind) {
    case 'text':
      return textFieldOf(option);
    case 'whole':
      return { ...base, kind: 'choice', choices: numbered(option), fewest: 1, most: 1 };
    case 'choice':
    case 'choices':
      return {
        ...base,
        kind: 'choice',
        choices: option.choices.map((value) => ({ value, label: option.labels[value] ?? value })),
        fewest: option.required && option.kind === 'choice' ? 1 : 0,
        most: option.kind === 'choice' ? 1 : option.most,
      };
    case 'account':
    case 'attachment':
      throw new TypeError(`option ${option.name}: an ${option.kind} is not asked for in a form`);
  }
};

type Text = Extract<Option, { kind: 'text' }>;

/** Characters, as a button carries them, of what was chosen of a list: an id and a little more. */
const MOST_CARRIED = 40;

/**
 * Free text is shown again in the form, to be finished there: it is too long to be carried unseen. So is what was typed
 * where something was to be chosen, and is longer than anything that could have been.
 */
const isShownAgain = (option: Option, value: unknown): option is Text =>
  option.kind === 'text' &&
  (option.complete === undefined || encodeURIComponent(String(value).toWellFormed()).length > MOST_CARRIED);

const asked = (option: Option, value: unknown): readonly FormField[] => {
  if (value === undefined) return canBeAsked(option) ? [fieldOf(option)] : [];
  return isShownAgain(option, value) ? [{ ...textFieldOf(option), written: String(value) }] : [];
};

/** The fields of a form for everything that was not given, and what goes with it unasked. */
export const formFor = (options: readonly Option[], given: Given): Pick<Form, 'fields' | 'given'> => {
  const shownAgain = new Set(
    options.filter((option) => isShownAgain(option, given[option.name])).map(({ name }) => name),
  );
  const carriedAlong = Object.entries(given).filter(([name]) => !shownAgain.has(name));
  return {
    fields: options.flatMap((option) => asked(option, given[option.name])),
    given: Object.fromEntries(carriedAlong.map(([name, value]) => [name, String(value)])),
  };
};

/** Ids, numbers and days, and nothing that could be words of somebody's. */
const TYPED_CODE = /^(?:\d[\d-]{0,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** What a button carries, in which nobody has typed. */
const CARRIED_CODE = /^[\w:.-]{1,40}$/;

/** What names something without saying anything of it: accounts, what was chosen of a list, and what buttons carry. */
const isCode = (option: Option | undefined, value: string, pressed: boolean): boolean => {
  if (!option || pressed) return CARRIED_CODE.test(value);
  const names = option.kind === 'account' || (option.kind === 'text' && option.complete !== undefined);
  return names && TYPED_CODE.test(value);
};

/** Of what was given, the ids and codes: all that may be kept of it before it is asked for elsewhere. */
export const codesIn = (
  input: Input,
  given: Given,
  { pressed }: { readonly pressed: boolean },
): Readonly<Record<string, string>> => {
  const options = new Map(optionsOf(input).map((option) => [option.name, option]));
  const codes = Object.keys(input.shape).flatMap((name) => {
    const value = given[name] === undefined ? '' : String(given[name]);
    return isCode(options.get(name), value, pressed) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(codes);
};
