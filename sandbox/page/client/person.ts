/** One person's client in a window: what it has in sight, what it does, and what became of that. */
import type { GatewayEvent } from '../../people/packet.ts';
import { Refused, type Rest, restOf } from '../../people/rest.ts';
import { connect } from './gateway.ts';
import { look, newView, type View } from './view.ts';
import type { Message } from './wire.ts';

/** Something begun with the bot, of which nothing has come yet. */
type Pending = { readonly key: string; readonly done: (failure: string | null) => void };

/** What starts an interaction, beside where it happens. */
export type Start = {
  readonly type: 2 | 3 | 4 | 5;
  readonly application_id: string;
  readonly channel_id: string;
  readonly data: object;
  readonly message_id?: string;
};

/** A suggestion for an option. */
export type Suggested = { readonly name: string; readonly value: string | number };

/** A client, as the parts of its window use it. */
export type Client = {
  readonly token: string;
  readonly view: View;
  readonly rest: Rest;
  /** Whether the gateway is there. */
  isOnline(): boolean;
  /** Whether something that was begun at this place is not yet answered. */
  isPending(key: string): boolean;
  /** Starts an interaction at a place (a message and its button, a form ...); resolves with what failed, or null. */
  interact(key: string, start: Start, files?: readonly File[]): Promise<string | null>;
  suggest(start: Start): Promise<readonly Suggested[]>;
  send(op: number, d: unknown): void;
  /** Something in sight is another by the hand of this window. */
  changed(): void;
  subscribe(told: () => void): () => void;
  /** Calls for every new message. */
  onMessage(hear: (message: Message) => void): () => void;
};

const NO_ANSWER = 'The application did not respond';
/** The server tells after three seconds that nobody answered; by then something is wrong with the line itself. */
const LOST_AFTER = 8_000;

let nonces = 0;
const newNonce = (): string => `${Date.now()}${String(nonces++ % 100_000).padStart(5, '0')}`;

const bodyOf = (body: object, files: readonly File[]): object | FormData => {
  if (files.length === 0) return body;
  const form = new FormData();
  form.set('payload_json', JSON.stringify(body));
  for (const [index, file] of files.entries()) form.set(`files[${index}]`, file, file.name);
  return form;
};

/** What a person reads when the server says no. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Refused)) return 'This could not be sent. Is the server there?';
  const said = /was refused: \d+ \d* ?(.*)$/.exec(error.message)?.[1]?.replace(/ \{.*$/, '');
  return said ? `${said} (${error.code})` : 'The server said no.';
};

/** Tells all that listen. */
const announcer = <T>() => {
  const listeners = new Set<(told: T) => void>();
  return {
    tell: (it: T): void => {
      for (const listener of [...listeners]) listener(it);
    },
    listen: (listener: (told: T) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Logs in with a token. */
export const startClient = (token: string): Client => {
  const view = newView();
  const rest = restOf(`${location.origin}/api`, token);
  const pending = new Map<string, Pending>();
  const changes = announcer<undefined>();
  const messages = announcer<Message>();
  const suggestions = new Map<string, (choices: readonly Suggested[]) => void>();
  let online = false;

  const settle = (nonce: string, failure: string | null): void => {
    pending.get(nonce)?.done(failure);
    pending.delete(nonce);
  };
  const hearOwn = ({ type, data }: GatewayEvent, nonce: string): void => {
    if (type === 'INTERACTION_SUCCESS' || type === 'INTERACTION_MODAL_CREATE') settle(nonce, null);
    if (type === 'INTERACTION_FAILURE') settle(nonce, NO_ANSWER);
    if (type === 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE')
      suggestions.get(nonce)?.(Object(data).choices ?? []);
  };
  const hear = (event: GatewayEvent): void => {
    const nonce = String(Object(event.data).nonce);
    // What another window of the same person began is not for this one to fill in.
    if (event.type === 'INTERACTION_MODAL_CREATE' && !pending.has(nonce)) return;
    look(view, event);
    online = true;
    hearOwn(event, nonce);
    if (event.type === 'MESSAGE_CREATE') messages.tell(event.data as Message);
    changes.tell(undefined);
  };
  const gateway = connect(token, {
    event: hear,
    lost: () => {
      online = false;
      changes.tell(undefined);
    },
  });
  const placed = (start: Start, nonce: string): object => {
    const guildId = view.sight.rooms.get(start.channel_id)?.guildId;
    return { ...start, ...(guildId ? { guild_id: guildId } : {}), session_id: view.sight.sessionId, nonce };
  };
  return {
    token,
    view,
    rest,
    isOnline: () => online,
    isPending: (key) => [...pending.values()].some((it) => it.key === key),
    interact: (key, start, files = []) =>
      new Promise((resolve) => {
        const nonce = newNonce();
        const done = (failure: string | null): void => {
          clearTimeout(late);
          pending.delete(nonce);
          resolve(failure);
          changes.tell(undefined);
        };
        const late = setTimeout(() => done(NO_ANSWER), LOST_AFTER);
        pending.set(nonce, { key, done });
        changes.tell(undefined);
        rest('POST', '/interactions', bodyOf(placed(start, nonce), files)).catch((error) =>
          done(sentenceOf(error)),
        );
      }),
    suggest: (start) =>
      new Promise((resolve) => {
        const nonce = newNonce();
        const settleWith = (choices: readonly Suggested[]): void => {
          clearTimeout(late);
          suggestions.delete(nonce);
          resolve(choices);
        };
        const late = setTimeout(() => settleWith([]), LOST_AFTER);
        suggestions.set(nonce, settleWith);
        rest('POST', '/interactions', placed(start, nonce)).catch(() => settleWith([]));
      }),
    send: gateway.send,
    changed: () => changes.tell(undefined),
    subscribe: changes.listen,
    onMessage: messages.listen,
  };
};
