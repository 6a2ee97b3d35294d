/** Keeps what becomes of an interaction in the eyes of the person who started it. */
import type { APIMessage } from 'discord-api-types/v10';
import type { GatewayEvent } from './packet.ts';
import { textOf } from './reading.ts';
import type { Refused } from './rest.ts';
import { type Form, isPrivate } from './sight.ts';

/**
 * What a person sees after a command, a press or a form: a reply, a form, a change of the message that was pressed,
 * nothing but the end of the spinner, or that it failed (`code` is Discord's, 0 when the bot did not answer in time).
 */
export type Outcome =
  | { readonly is: 'reply'; readonly message: APIMessage; readonly text: string; readonly isPrivate: boolean }
  | { readonly is: 'form'; readonly form: Form }
  | { readonly is: 'change'; readonly message: APIMessage; readonly text: string }
  | { readonly is: 'nothing' }
  | { readonly is: 'failure'; readonly code: number; readonly why: string };

/** A wait for an outcome, fed with events until it is decided. */
export type Watch = {
  readonly nonce: string;
  hear(event: GatewayEvent): void;
  readonly outcome: Promise<Outcome>;
};

const LOADING = 1 << 7;

// A bot that only ends the spinner may still change something a moment later.
const GRACE = 1000;

type Wire = { readonly [key: string]: unknown };

const isLoading = (message: APIMessage): boolean => ((message.flags ?? 0) & LOADING) !== 0;

/** Watches for what becomes of the interaction with a nonce, started on a message if it was a press. */
export const watch = (nonce: string, pressed: string | null): Watch => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let id: string | null = null;
  let isOver = false;
  let isThinking = false;
  let change: Outcome | null = null;

  const hearMessage = (type: string, message: APIMessage): void => {
    const isReply = id !== null && message.interaction_metadata?.id === id;
    isThinking ||= isReply && isLoading(message);
    if (isLoading(message)) return;
    const text = textOf(message);
    if (isReply) resolve({ is: 'reply', message, text, isPrivate: isPrivate(message) });
    if (message.id === pressed && type === 'MESSAGE_UPDATE') change = { is: 'change', message, text };
    if (change && isOver) resolve(change);
  };
  const succeed = (): void => {
    isOver = true;
    if (change) resolve(change);
    if (!isThinking) setTimeout(() => resolve({ is: 'nothing' }), GRACE).unref();
  };
  const hearOwn = (type: string, wire: Wire): void => {
    if (type === 'INTERACTION_CREATE') id = String(wire['id']);
    if (type === 'INTERACTION_SUCCESS') succeed();
    // The event carries exactly what a form is.
    if (type === 'INTERACTION_MODAL_CREATE') resolve({ is: 'form', form: wire as unknown as Form });
    if (type === 'INTERACTION_FAILURE')
      resolve({ is: 'failure', code: 0, why: 'the application did not respond' });
  };
  return {
    nonce,
    outcome: promise,
    hear({ type, data }) {
      const wire: Wire = Object(data);
      if (wire['nonce'] === nonce && type.startsWith('INTERACTION_')) hearOwn(type, wire);
      // Message events carry whole messages, as Discord's types describe them.
      if (type === 'MESSAGE_CREATE' || type === 'MESSAGE_UPDATE')
        hearMessage(type, wire as unknown as APIMessage);
    },
  };
};

/** The outcome of a start that the server itself refused. */
export const failureOf = ({ code, message }: Refused): Outcome => ({ is: 'failure', code, why: message });
