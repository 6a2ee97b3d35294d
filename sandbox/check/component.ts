/** Keeps what every component shares: its kinds, its ids, and the ways to walk and number a tree of them. */
import { type Check, flag, integer, maybe, object, snowflake, text } from './schema.ts';

/** A component as far as every kind of it goes; each kind's own form is held by its own check. */
export type Component = {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly label?: string | null;
  readonly content?: string;
  readonly disabled?: boolean | null;
  readonly required?: boolean | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly channel_types?: readonly number[] | null;
  readonly components?: readonly Component[];
  readonly component?: Component;
  readonly accessory?: Component;
};

/** Discord's numbers for the kinds of component. */
export const KIND = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** The optional number by which a component is known inside its message. */
export const componentId = maybe(integer(0, 2 ** 31 - 1));

/** A custom id: 1 to 100 characters. */
export const customId = text({ min: 1, max: 100 });

/** The emoji on a button or beside an option. */
export const emoji = object({
  id: maybe(snowflake),
  name: text({ min: 1, max: 32 }),
  animated: maybe(flag),
});

/** A well-formed address with one of the given schemes. */
export const url =
  (max: number, schemes: readonly string[] = ['http', 'https']): Check<string> =>
  (value, report) => {
    text({ min: 1, max })(value, report);
    if (typeof value !== 'string') return;
    if (!URL.canParse(value)) return report.add('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    const scheme = new URL(value).protocol.slice(0, -1);
    if (!schemes.includes(scheme))
      report.add('URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" must be one of (${schemes.join(', ')}).`);
  };

/** A component's own parts, in reading order. */
const partsOf = (it: Component): readonly Component[] => [
  ...(it.components ?? []),
  ...(it.component === undefined ? [] : [it.component]),
  ...(it.accessory === undefined ? [] : [it.accessory]),
];

/** A tree of components as a flat list, in reading order. */
export const flatten = (components: readonly Component[]): Component[] =>
  components.flatMap((it) => [it, ...flatten(partsOf(it))]);

/** Fills in the ids that were left out (or 0), counting up and around those that are taken. */
export const numbered = <T extends Component>(components: readonly T[]): T[] => {
  const taken = new Set(flatten(components).map((it) => it.id ?? 0));
  let last = 0;
  const next = (): number => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const number = <C extends Component>(it: C): C => ({
    ...it,
    id: it.id ? it.id : next(),
    ...(it.components && { components: it.components.map(number) }),
    ...(it.component && { component: number(it.component) }),
    ...(it.accessory && { accessory: number(it.accessory) }),
  });
  return components.map(number);
};
