/** Keeps the form of what a person's client sends to start an interaction, and of what a bot answers with. */
import { attachment } from './attachment.ts';
import { choices, OPTION } from './command-option.ts';
import { componentId, customId } from './component.ts';
import { FLAG } from './message.ts';
import type { Check, Checked } from './schema.ts';
import {
  anything,
  bits,
  flag,
  integer,
  list,
  maybe,
  number,
  object,
  oneOf,
  parse,
  snowflake,
  text,
  variant,
} from './schema.ts';

/** A value that a person gave to an option; sub-commands and groups hold further options. */
export type GivenOption = {
  readonly type: number;
  readonly name: string;
  readonly value?: string | number | boolean;
  readonly focused?: boolean | null;
  readonly options?: readonly GivenOption[] | null;
};

/** A value that a person gave in a form, in the tree of the form's own parts. */
export type GivenPart = {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly value?: unknown;
  readonly values?: readonly string[] | null;
  readonly components?: readonly GivenPart[] | null;
  readonly component?: GivenPart | null;
};

const scalar: Check<string | number | boolean> = (value, report) => {
  if (!['string', 'number', 'boolean'].includes(typeof value))
    report.add('UNION_TYPE_CHOICES', 'Value must be text, a number or a boolean.');
};

const optionName = text({ min: 1, max: 32 });

const leaf = (type: number): Check<GivenOption> =>
  object({ type: oneOf(type), name: optionName, value: scalar, focused: maybe(flag) });

const leaves: { readonly [type: number]: Check<GivenOption> } = Object.fromEntries(
  Object.values(OPTION).flatMap((type) => (type <= OPTION.group ? [] : [[type, leaf(type)]])),
);

const givenOptions = (forms: { readonly [type: number]: Check<GivenOption> }): Check<GivenOption[]> =>
  list(variant<GivenOption>('type', forms), { max: 25 });

const branch = (type: number, inside: { readonly [type: number]: Check<GivenOption> }): Check<GivenOption> =>
  object({ type: oneOf(type), name: optionName, options: maybe(givenOptions(inside)) });

const subcommand = { [OPTION.subcommand]: branch(OPTION.subcommand, leaves) };

const given = givenOptions({ ...leaves, ...subcommand, [OPTION.group]: branch(OPTION.group, subcommand) });

const envelope = {
  application_id: snowflake,
  guild_id: maybe(snowflake),
  channel_id: snowflake,
  session_id: text({ min: 1, max: 100 }),
  nonce: maybe(text({ max: 25 })),
};

const commandData = object({
  id: snowflake,
  version: maybe(snowflake),
  name: text({ min: 1, max: 32 }),
  type: oneOf(1, 2, 3),
  guild_id: maybe(snowflake),
  target_id: maybe(snowflake),
  options: maybe(given),
  attachments: maybe(list(attachment, { max: 10 })),
  application_command: maybe(anything),
});

const pressData = object({
  component_type: integer(2, 8),
  custom_id: customId,
  values: maybe(list(text({ max: 100 }), { max: 25 })),
  type: maybe(integer(2, 8)),
});

const partFields = {
  type: integer(1, 23),
  id: componentId,
  custom_id: maybe(customId),
  value: maybe(anything),
  values: maybe(list(text({ max: 100 }), { max: 25 })),
};

const inner: Check<GivenPart> = object(partFields);

const part: Check<GivenPart> = object({
  ...partFields,
  components: maybe(list(inner, { max: 1 })),
  component: maybe(inner),
});

const formData = object({ id: snowflake, custom_id: customId, components: list(part, { max: 5 }) });

const run = object({ ...envelope, type: oneOf(2, 4), data: commandData });
const press = object({
  ...envelope,
  type: oneOf(3),
  message_id: snowflake,
  message_flags: maybe(integer(0)),
  data: pressData,
});
const submit = object({ ...envelope, type: oneOf(5), data: formData });

/** A person runs a command (2) or asks for completions (4). */
export type RunBody = Checked<typeof run>;

/** A person presses a button or chooses in a select. */
export type PressBody = Checked<typeof press>;

/** A person submits a form. */
export type SubmitBody = Checked<typeof submit>;

/** Reads what a person's client sends to start an interaction; throws 400/50035. */
export const readStart = (body: unknown): RunBody | PressBody | SubmitBody =>
  parse(variant<RunBody | PressBody | SubmitBody>('type', { 2: run, 3: press, 4: run, 5: submit }), body);

const callback = object({ type: oneOf(4, 5, 6, 7, 8, 9), data: maybe(anything) });

/** Reads the outside of a callback; what `data` may be hangs on its type. Throws 400/50035. */
export const readCallback = (body: unknown): Checked<typeof callback> => parse(callback, body);

/** Reads the data of a deferred answer, which says only whether it will be ephemeral; throws 400/50035. */
export const readDefer = (data: unknown): boolean => {
  const read = parse(object({ data: maybe(object({ flags: maybe(bits(FLAG.ephemeral)) })) }), { data });
  return read.data?.flags === FLAG.ephemeral;
};

/** A choice that a bot suggests. */
export type Suggestion = { readonly name: string; readonly value: string | number };

/** Reads suggestions for an option, which decides whether they are text or numbers; throws 400/50035. */
export const readSuggestions = (data: unknown, optionType: number): Suggestion[] => {
  const value: Check<string | number> = optionType === OPTION.string ? text({ max: 100 }) : number();
  return parse(object({ data: object({ choices: choices(value) }) }), { data }).data.choices ?? [];
};
