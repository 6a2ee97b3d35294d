/** What somebody did in Discord, as a plain request. */
import {
  type APIApplicationCommandInteractionDataBasicOption as BasicOption,
  type APIApplicationCommandAutocompleteInteraction as Completing,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
  type APIMessageComponentInteraction as Press,
  type APIChatInputApplicationCommandInteraction as Slash,
  type APIChatInputApplicationCommandInteractionData as SlashData,
  type APIModalSubmitInteraction as Submission,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { type Command, type Entry, findCommand, type Request } from '../../command.ts';
import { optionsOf } from '../../option.ts';
import { readCustomId } from './custom-id.ts';
import { namesOf } from './numbered-options.ts';

/** What people do that is answered with words or a form. */
export type Deed = Slash | Press | Submission;

/** What was asked, and the command that answers it. */
export interface Asked {
  readonly command: Command;
  readonly request: Request;
}

export type Caller = Pick<
  Request,
  'id' | 'direct' | 'guildId' | 'channelId' | 'account' | 'admin' | 'locale'
>;

const MAY_MANAGE = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

/** Who asks, and where; undefined outside a server. `admin` is so in the channel, whose overwrites may say anything. */
export const callerOf = (interaction: Deed | Completing): Caller | undefined => {
  const { id, guild_id: guildId, member, channel } = interaction;
  if (guildId === undefined || member === undefined) return undefined;
  return {
    id,
    guildId,
    channelId: channel?.id ?? '',
    account: member.user.id,
    admin: (BigInt(member.permissions) & MAY_MANAGE) !== 0n,
    locale: interaction.locale,
  };
};

/** Who presses a button, or sends in a form, in a direct message; undefined elsewhere, and for what is typed. */
export const directCallerOf = (interaction: Deed): Caller | undefined => {
  const { id, guild_id: guildId, user, channel, locale } = interaction;
  const typed = interaction.type === InteractionType.ApplicationCommand;
  if (guildId !== undefined || user === undefined || typed) return undefined;
  return {
    id,
    direct: true,
    guildId: '',
    channelId: channel?.id ?? '',
    account: user.id,
    admin: false,
    locale,
  };
};

/** The path of a slash command, and its options beneath the subcommand. */
export const typedIn = ({
  name,
  options = [],
}: Pick<SlashData | Completing['data'], 'name' | 'options'>): {
  readonly path: string;
  readonly options: readonly BasicOption[];
} => {
  const [first] = options;
  if (first?.type === Type.Subcommand) return { path: `${name} ${first.name}`, options: first.options ?? [] };
  return { path: name, options: options.filter((option): option is BasicOption => 'value' in option) };
};

/** What was typed, with the numbered options of one list put together again. */
export const givenIn = (
  command: Command,
  options: readonly Pick<BasicOption, 'name' | 'value'>[],
): Request['given'] => {
  const typed = new Map(options.map(({ name, value }) => [name, value]));
  return Object.fromEntries(
    optionsOf(command.input).flatMap((option) => {
      const values = namesOf(option).flatMap((name) => typed.get(name) ?? []);
      if (values.length === 0) return [];
      return [[option.name, option.kind === 'choices' ? values : values[0]]];
    }),
  );
};

type Filled = Extract<
  Submission['data']['components'][number],
  { readonly type: ComponentType.Label }
>['component'];

const filledIn = (component: Filled): unknown => ('values' in component ? component.values : component.value);

const fieldsOf = ({ components }: Submission['data']): Request['given'] =>
  Object.fromEntries(
    components
      .filter((part) => part.type === ComponentType.Label)
      .map(({ component }) => [component.custom_id, filledIn(component)]),
  );

const accountsIn = ({ resolved }: SlashData): Request['accounts'] =>
  Object.fromEntries(Object.values(resolved?.users ?? {}).map(({ id, bot = false }) => [id, { bot }]));

/** What is known of the files, in the place of the ids by which the options name them. */
const withFiles = (command: Command, given: Request['given'], { resolved }: SlashData): Request['given'] => {
  const files = optionsOf(command.input).flatMap(({ kind, name }) => {
    const sent = kind === 'attachment' ? resolved?.attachments?.[String(given[name])] : undefined;
    return sent ? [[name, { name: sent.filename, size: sent.size, url: sent.url }] as const] : [];
  });
  return { ...given, ...Object.fromEntries(files) };
};

const ofSlash = (entries: readonly Entry[], { data }: Slash, caller: Caller): Asked | undefined => {
  const { path, options } = typedIn(data);
  const command = findCommand(entries, path);
  return (
    command && {
      command,
      request: {
        ...caller,
        via: 'slash',
        path,
        given: withFiles(command, givenIn(command, options), data),
        accounts: accountsIn(data),
      },
    }
  );
};

const ofCustomId = (
  entries: readonly Entry[],
  { data }: Press | Submission,
  caller: Caller,
  more: Pick<Request, 'via' | 'given'>,
): Asked | undefined => {
  const { path, given } = readCustomId(data.custom_id);
  const command = findCommand(entries, path);
  return (
    command && {
      command,
      request: { ...caller, via: more.via, path, given: { ...given, ...more.given }, accounts: {} },
    }
  );
};

/** The request in an interaction; undefined when there is no such command any more. */
export const toRequest = (
  entries: readonly Entry[],
  interaction: Deed,
  caller: Caller,
): Asked | undefined => {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
      return ofSlash(entries, interaction, caller);
    case InteractionType.MessageComponent:
      return ofCustomId(entries, interaction, caller, { via: 'press', given: {} });
    case InteractionType.ModalSubmit:
      return ofCustomId(entries, interaction, caller, { via: 'form', given: fieldsOf(interaction.data) });
  }
};
