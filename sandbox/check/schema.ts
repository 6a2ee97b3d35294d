/** Keeps the toolkit that reads request bodies strictly: small checks, and the ways to put them together. */
import { type Problem, type Report, reporting, reportTo } from './report.ts';

export { type Report, reporting } from './report.ts';

/** Reads one value and reports what is wrong with it; T is what the value is when nothing was reported. */
export type Check<T> = {
  (value: unknown, report: Report): void;
  readonly optional?: boolean;
  /** Never set: it only carries the type. */
  readonly type?: T;
};

/** The type that a check lets through. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** A check that a key may be left out of. */
export type Optional<T> = Check<T> & { readonly optional: true };

/** A JSON object whose keys are not known yet. */
export type Json = { readonly [key: string]: unknown };

/** True for a JSON object (not an array, not null). */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same value without keys that are null, all the way down. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry !== null);
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutNulls(entry)]));
};

/** Lists what is wrong with a value; empty when nothing is. */
export const problemsOf = (check: Check<unknown>, value: unknown): Problem[] => {
  const problems: Problem[] = [];
  check(value, reportTo(problems, []));
  return problems;
};

/** Gives the value with its type, or throws the 50035 that tells everything wrong with it. */
export const parse = <T>(check: Check<T>, value: unknown): T =>
  reporting((report) => {
    check(value, report);
    // Unless something was reported, the value is what the check lets through.
    return value as T;
  });

/** Lets a key be left out. */
export const optional = <T>(check: Check<T>): Optional<T> =>
  Object.assign((value: unknown, report: Report) => check(value, report), { optional: true } as const);

/** Lets the value be null. */
export const nullable =
  <T>(check: Check<T>): Check<T | null> =>
  (value, report) => {
    if (value !== null) check(value, report);
  };

/** Lets a key be left out or be null. */
export const maybe = <T>(check: Check<T>): Optional<T | null> => optional(nullable(check));

/** Adds a rule that is asked only when the value has the right form. */
export const also =
  <T>(check: Check<T>, rule: (value: T, report: Report) => void): Check<T> =>
  (value, report) => {
    const before = report.count();
    check(value, report);
    // Nothing was reported, so the value has the form that the check carries.
    if (report.count() === before) rule(value as T, report);
  };

/** Anything at all. */
export const anything: Check<unknown> = () => undefined;

