/** What somebody sees in a room, as plain lines of text: people by name, moments by the clock, buttons in brackets. */
import { buttonsOf, textOf } from '../sandbox/people.ts';
import { EVERYBODY } from './cast.ts';
import type { Stage } from './stage.ts';

const MOST_LINES = 14;

const clockTime = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().slice(11, 16);

const readable = ({ who }: Stage, text: string): string => {
  const names = new Map(EVERYBODY.map((name) => [who(name).id, name]));
  return text
    .replace(/<@(\d+)>/g, (_all, account: string) => names.get(account) ?? 'somebody')
    .replace(/, <t:\d+:R>/g, '')
    .replace(/<t:(\d+):\w>/g, (_all, seconds: string) => `${clockTime(seconds)} UTC`)
    .replace(/\*\*|\\|\u200b/g, '');
};

/** The message that begins with these words, as this person sees it; nothing when they see none. */
export const seenBy = async (
  stage: Stage,
  { name, room, title }: { readonly name: string; readonly room: string; readonly title: string },
): Promise<readonly string[]> => {
  const message = (await stage.who(name).read(room)).find((each) => textOf(each).startsWith(title));
  if (!message) return [];
  const text = readable(stage, textOf(message))
    .split('\n')
    .filter((line) => line.trim() !== '');
  const buttons = buttonsOf(message).map(({ label }) => `[${label}]`);
  return [...text.slice(0, MOST_LINES), ...(buttons.length > 0 ? [buttons.join(' ')] : [])];
};
