/** Keeps how what a person filled in is held against the form that was opened. */
import { type Component, flatten, KIND } from '../check/component.ts';
import type { GivenPart, SubmitBody } from '../check/interaction.ts';
import { flag, type Report, reporting, text } from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { readChoice, takesValues } from './choose.ts';
import { type OpenForm, openFormOf } from './ledger.ts';
import { type Entity, type Place, resolvedOf } from './resolve.ts';
import type { Started } from './started.ts';

type Filled = { readonly parts: readonly object[]; readonly entities: readonly Entity[] };

const given = (parts: readonly GivenPart[]): GivenPart[] =>
  parts.flatMap((it) => [it, ...given(it.components ?? []), ...(it.component ? given([it.component]) : [])]);

const isAsked = (it: Component): it is Component & { custom_id: string } => it.custom_id != null;

const readText = (it: Component, value: unknown, report: Report): void => {
  if (value === '' && it.required === false) return;
  text({ min: Math.max(1, it.min_length ?? 1), max: it.max_length ?? 4000 })(value, report);
};

const readRadio = (it: Component, value: unknown, report: Report): void => {
  if (value == null && it.required === false) return;
  if (!it.options?.some((option) => option.value === value))
    report.add('COMPONENT_VALUE_INVALID', 'This value cannot be chosen here.');
};

const readAnswer = (place: Place, it: Component, answer: GivenPart, report: Report): Entity[] => {
  if (answer.type !== it.type)
    report.at('type').add('COMPONENT_TYPE_INVALID', `The part is of type ${it.type}.`);
  else if (takesValues(it)) return readChoice(place, it, answer.values ?? [], report.at('values'));
  else if (it.type === KIND.textInput) readText(it, answer.value, report.at('value'));
  else if (it.type === KIND.radioGroup) readRadio(it, answer.value, report.at('value'));
  else flag(answer.value, report.at('value'));
  return [];
};

const answerShape = (it: Component, answer: GivenPart | undefined): object => ({
  type: it.type,
  id: it.id,
  custom_id: it.custom_id,
  ...(takesValues(it) ? { values: answer?.values ?? [] } : { value: answer?.value ?? null }),
});

/** The form's own tree, with the answers in the place of what was asked. */
const filled = (it: Component, answers: readonly GivenPart[]): object => {
  if (isAsked(it))
    return answerShape(
      it,
      answers.find((answer) => answer.custom_id === it.custom_id),
    );
  return {
    type: it.type,
    id: it.id,
    ...(it.components ? { components: it.components.map((part) => filled(part, answers)) } : {}),
    ...(it.component ? { component: filled(it.component, answers) } : {}),
  };
};

/** Each part that was asked must be answered once, and nothing else. */
const readSubmission = (
  place: Place,
  form: readonly Component[],
  parts: readonly GivenPart[],
  report: Report,
): Filled => {
  const answers = given(parts).filter((it) => it.custom_id != null);
  const asked = flatten(form).filter(isAsked);
  for (const answer of answers)
    if (!asked.some((it) => it.custom_id === answer.custom_id))
      report.add('COMPONENT_UNKNOWN', `The form has no part ${answer.custom_id}.`);
  const entities = asked.flatMap((it) => {
    const mine = answers.filter((answer) => answer.custom_id === it.custom_id);
    const [answer] = mine;
    if (answer && mine.length === 1) return readAnswer(place, it, answer, report.at(it.custom_id));
    report.at(it.custom_id).add('BASE_TYPE_REQUIRED', 'This field is required');
    return [];
  });
  return { parts: form.map((it) => filled(it, answers)), entities };
};

const theForm = (place: Place, body: SubmitBody): OpenForm => {
  const form = openFormOf(place.world, body.data.id);
  const isIt =
    form?.userId === place.person.id &&
    form.applicationId === place.bot.id &&
    form.channelId === place.channel.id &&
    form.modal.custom_id === body.data.custom_id;
  if (!isIt) throw refuse('unknownInteraction');
  return form;
};

const answersTo = (place: Place, form: OpenForm, body: SubmitBody): Filled =>
  reporting((report) => {
    const at = report.at('data').at('components');
    return readSubmission(place, form.modal.components, body.data.components, at);
  });

/** Reads the submission of a form (type 5). */
export const submit = (place: Place, body: SubmitBody): Started => {
  const form = theForm(place, body);
  const { parts, entities } = answersTo(place, form, body);
  const resolved = resolvedOf(place, entities);
  return {
    origin: { type: 5, form },
    message: place.world.messages.get(place.channel.id)?.get(form.messageId ?? '') ?? null,
    metadata: (base) => ({ ...base, type: 5, triggering_interaction_metadata: form.metadata }),
    data: { custom_id: form.modal.custom_id, components: parts, ...(resolved ? { resolved } : {}) },
  };
};
