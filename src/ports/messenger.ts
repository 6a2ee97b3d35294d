/** What is told to one person: by themselves, or by name in a room where they cannot be reached alone. */
import type { Notice } from '../core/notice.ts';
import type { Attempt, Once } from './rooms.ts';

/** A message of Hearth, by the id that Discord gave it. */
export interface Message {
  readonly messageId: string;
}

/** `closed` when the person takes no direct messages from Hearth, or is not to be found. */
export type Delivery = Attempt<Message> | { readonly did: 'closed' };

export interface Messenger {
  /** Tells somebody by direct message, once however often it is called with the same id. */
  direct(account: string, notice: Notice, once: Once): Promise<Delivery>;
  /** Calls somebody in a room, and says nothing there but the time; once, likewise. */
  mention(channelId: string, account: string, notice: Notice, once: Once): Promise<Attempt<Message>>;
  /** Calls somebody in a room where nobody else reads but who knows of it: as by direct message; once, likewise. */
  aside(channelId: string, account: string, notice: Notice, once: Once): Promise<Attempt<Message>>;
}
