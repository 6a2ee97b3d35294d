/** Keeps how a message is read: all of its text as a person sees it, and the buttons and selects that it shows. */
import type { APIMessage } from 'discord-api-types/v10';
import { type Component, flatten, KIND } from '../check/component.ts';

/** Every component of a message, in reading order. */
const componentsOf = (message: APIMessage): Component[] =>
  // The checks' Component is one loose form of all the kinds that Discord's types list.
  flatten((message.components ?? []) as unknown as Component[]);

/** All text that a message shows: content, embeds and text displays; buttons are not text. */
export const textOf = (message: APIMessage): string => {
  const embeds = message.embeds.flatMap((embed) => [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ]);
  const displays = componentsOf(message).map((it) => it.content);
  return [message.content, ...embeds, ...displays].filter(Boolean).join('\n');
};

/** The buttons that a message shows. */
export const buttonsOf = (message: APIMessage): Component[] =>
  componentsOf(message).filter((it) => it.type === KIND.button);

/** The selects that a message shows. */
export const selectsOf = (message: APIMessage): Component[] =>
  componentsOf(message).filter((it) => it.type === KIND.stringSelect || (it.type >= 5 && it.type <= 8));
