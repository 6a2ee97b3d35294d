/** Commands as Discord is told of them: from the very statement by which they are enforced. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandIntegerOption,
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as CommandBody,
  InteractionContextType,
  PermissionFlagsBits,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import type { Command, Entry } from '../../command.ts';
import { canBeAsked } from '../../form.ts';
import { type Option, optionsOf } from '../../option.ts';
import { namesOf } from './numbered-options.ts';

const numbers = (option: Extract<Option, { kind: 'whole' }>): Partial<APIApplicationCommandIntegerOption> => {
  const { labels, least, most } = option;
  if (!labels) return { min_value: least, max_value: most };
  const values = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  return { choices: values.map((value) => ({ name: labels[value] ?? String(value), value })) };
};

const strings = (
  option: Extract<Option, { kind: 'text' | 'choice' | 'choices' }>,
): Partial<APIApplicationCommandStringOption> => {
  if (option.kind !== 'text') {
    return { choices: option.choices.map((value) => ({ name: option.labels[value] ?? value, value })) };
  }
  const lengths = { min_length: option.fewest, max_length: option.most };
  return option.complete === undefined ? lengths : { ...lengths, autocomplete: true };
};

const told = (option: Option, required: boolean): readonly APIApplicationCommandBasicOption[] =>
  namesOf(option).map((name) => {
    const base = { name, description: option.description, ...(required ? { required } : {}) };
    if (option.kind === 'account') return { ...base, type: Type.User };
    if (option.kind === 'attachment') return { ...base, type: Type.Attachment };
    // The partial is of the very kind of option that the type names.
    return option.kind === 'whole'
      ? ({ ...base, ...numbers(option), type: Type.Integer } as APIApplicationCommandIntegerOption)
      : ({ ...base, ...strings(option), type: Type.String } as APIApplicationCommandStringOption);
  });

/** What a form would ask for may be left out; what is required comes first, as Discord wants it. */
const optionsFor = ({ input, form }: Command): readonly APIApplicationCommandBasicOption[] => {
  const mustBeTyped = (option: Option): boolean =>
    option.required && (form === undefined || !canBeAsked(option));
  return optionsOf(input)
    .toSorted((a, b) => Number(mustBeTyped(b)) - Number(mustBeTyped(a)))
    .flatMap((option) => told(option, mustBeTyped(option)));
};

const optionsOrNone = (command: Command) => {
  const options = optionsFor(command);
  return options.length > 0 ? { options: [...options] } : {};
};

const subcommand = (command: Command): APIApplicationCommandSubcommandOption => ({
  type: Type.Subcommand,
  name: command.name,
  description: command.description,
  ...optionsOrNone(command),
});

const adminsOnly = (entry: Entry): boolean =>
  ('commands' in entry ? entry.commands : [entry]).every(
    ({ about, who }) => about !== 'anyone' && who.every((one) => one === 'admin'),
  );

/** One command or group of commands as Discord takes it: in servers only. */
export const applicationCommand = (entry: Entry): CommandBody => ({
  type: ApplicationCommandType.ChatInput,
  name: entry.name,
  description: entry.description,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  // Only what is shown: who may do what is decided by Hearth itself at every call.
  ...(adminsOnly(entry) ? { default_member_permissions: String(PermissionFlagsBits.ManageGuild) } : {}),
  ...('commands' in entry ? { options: entry.commands.map(subcommand) } : optionsOrNone(entry)),
});
