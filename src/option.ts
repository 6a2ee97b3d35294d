/**
 * The options of a command, stated once as zod: told to Discord, drawn as a form, and enforced.
 * Only these kinds exist, so that whatever can be typed can also be asked for in a form.
 */
import { z } from 'zod';
import { visible } from './words/markup.ts';
import type { Problem } from './words/problem.ts';

interface Described {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Stands beneath the label in a form. */
  readonly hint?: string;
}

export type Option =
  | (Described & {
      readonly kind: 'text';
      readonly fewest: number;
      readonly most: number;
      readonly complete?: string;
    })
  | (Described & {
      readonly kind: 'whole';
      readonly least: number;
      readonly most: number;
      readonly labels?: Labels;
    })
  | (Described & { readonly kind: 'choice'; readonly choices: readonly string[]; readonly labels: Labels })
  | (Described & {
      readonly kind: 'choices';
      readonly choices: readonly string[];
      readonly labels: Labels;
      readonly most: number;
    })
  | (Described & { readonly kind: 'account' })
  /** A file, which can be typed beside a command and not asked for in a form. */
  | (Described & { readonly kind: 'attachment' });

export type Labels = Readonly<Record<string, string>>;

/** Options of a command, as zod. */
export type Input = z.ZodObject;

type Kind = Option['kind'] | 'hidden';
interface Meta {
  readonly kind: Kind;
  readonly description: string;
  readonly hint?: string;
  readonly labels?: Labels;
  readonly complete?: string;
  readonly choices?: readonly string[];
  readonly fewest?: number;
  readonly most?: number;
}
const registry = z.registry<Meta>();

/** From how many characters on a text may have several lines, and is asked for in a box of several. */
export const LONG_TEXT = 120;

/**
 * Free text of so many characters that can be seen; `complete` names the list from which it may be completed.
 * What cannot be seen is dropped here, for every command at once: two names that look the same must be the same.
 */
export const text = (description: string, fewest: number, most: number, complete?: string) =>
  z
    .string()
    .transform((typed) => (most > LONG_TEXT ? visible(typed) : visible(typed).replace(/\s+/g, ' ')))
    .pipe(z.string().trim().min(fewest).max(most))
    .register(registry, { kind: 'text', description, fewest, most, ...(complete ? { complete } : {}) });

/** A whole number within bounds, both included. */
export const whole = (description: string, least: number, most: number, labels?: Labels) =>
  z
    .int()
    .min(least)
    .max(most)
    .register(registry, { kind: 'whole', description, fewest: least, most, ...(labels ? { labels } : {}) });

/** One of a list. */
export const choice = <const Value extends string>(
  description: string,
  choices: readonly Value[],
  labels: Readonly<Record<Value, string>>,
) => z.enum(choices).register(registry, { kind: 'choice', description, labels, choices });

/** Up to `most` different ones of a list. */
export const choices = <const Value extends string>(
  description: string,
  list: readonly Value[],
  labels: Readonly<Record<Value, string>>,
  most: number,
) =>
  z
    .array(z.enum(list))
    .max(most)
    .transform((values) => [...new Set(values)])
    .register(registry, { kind: 'choices', description, labels, choices: list, most });

/** Somebody of the server. */
export const account = (description: string) =>
  z
    .string()
    .regex(/^\d{15,20}$/)
    .register(registry, { kind: 'account', description });

/** A file that somebody sends with the command: what is said of it, by whom, is not yet known to be true. */
export const attachment = (description: string) =>
  z
    .object({ name: z.string(), size: z.int().min(0), url: z.string() })
    .register(registry, { kind: 'attachment', description });

/** The same option, with a word more where a form asks for it. */
export const hinted = <Schema extends z.ZodType>(schema: Schema, hint: string): Schema => {
  const meta = registry.get(schema);
  if (!meta) throw new TypeError(`“${hint}” hints at no option`);
  registry.add(schema, { ...meta, hint });
  return schema;
};

