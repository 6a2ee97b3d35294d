/** The commands that can be run in a room, and what running one says on the wire. */
import { OPTION } from '../../check/command-option.ts';
import { commandData } from '../../people/asking.ts';
import type { Client } from './person.ts';

/** An option of a command. */
export type Option = {
  readonly name: string;
  readonly description: string;
  readonly type: number;
  readonly required?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly autocomplete?: boolean;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly channel_types?: readonly number[];
  readonly options?: readonly Option[];
};

type Registered = {
  readonly id: string;
  readonly application_id: string;
  readonly name: string;
  readonly description: string;
  readonly type: number;
  readonly version: string;
  readonly guild_id?: string;
  readonly default_member_permissions?: string | null;
  readonly options?: readonly Option[];
};

/** A line that can be run: a command, or one of its sub-commands. */
export type Line = {
  readonly command: Registered;
  /** From the command down to what is run. */
  readonly branches: readonly Option[];
  /** As it is typed: "/session open". */
  readonly text: string;
  readonly description: string;
  readonly options: readonly Option[];
};

/** What was filled in, by the name of the option. */
export type Values = ReadonlyMap<string, string | File>;

const CHAT = 1;
const ADMINISTRATOR = 1n << 3n;

/** What somebody may do in a server as a whole; rooms may say otherwise, and the server has the last word. */
const permissionsIn = ({ view }: Client, guildId: string): bigint => {
  const server = view.servers.get(guildId);
  const own = server?.members.get(view.sight.userId)?.roles ?? [];
  if (server?.ownerId === view.sight.userId) return ADMINISTRATOR;
  return [guildId, ...own].reduce((all, id) => all | BigInt(server?.roles.get(id)?.permissions ?? 0), 0n);
};

/** Whether a command is shown to somebody: those that need a right are not shown to who lacks it. */
const isOffered = (held: bigint, { type, default_member_permissions: wanted }: Registered): boolean => {
  if (type !== CHAT || wanted == null || (held & ADMINISTRATOR) !== 0n) return type === CHAT;
  return BigInt(wanted) !== 0n && (held & BigInt(wanted)) === BigInt(wanted);
};

const linesUnder = (command: Registered, branches: readonly Option[], options: readonly Option[]): Line[] => {
  const below = options.filter(({ type }) => type <= OPTION.group);
  if (below.length > 0)
    return below.flatMap((it) => linesUnder(command, [...branches, it], it.options ?? []));
  const words = [command.name, ...branches.map(({ name }) => name)];
  const { description } = branches.at(-1) ?? command;
  return [{ command, branches, text: `/${words.join(' ')}`, description, options }];
};

/** Every line that can be run in a room. */
export const linesAt = async (client: Client, room: string): Promise<readonly Line[]> => {
  const guildId = client.view.sight.rooms.get(room)?.guildId;
  const place = guildId ? `/guilds/${guildId}` : `/channels/${room}`;
  const index = await client.rest('GET', `${place}/application-command-index`);
  // The route answers with commands as they are registered.
  const commands = (Object(index).application_commands ?? []) as Registered[];
  const held = guildId ? permissionsIn(client, guildId) : 0n;
  return commands
    .filter((command) => isOffered(held, command))
    .flatMap((command) => linesUnder(command, [], command.options ?? []))
    .sort((a, b) => a.text.localeCompare(b.text));
};

const MOST_SHOWN = 25;

/** The lines that fit what has been typed after the slash; those that begin with it first. */
export const fitting = (lines: readonly Line[], typed: string): readonly Line[] => {
  const wanted = typed.toLowerCase().trimEnd();
  const begins = lines.filter(({ text }) => text.startsWith(wanted));
  const holds = lines.filter(
    ({ text, description }) =>
      !text.startsWith(wanted) && `${text} ${description}`.toLowerCase().includes(wanted.slice(1)),
  );
  return [...begins, ...holds].slice(0, MOST_SHOWN);
};

const wiredValue = ({ type }: Option, value: string): string | number | boolean => {
  if (type === OPTION.integer || type === OPTION.number) return Number(value);
  return type === OPTION.boolean ? value === 'true' : value;
};

type Given = object;

const within = (branches: readonly Option[], leaves: readonly Given[]): readonly Given[] =>
  branches.reduceRight<readonly Given[]>((options, { name, type }) => [{ name, type, options }], leaves);

/** The files among what was filled in. */
export const filesIn = (values: Values): readonly File[] =>
  [...values.values()].filter((it): it is File => it instanceof File);

const leavesOf = (line: Line, values: Values): Given[] =>
  line.options.flatMap((option) => {
    const value = values.get(option.name);
    if (value === undefined || value === '') return [];
    const wired = value instanceof File ? String(filesIn(values).indexOf(value)) : wiredValue(option, value);
    return [{ name: option.name, type: option.type, value: wired }];
  });

/** What running a line says. */
export const runData = (line: Line, values: Values): object => {
  const attachments = filesIn(values).map(({ name }, index) => ({ id: String(index), filename: name }));
  return {
    ...commandData(line.command, within(line.branches, leavesOf(line, values))),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
};

/** What asking for completions of one option says. */
export const completeData = (line: Line, values: Values, { name, type }: Option, typed: string): object => {
  const others = new Map([...values].filter(([other, value]) => other !== name && typeof value === 'string'));
  const focused = { name, type, value: typed, focused: true };
  return commandData(line.command, within(line.branches, [...leavesOf(line, others), focused]));
};
