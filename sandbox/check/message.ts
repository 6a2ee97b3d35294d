/** Keeps what a message may hold when it is sent, edited, or given as the answer to an interaction. */
import type { APIAllowedMentions, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { UploadedFile } from '../rest/route.ts';
import { type AttachmentBody, attachment, attachmentRules, type Before } from './attachment.ts';
import { type Component, numbered } from './component.ts';
import { embeds } from './embed.ts';
import { firstComponents, secondComponents } from './message-components.ts';
import type { Check, Checked, Json, Report } from './schema.ts';
import {
  also,
  anything,
  bits,
  flag,
  integer,
  list,
  maybe,
  object,
  oneOf,
  parse,
  set,
  snowflake,
  text,
  withoutNulls,
} from './schema.ts';

/** Bits of a message's flags that a sender may set. */
export const FLAG = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  silent: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** A body that was read: only known keys, nulls taken out of embeds and components, components numbered. */
export type MessageBody = {
  readonly content?: string | null;
  readonly embeds?: APIEmbed[];
  readonly components?: APIMessageTopLevelComponent[];
  readonly allowed_mentions?: APIAllowedMentions;
  readonly attachments?: readonly AttachmentBody[];
  readonly flags?: number;
  readonly tts?: boolean | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: Reference | null;
};

type Reference = Checked<typeof reference>;

const allowedMentions = also(
  object({
    parse: maybe(set(oneOf('roles', 'users', 'everyone'))),
    roles: maybe(set(snowflake, { max: 100 })),
    users: maybe(set(snowflake, { max: 100 })),
    replied_user: maybe(flag),
  }),
  (it, report) => {
    for (const kind of ['roles', 'users'] as const)
      if (it.parse?.includes(kind) && (it[kind]?.length ?? 0) > 0)
        report
          .at('parse')
          .add(
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          );
  },
);

const reference = object({
  type: maybe(oneOf(0)),
  message_id: snowflake,
  channel_id: maybe(snowflake),
  guild_id: maybe(snowflake),
  fail_if_not_exists: maybe(flag),
});

const nonce: Check<string | number> = (value, report) =>
  typeof value === 'number' ? integer()(value, report) : text({ max: 25 })(value, report);

/** Components are read for themselves, as their form hangs on the flags. */
const shared = {
  content: maybe(text({ max: 2000 })),
  embeds: maybe(embeds),
  components: maybe(anything),
  allowed_mentions: maybe(allowedMentions),
  attachments: maybe(list(attachment, { max: 10 })),
  // Clients send these along with every kind of message, even where they mean nothing.
  tts: maybe(flag),
  nonce: maybe(nonce),
  enforce_nonce: maybe(flag),
};

const sendBits = FLAG.suppressEmbeds | FLAG.silent | FLAG.componentsV2;

const sent = object({
  ...shared,
  flags: maybe(bits(sendBits)),
  message_reference: maybe(reference),
});

const replied = object({ ...shared, flags: maybe(bits(sendBits | FLAG.ephemeral)) });

const edited = object({ ...shared, flags: maybe(bits(FLAG.suppressEmbeds | FLAG.componentsV2)) });

type Raw = Checked<typeof sent>;

const componentRules = (body: Raw, isV2: boolean, report: Report): void => {
  const check = isV2 ? secondComponents : firstComponents;
  if (body.components != null) check(body.components, report.at('components'));
  for (const key of ['content', 'embeds'] as const)
    if (isV2 && (body[key]?.length ?? 0) > 0)
      report
        .at(key)
        .add(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
};

const tidy = (raw: Raw): MessageBody => {
  const { components, embeds: shown, flags, attachments, allowed_mentions: allowed, ...rest } = raw;
  // What passed the checks above has, without its nulls, the form that Discord's types describe.
  const bare = withoutNulls(components ?? []) as (Component & APIMessageTopLevelComponent)[];
  return {
    ...rest,
    ...(components !== undefined && { components: numbered(bare) }),
    ...(shown !== undefined && { embeds: withoutNulls(shown ?? []) as APIEmbed[] }),
    ...(allowed != null && { allowed_mentions: withoutNulls(allowed) as APIAllowedMentions }),
    ...(flags != null && { flags }),
    ...(attachments != null && { attachments }),
  };
};

const NOTHING: Before = { flags: 0, attachments: [] };

const read =
  (form: Check<Raw>) =>
  (body: unknown, files: readonly UploadedFile[], before: Before = NOTHING): MessageBody => {
    const whole = also(form, (it, report) => {
      const reported = report.count();
      componentRules(it, (((it.flags ?? 0) | before.flags) & FLAG.componentsV2) !== 0, report);
      if (report.count() === reported) attachmentRules(it, files, before, report);
    });
    const empty: Json = {};
    return tidy(parse(whole, body === undefined ? empty : body));
  };

/** Reads the body of a message to be sent in a channel; throws 400/50035. */
export const readMessage = read(sent);

/** Reads the body of a message that answers an interaction, which may be ephemeral; throws 400/50035. */
export const readReply = read(replied);

/** Reads the body of an edit of the message `before`; keys left out stay as they are; throws 400/50035. */
export const readEdit = read(edited);

/** True when a message of the second generation also holds what only the first may: Discord refuses it. */
export const mixesGenerations = (message: {
  readonly flags: number;
  readonly content: string;
  readonly embeds: readonly unknown[];
}): boolean =>
  (message.flags & FLAG.componentsV2) !== 0 && (message.content !== '' || message.embeds.length > 0);

/** True when there would be nothing to see: Discord answers 400/50006 to that. */
export const isEmptyMessage = (message: {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly unknown[] | undefined;
  readonly components?: readonly unknown[] | undefined;
  readonly attachments?: readonly unknown[] | undefined;
}): boolean =>
  !message.content?.trim() &&
  [message.embeds, message.components, message.attachments].every((part) => !part?.length);
