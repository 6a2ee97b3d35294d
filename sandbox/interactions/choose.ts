/** Keeps which values a person may choose in a select, in a message or in a form. */
import { type Component, KIND } from '../check/component.ts';
import type { Report } from '../check/schema.ts';
import { choiceRange } from '../check/select.ts';
import { type Entity, entityOf, type Place } from './resolve.ts';

const NAMED: { readonly [kind: number]: readonly ('user' | 'role' | 'channel')[] } = {
  [KIND.userSelect]: ['user'],
  [KIND.roleSelect]: ['role'],
  [KIND.mentionableSelect]: ['user', 'role'],
  [KIND.channelSelect]: ['channel'],
};

/** Whether a component is chosen in by a list of values. */
export const takesValues = (it: Component): boolean =>
  it.type in NAMED || it.type === KIND.stringSelect || it.type === KIND.checkboxGroup;

const isOffered = (it: Component, value: string, entity: Entity | undefined): boolean => {
  if (!(it.type in NAMED)) return it.options?.some((option) => option.value === value) ?? false;
  if (entity?.kind === 'channel' && it.channel_types?.length)
    return it.channel_types.includes(entity.it.type);
  return entity !== undefined;
};

/** Holds values against what a select offers and how many it takes; gives what their ids name. */
export const readChoice = (
  place: Place,
  it: Component,
  values: readonly string[],
  report: Report,
): Entity[] => {
  const { min, max } = choiceRange(it);
  if (values.length < min || values.length > max)
    report.add('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  return values.flatMap((value, index) => {
    const entity = it.type in NAMED ? entityOf(place, value, ...(NAMED[it.type] ?? [])) : undefined;
    if (values.indexOf(value) !== index || !isOffered(it, value, entity))
      report.at(index).add('COMPONENT_VALUE_INVALID', 'This value cannot be chosen here.');
    return entity ? [entity] : [];
  });
};