/** Carried by a button and never typed: not told to Discord, not asked in a form. */
export const carried = <Schema extends z.ZodType<number | string>>(schema: Schema): Schema => {
  registry.add(schema, { kind: 'hidden', description: '' });
  return schema;
};

const bare = (schema: z.ZodType): z.ZodType => {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  // Zod types unwrap() by its core type, of which every schema here is a ZodType.
  return inner === schema ? schema : bare(inner as z.ZodType);
};

const described = (name: string, schema: z.ZodType): Option | undefined => {
  const meta = registry.get(bare(schema));
  if (!meta) throw new TypeError(`option ${name} is not made by one of the kinds in option.ts`);
  const base = {
    name,
    description: meta.description,
    required: !schema.isOptional(),
    ...(meta.hint ? { hint: meta.hint } : {}),
  };
  const { choices: list = [], labels = {}, fewest = 0, most = 0 } = meta;
  switch (meta.kind) {
    case 'text':
      return { ...base, kind: 'text', fewest, most, ...(meta.complete ? { complete: meta.complete } : {}) };
    case 'whole':
      return { ...base, kind: 'whole', least: fewest, most, ...(meta.labels ? { labels } : {}) };
    case 'choice':
      return { ...base, kind: 'choice', choices: list, labels };
    case 'choices':
      return { ...base, kind: 'choices', choices: list, labels, most };
    case 'account':
    case 'attachment':
      return { ...base, kind: meta.kind };
    case 'hidden':
      return undefined;
  }
};

/** The options that a person may type, in the order in which the command states them. */
export const optionsOf = (input: Input): readonly Option[] =>
  // As above: zod types the fields by its core type.
  Object.entries(input.shape).flatMap(([name, schema]) => described(name, schema as z.ZodType) ?? []);

/** What was given, in the types that the options declare. */
export type Given = Readonly<Record<string, unknown>>;

const asDeclared = (option: Option, value: unknown): unknown => {
  const [first] = Array.isArray(value) ? value : [value];
  if (option.kind === 'choices') return Array.isArray(value) ? value : String(value).split(',');
  if (first === '' || first === undefined) return undefined;
  return option.kind === 'whole' && typeof first === 'string' && /^[+-]?\d+$/.test(first)
    ? Number(first)
    : first;
};

/** Presses and forms bring everything as text or lists of text: this gives each option its own type. */
export const coerce = (options: readonly Option[], given: Given): Given => {
  const byName = new Map(options.map((option) => [option.name, option]));
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const option = byName.get(name);
      const typed = option ? asDeclared(option, value) : value;
      return typed === undefined ? [] : [[name, typed]];
    }),
  );
};

/** The option's own bound, where it has one: zod tells that of safe integers for a number beyond counting. */
const bound = (option: Option, side: 'least' | 'most', told: unknown): number =>
  option.kind === 'whole' ? option[side] : Number(told);

const whatIs = (
  option: Option,
  issue: z.core.$ZodIssue,
  missing: boolean,
): Pick<Problem, 'what' | 'limit'> => {
  if (missing) return { what: 'missing' };
  if (issue.code === 'too_small') {
    const limit = bound(option, 'least', issue.minimum);
    return { what: issue.origin === 'string' ? 'too-short' : 'too-small', limit };
  }
  if (issue.code === 'too_big') {
    const limit = bound(option, 'most', issue.maximum);
    return { what: issue.origin === 'string' ? 'too-long' : 'too-big', limit };
  }
  return { what: issue.code === 'invalid_value' ? 'not-one-of' : 'wrong' };
};

/** Everything that is wrong, one problem an option, in the order in which the options are stated. */
export const problems = (options: readonly Option[], given: Given, error: z.ZodError): readonly Problem[] =>
  options.flatMap((option) => {
    const issue = error.issues.find(({ path }) => path[0] === option.name);
    if (!issue) return [];
    return [
      {
        option: option.name,
        description: option.description,
        ...whatIs(option, issue, given[option.name] === undefined),
      },
    ];
  });