const lengthProblem = (length: number, min: number, max: number, report: Report): void => {
  if (length >= min && length <= max) return;
  if (length === 0 && min > 0) report.add('BASE_TYPE_REQUIRED', 'This field is required');
  else if (min === 0) report.add('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  else report.add('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
};

/** Text of min to max characters (code points, as Discord counts). */
export const text =
  ({ min = 0, max = Number.POSITIVE_INFINITY, matching }: TextLimits = {}): Check<string> =>
  (value, report) => {
    if (typeof value !== 'string')
      return report.add('STRING_TYPE_CONVERT', 'Could not interpret value as string.');
    lengthProblem([...value].length, min, max, report);
    if (matching !== undefined && !matching.test(value))
      report.add('STRING_TYPE_REGEX', 'String value did not match validation regex.');
  };
type TextLimits = { min?: number; max?: number; matching?: RegExp };

/** Whole number from min to max. */
export const integer =
  (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Check<number> =>
  (value, report) => {
    if (!Number.isInteger(value)) return report.add('NUMBER_TYPE_COERCE', `Value ${show(value)} is not int.`);
    rangeProblem(Number(value), 'int', min, max, report);
  };

/** Finite number from min to max. */
export const number =
  (min = -Number.MAX_VALUE, max = Number.MAX_VALUE): Check<number> =>
  (value, report) => {
    if (typeof value !== 'number')
      return report.add('NUMBER_TYPE_COERCE', `Value ${show(value)} is not float.`);
    rangeProblem(value, 'float', min, max, report);
  };

const rangeProblem = (value: number, kind: string, min: number, max: number, report: Report): void => {
  if (value < min) report.add('NUMBER_TYPE_MIN', `${kind} value should be greater than or equal to ${min}.`);
  if (value > max) report.add('NUMBER_TYPE_MAX', `${kind} value should be less than or equal to ${max}.`);
};

const show = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** True or false, never 0, 1 or "true". */
export const flag: Check<boolean> = (value, report) => {
  if (typeof value !== 'boolean') report.add('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
};

/** A Discord id: a decimal string that fits 64 bits. */
export const snowflake: Check<string> = (value, report) => {
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value) || BigInt(value) >= 2n ** 63n)
    report.add('NUMBER_TYPE_COERCE', `Value ${show(value)} is not snowflake.`);
};

/** A moment as an ISO 8601 timestamp with its zone. */
export const timestamp: Check<string> = (value, report) => {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
  if (typeof value !== 'string' || !form.test(value) || Number.isNaN(Date.parse(value)))
    report.add('DATE_TIME_TYPE_PARSE', `Could not parse ${show(value)}. Should be ISO8601.`);
};

/** One of the listed values. */
export const oneOf =
  <const T extends string | number>(...values: readonly T[]): Check<T> =>
  (value, report) => {
    // includes() wants the element type; the test itself decides whether the value is one.
    if (!values.includes(value as T))
      report.add('BASE_TYPE_CHOICES', `Value must be one of {${values.join(', ')}}.`);
  };

/** Bits out of the given mask; any other bit is refused. */
export const bits =
  (mask: number): Check<number> =>
  (value, report) => {
    if (!Number.isInteger(value) || Number(value) < 0)
      return report.add('NUMBER_TYPE_COERCE', `Value ${show(value)} is not int.`);
    if ((BigInt(Number(value)) & ~BigInt(mask)) !== 0n)
      report.add('FLAGS_NOT_ALLOWED', `Only the bits of ${mask} may be set here.`);
  };

/** A list of min to max items. */
export const list =
  <T>(item: Check<T>, { min = 0, max = Number.POSITIVE_INFINITY }: ListLimits = {}): Check<T[]> =>
  (value, report) => {
    if (!Array.isArray(value))
      return report.add('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    lengthProblem(value.length, min, max, report);
    for (const [index, entry] of value.entries()) item(entry, report.at(index));
  };
type ListLimits = { min?: number; max?: number };

/** A list in which no item may stand twice. */
export const set = <T>(item: Check<T>, limits: ListLimits = {}): Check<T[]> =>
  also(list(item, limits), (values, report) => {
    if (new Set(values).size !== values.length)
      report.add('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
  });

/** An object with any keys that pass, all with the same kind of value. */
export const dictionary =
  <T>(key: Check<string>, item: Check<T>): Check<{ readonly [key: string]: T }> =>
  (value, report) => {
    if (!isObject(value))
      return report.add('DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
    for (const [name, entry] of Object.entries(value)) {
      key(name, report.at(name));
      item(entry, report.at(name));
    }
  };

type Fields = { readonly [key: string]: Check<unknown> };
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends { optional: true } ? K : never;
}[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };

/** The object that fields describe. */
export type ObjectOf<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Checked<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: Checked<F[K]>;
  }
>;

/** An object with exactly these keys: a missing one and an unknown one are both reported. */
export const object =
  <F extends Fields>(fields: F): Check<ObjectOf<F>> =>
  (value, report) => {
    if (!isObject(value))
      return report.add('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType.');
    for (const [key, check] of Object.entries(fields)) {
      if (value[key] !== undefined) check(value[key], report.at(key));
      else if (check.optional !== true) report.at(key).add('BASE_TYPE_REQUIRED', 'This field is required');
    }
    for (const key of Object.keys(value))
      if (!Object.hasOwn(fields, key)) report.at(key).add('UNKNOWN_FIELD', 'This field is not known here.');
  };

/** An object whose form hangs on the value of one key. */
export const variant =
  <T>(key: string, forms: { readonly [value: string]: Check<T> }): Check<T> =>
  (value, report) => {
    if (!isObject(value))
      return report.add('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType.');
    const form = Object.hasOwn(forms, String(value[key])) ? forms[String(value[key])] : undefined;
    if (form !== undefined) return form(value, report);
    const known = Object.keys(forms).join(', ');
    report.at(key).add('UNION_TYPE_CHOICES', `Value of field "${key}" must be one of (${known}).`);
  };
