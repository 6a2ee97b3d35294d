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

/** What stands in the file of that name (or the only one) that came with a message; throws when it cannot be had. */
export const readFile = async (message: APIMessage, name?: string): Promise<string> => {
  const file = message.attachments.find(({ filename }) => name === undefined || filename === name);
  const names = message.attachments.map(({ filename }) => filename).join(', ') || 'none';
  if (!file) throw new Error(`the message has no file ${name ?? ''}; its files: ${names}`);
  const response = await fetch(file.url);
  if (!response.ok) throw new Error(`${file.filename} could not be had: ${response.status}`);
  return response.text();
};

/** The buttons that a message shows. */
export const buttonsOf = (message: APIMessage): Component[] =>
  componentsOf(message).filter((it) => it.type === KIND.button);

/** The selects that a message shows. */
export const selectsOf = (message: APIMessage): Component[] =>
  componentsOf(message).filter((it) => it.type === KIND.stringSelect || (it.type >= 5 && it.type <= 8));
