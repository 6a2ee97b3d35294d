/** What the page reads of the wire: the parts of Discord's objects that it shows. */
import type { APIEmbed, APIMessage } from 'discord-api-types/v10';
import type { Component } from '../../check/component.ts';

export type { APIEmbed as Embed, APIMessage as Message };

/** An account. */
export type User = {
  readonly id: string;
  readonly username: string;
  readonly global_name?: string | null;
  readonly bot?: boolean;
};

/** A member of a server. */
export type Member = {
  readonly user: User;
  readonly nick?: string | null;
  readonly roles: readonly string[];
  readonly communication_disabled_until?: string | null;
};

/** A role of a server. */
export type Role = { readonly id: string; readonly name: string; readonly permissions: string };

/** Where somebody is in voice, and what they show. */
export type VoiceState = {
  readonly user_id: string;
  readonly guild_id: string;
  readonly channel_id: string | null;
  readonly mute: boolean;
  readonly deaf: boolean;
  readonly self_mute: boolean;
  readonly self_deaf: boolean;
  readonly self_video: boolean;
  readonly suppress: boolean;
};

/** Whether nothing that somebody says in a call is carried. */
export const mayNotSpeak = ({ mute, self_mute, suppress }: VoiceState): boolean =>
  mute || self_mute || suppress;

/** An event in the calendar of a server. */
export type CalendarEvent = {
  readonly id: string;
  readonly guild_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly channel_id: string | null;
  readonly scheduled_start_time: string;
  readonly scheduled_end_time: string | null;
  readonly status: number;
};

/** A component with everything that a kind of it may have. */
export type Part = Omit<Component, 'components' | 'component' | 'accessory' | 'options'> & {
  readonly style?: number;
  readonly url?: string;
  readonly emoji?: { readonly name?: string | null } | null;
  readonly placeholder?: string | null;
  readonly description?: string | null;
  readonly value?: string | null;
  readonly default?: boolean | null;
  readonly divider?: boolean;
  readonly spacing?: number;
  readonly accent_color?: number | null;
  readonly spoiler?: boolean;
  readonly name?: string | null;
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
  readonly items?: readonly {
    readonly media: { readonly url: string };
    readonly description?: string | null;
  }[];
  readonly options?: readonly Choice[];
  readonly default_values?: readonly { readonly id: string }[];
  readonly components?: readonly Part[];
  readonly component?: Part;
  readonly accessory?: Part;
};

/** What can be chosen. */
export type Choice = {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean;
};

/** The components of a message. */
export const partsOf = (message: APIMessage): readonly Part[] =>
  // Part is one loose form of all the kinds that Discord's types list.
  (message.components ?? []) as unknown as readonly Part[];

/** The kinds of room that the page tells apart. */
export const ROOM = { text: 0, direct: 1, voice: 2, category: 4 } as const;
