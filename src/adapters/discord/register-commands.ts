/** Brings the commands that Discord offers to those that Hearth has: one look, and one call only when they differ. */
import { isDeepStrictEqual } from 'node:util';
import { Routes } from 'discord.js';
import type { Entry } from '../../command.ts';
import { applicationCommand } from './application-command.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** What of a command is ours to say; the rest (ids, versions, translations) Discord adds. */
const OURS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'type',
  'options',
  'required',
  'choices',
  'value',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'autocomplete',
  'default_member_permissions',
  'contexts',
  'integration_types',
]);

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** Discord fills in what was left out: nothing, false and an empty list are all the same. */
const ours = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ours);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => OURS.has(key) && !isNothing(inner))
      .map(([key, inner]) => [key, ours(inner)]),
  );
};

const byName = (commands: readonly { readonly name: string }[]) =>
  ours(commands.toSorted((a, b) => a.name.localeCompare(b.name, 'en')));

/** Whether two lists of commands offer the same, whatever else Discord keeps of them. */
export const offerTheSame = (
  some: readonly { readonly name: string }[],
  others: readonly { readonly name: string }[],
): boolean => isDeepStrictEqual(byName(some), byName(others));

/** Tells Discord of the commands; answers whether there was anything to tell. */
export const registerCommands = async (client: Connected, entries: readonly Entry[]): Promise<boolean> => {
  const route = Routes.applicationCommands(client.application.id);
  const wanted = entries.map(applicationCommand);
  // Discord's documented answer of this route.
  const offered = (await insist(() => client.rest.get(route))) as { readonly name: string }[];
  if (offerTheSame(wanted, offered)) return false;
  await insist(() => client.rest.put(route, { body: wanted }));
  return true;
};
