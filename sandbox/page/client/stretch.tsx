/** Messages of a room in stretches: one that is out of sight is neither laid out nor drawn, whatever is in it. */
import { memo } from 'preact/compat';
import { MessageItem } from './message.tsx';
import type { Message } from './wire.ts';

const LENGTH = 50;

/** Messages that stand together, by a number that stays theirs while older and newer ones come. */
export type Stretch = { readonly number: number; readonly messages: readonly Message[] };

/** Divides messages, oldest first, counting from the one that was known first. */
export const stretchesOf = (messages: readonly Message[], first: string | undefined): readonly Stretch[] => {
  const start = Math.max(
    0,
    messages.findIndex(({ id }) => id === first),
  );
  const groups = Map.groupBy(messages.entries(), ([index]) => Math.floor((index - start) / LENGTH));
  return [...groups].map(([number, entries]) => ({
    number,
    messages: entries.map(([, message]) => message),
  }));
};

type StretchProps = Pick<Stretch, 'messages'>;

const isSame = (before: StretchProps, after: StretchProps): boolean =>
  before.messages.length === after.messages.length &&
  before.messages.every((message, index) => message === after.messages[index]);

/** A stretch; drawn again only when it holds others. */
export const StretchItem = memo(
  ({ messages }: StretchProps) => (
    <ol class="messages">
      {messages.map((message) => (
        <MessageItem key={message.id} message={message} />
      ))}
    </ol>
  ),
  isSame,
);
