/** Looking on: what stands in rooms, and waiting until something stands there. */
import type { APIMessage } from 'discord-api-types/v10';
import { buttonsOf, type Person, textOf } from '../../sandbox/people.ts';
import { until } from '../adapters/jobs/until.ts';

/** Waits until a message in a room says something. */
export const sees = (one: Person, room: string, words: string): Promise<void> =>
  until(
    `"${words}" can be read in ${room}`,
    async () => (await one.read(room)).some((message) => textOf(message).includes(words)),
    20,
  );

/** Boards by their titles: cards that are edited and never repeated. */
export const boardsIn = (messages: readonly APIMessage[], title: string): readonly APIMessage[] =>
  messages.filter(({ embeds }) => embeds[0]?.title?.startsWith(title));

/** Labels of the buttons of the newest message that has any. */
export const buttonsIn = (messages: readonly APIMessage[]): readonly string[] => {
  const card = messages.find((message) => buttonsOf(message).length > 0);
  return card ? buttonsOf(card).flatMap(({ label }) => label ?? []) : [];
};
