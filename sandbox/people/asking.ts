/** Keeps how what a person types after a slash becomes the body of an interaction. */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { OPTION } from '../check/command-option.ts';
import type { CommandIndex, Sight } from './sight.ts';

/** A file that a person sends with a command. */
export type SentFile = { readonly file: string; readonly bytes: Uint8Array; readonly type?: string };

/** A value for an option or a form's part: text, a number, yes or no, or somebody or something with an id. */
export type Value = string | number | boolean | { readonly id: string };

/** Values and files by name. */
export type Values = { readonly [name: string]: Value | SentFile | undefined };

type Declared = {
  readonly name: string;
  readonly type: number;
  readonly options?: readonly Declared[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
};

/** A given option on its way to the server. */
export type Given = {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly Given[];
};

const roomId = (sight: Sight, value: string): string =>
  [...sight.rooms.values()].find((room) => room.name === value.replace(/^#/, ''))?.id ?? value;

/** A choice is named as it is shown; a room by its name; everything else stands for itself. */
const wireValue = (
  sight: Sight,
  it: Declared,
  value: Exclude<Value, SentFile>,
): string | number | boolean => {
  if (typeof value === 'object') return value.id;
  if (it.type === OPTION.channel) return roomId(sight, String(value));
  return it.choices?.find((choice) => choice.name === value)?.value ?? value;
};

/** The files among some values, in their order: options name them by their number. */
export const filesIn = (values: Values): readonly SentFile[] =>
  Object.values(values).filter((value): value is SentFile => typeof value === 'object' && 'file' in value);

const leavesOf = (sight: Sight, declared: readonly Declared[], values: Values, line: string): Given[] =>
  Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const option = declared.find((it) => it.name === name);
    const known = declared.map((it) => it.name).join(', ') || 'none';
    if (!option) throw new Error(`${line} has no option "${name}"; its options: ${known}`);
    const isFile = typeof value === 'object' && 'file' in value;
    const wired = isFile ? String(filesIn(values).indexOf(value)) : wireValue(sight, option, value);
    return [{ name, type: option.type, value: wired }];
  });

const along = (
  declared: readonly Declared[],
  [word, ...rest]: readonly string[],
  line: string,
  leaves: (declared: readonly Declared[]) => Given[],
): Given[] => {
  if (word === undefined) return leaves(declared);
  const branch = declared.find((it) => it.name === word && it.type <= OPTION.group);
  const known = declared.map((it) => it.name).join(', ') || 'none';
  if (!branch) throw new Error(`${line}: nothing is called "${word}"; there is: ${known}`);
  return [{ name: word, type: branch.type, options: along(branch.options ?? [], rest, line, leaves) }];
};

/** Finds the command that a line such as "/session open" begins with. */
export const commandFor = (
  index: CommandIndex,
  line: string,
): { command: APIApplicationCommand; path: string[] } => {
  const [name, ...path] = line.replace(/^\//, '').trim().split(/\s+/);
  const command = index.application_commands.find((it) => it.name === name && it.type === 1);
  const known = index.application_commands.map((it) => `/${it.name}`).join(' ') || 'none';
  if (!command) throw new Error(`there is no command /${name} here; there is: ${known}`);
  return { command, path };
};

/** What names a registered command. */
type Registered = {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly version: string;
  readonly guild_id?: string | undefined;
};

/** The data of an interaction that runs a command with these options. */
export const commandData = (command: Registered, options: readonly object[]): object => ({
  id: command.id,
  name: command.name,
  type: command.type,
  version: command.version,
  ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
  options,
});

/** The data of running a line with these values. */
export const runData = (sight: Sight, index: CommandIndex, line: string, values: Values): object => {
  const { command, path } = commandFor(index, line);
  const options = along(command.options ?? [], path, line, (declared) =>
    leavesOf(sight, declared, values, line),
  );
  const attachments = filesIn(values).map(({ file }, index) => ({ id: String(index), filename: file }));
  return { ...commandData(command, options), ...(attachments.length > 0 ? { attachments } : {}) };
};

/** The data of asking for completions of one option, of which `typed` is there so far. */
export const completeData = (
  sight: Sight,
  index: CommandIndex,
  line: string,
  option: string,
  typed: string,
  values: Values,
): object => {
  const { command, path } = commandFor(index, line);
  const options = along(command.options ?? [], path, line, (declared) => {
    const it = declared.find((candidate) => candidate.name === option);
    if (!it) throw new Error(`${line} has no option "${option}"`);
    return [
      ...leavesOf(sight, declared, values, line),
      { name: option, type: it.type, value: typed, focused: true },
    ];
  });
  return commandData(command, options);
};
