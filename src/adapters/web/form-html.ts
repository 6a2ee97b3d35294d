/** A form as HTML: every field with its label, its hint and what is wrong with it, and what was filled in already. */
import { html } from 'ghtml';
import type { Choice, FormField } from '../../words/card.ts';
import type { PageWords } from '../../words/pages.ts';
import type { Problem } from '../../words/problem.ts';

/** What came from a page, by the name of the field. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** What somebody wrote that is not chosen from a list: codes are no words of theirs. */
export const writtenIn = (typed: Typed): readonly string[] =>
  Object.values(typed).flatMap((values) => values.filter((value) => value.trim() !== ''));

export interface Filled {
  readonly words: PageWords;
  /** Of labels and choices. */
  readonly language: string;
  readonly typed: Typed;
  readonly wrong: readonly Problem[];
}

/** From so many choices on, one is chosen from a list that folds. */
const MOST_SPREAD = 12;

const idOf = (name: string): string => `f-${name}`;

/** A text in its own language, where that is not the page's. */
const told = (text: string, { words, language }: Filled): string =>
  language === words.language ? html`${text}` : html`<span lang="${language}">${text}</span>`;

const problemOf = ({ wrong }: Filled, { name }: FormField): Problem | undefined =>
  wrong.find(({ option }) => option === name);

const label = (field: FormField, filled: Filled): string =>
  field.required
    ? told(field.label, filled)
    : html`!${told(field.label, filled)} <span class="aside">(${filled.words.optional})</span>`;

const hintsOf = (field: FormField, filled: Filled): readonly string[] => [
  ...(field.hint ? [told(field.hint, filled)] : []),
  ...(field.kind === 'text' && field.long ? [html`${filled.words.atMostCharacters(field.most)}`] : []),
  ...(field.kind === 'choice' && field.most > 1 ? [html`${filled.words.upTo(field.most)}`] : []),
];

const hint = (field: FormField, filled: Filled): string => {
  const hints = hintsOf(field, filled);
  return hints.length > 0 ? html`<p class="hint" id="${idOf(field.name)}-hint">!${hints.join('. ')}</p>` : '';
};

const error = (field: FormField, filled: Filled): string => {
  const problem = problemOf(filled, field);
  return problem
    ? html`<p class="error" id="${idOf(field.name)}-error">!${told(filled.words.problem(problem), filled)}</p>`
    : '';
};

/** What is read out with the field: its hint, and what is wrong with it. */
const described = (field: FormField, filled: Filled): string => {
  const ids = [
    ...(hintsOf(field, filled).length > 0 ? [`${idOf(field.name)}-hint`] : []),
    ...(problemOf(filled, field) ? [`${idOf(field.name)}-error`] : []),
  ];
  return ids.length > 0 ? html`aria-describedby="${ids.join(' ')}"` : '';
};

const invalid = (field: FormField, filled: Filled): string =>
  problemOf(filled, field) ? 'aria-invalid="true"' : '';

const frame = (field: FormField, filled: Filled): string =>
  problemOf(filled, field) ? 'field wrong' : 'field';

const textBox = (field: Extract<FormField, { kind: 'text' }>, filled: Filled): string => {
  const [written = field.written ?? ''] = filled.typed[field.name] ?? [];
  const attributes = html`id="${idOf(field.name)}" name="${field.name}" maxlength="${field.most}" autocomplete="off" !${described(field, filled)} !${invalid(field, filled)}`;
  // A line break that begins a textarea is dropped by HTML: one more is put before what was written.
  return field.long
    ? html`<textarea rows="5" !${attributes}>
${written}</textarea>`
    : html`<input type="text" !${attributes} value="${written}">`;
};

const textField = (field: Extract<FormField, { kind: 'text' }>, filled: Filled): string =>
  html`<div class="${frame(field, filled)}">
<label for="${idOf(field.name)}">!${label(field, filled)}</label>
!${hint(field, filled)}!${error(field, filled)}
!${textBox(field, filled)}
</div>`;

type ChoiceField = Extract<FormField, { kind: 'choice' }>;

const isChosen = ({ typed }: Filled, { name }: ChoiceField, { value }: Choice): boolean =>
  typed[name]?.includes(value) ?? false;

const list = (field: ChoiceField, filled: Filled): string =>
  html`<div class="${frame(field, filled)}">
<label for="${idOf(field.name)}">!${label(field, filled)}</label>
!${hint(field, filled)}!${error(field, filled)}
<select id="${idOf(field.name)}" name="${field.name}" !${described(field, filled)} !${invalid(field, filled)}>
<option value="">${field.required ? filled.words.choose : filled.words.leaveOut}</option>
!${field.choices.map(
    (choice) =>
      html`<option value="${choice.value}" lang="${filled.language}"!${isChosen(filled, field, choice) ? ' selected' : ''}>${choice.label}</option>`,
  )}
</select>
</div>`;

const NUMBER = /^[+-]?\d{1,3}$/;

const boxes = (field: ChoiceField, filled: Filled): string => {
  const type = field.most > 1 ? 'checkbox' : 'radio';
  const empty = { value: '', label: filled.words.leaveOut };
  const own = field.choices.map((choice) => ({ ...choice, html: told(choice.label, filled) }));
  const all = type === 'radio' && !field.required ? [...own, { ...empty, html: html`${empty.label}` }] : own;
  // The first bears the id of the field: what is told to be wrong leads there.
  return all
    .map((choice, index) => {
      const id = index === 0 ? idOf(field.name) : `${idOf(field.name)}-${index}`;
      const checked = isChosen(filled, field, choice) ? ' checked' : '';
      return html`<div class="choice"><input type="${type}" id="${id}" name="${field.name}" value="${choice.value}"!${checked}><label for="${id}">!${choice.html}</label></div>`;
    })
    .join('\n');
};

const group = (field: ChoiceField, filled: Filled): string => {
  const isScale = field.choices.every(({ label: each }) => NUMBER.test(each));
  return html`<fieldset class="${frame(field, filled)}" !${described(field, filled)}>
<legend>!${label(field, filled)}</legend>
!${hint(field, filled)}!${error(field, filled)}
<div class="${isScale ? 'choices scale' : 'choices'}">
!${boxes(field, filled)}
</div>
</fieldset>`;
};

/** One field. */
export const fieldHtml = (field: FormField, filled: Filled): string => {
  if (field.kind === 'text') return textField(field, filled);
  return field.most === 1 && field.choices.length > MOST_SPREAD ? list(field, filled) : group(field, filled);
};

/** Everything that is wrong, each leading to its field; read out as soon as the page is there. */
export const problemsHtml = (filled: Filled): string => {
  const { words, wrong } = filled;
  return wrong.length === 0
    ? ''
    : html`<div class="summary" role="alert" aria-labelledby="wrong">
<h2 id="wrong">${words.somethingIsMissing}</h2>
<ul>!${wrong.map((problem) => html`<li><a href="#${idOf(problem.option)}">!${told(words.problem(problem), filled)}</a></li>`)}</ul>
</div>`;
};
