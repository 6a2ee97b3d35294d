/** Keeps what tests of the sandbox speak with: bare fetch for REST, a bare websocket for the gateway. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: JSON off the wire has no type; each test states what it expects of it.
export type Wire = any;

/** An answer as it came back. */
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Wire };

/** Calls REST as an account; a bot's token is told by its "Bot " prefix. */
export const caller =
  (restUrl: string, authorization: string | null) =>
  async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const answer = await fetch(`${restUrl}/v10${path}`, {
      method,
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  };

/** What came over a gateway socket. */
export type Heard = {
  readonly op: number;
  readonly d: Wire;
  readonly s: number | null;
  readonly t: string | null;
};

/** A gateway socket that remembers what it heard. */
export type Line = {
  readonly socket: WebSocket;
  readonly heard: Heard[];
  send(op: number, d: unknown): void;
  /** The next message that fits, heard or still to come; rejects after two seconds with what was heard. */
  next(fits: (message: Heard) => boolean): Promise<Heard>;
  event(type: string, fits?: (data: Wire) => boolean): Promise<Wire>;
  closed(): Promise<{ code: number; reason: string }>;
};

/** Opens a gateway socket. */
export const openLine = async (url: string): Promise<Line> => {
  const socket = new WebSocket(url);
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let end: { code: number; reason: string } | null = null;
  socket.on('message', (raw) => {
    heard.push(JSON.parse(String(raw)));
    for (const look of waiting) look();
  });
  socket.on('close', (code, reason) => {
    end = { code, reason: String(reason) };
  });
  await once(socket, 'open');
  const next = (fits: (message: Heard) => boolean) =>
    new Promise<Heard>((resolve, reject) => {
      const look = () => {
        const found = heard.find(fits);
        if (!found) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not heard; heard ${heard.map(({ op, t }) => t ?? op).join(', ')}`));
      }, 2000);
      const stop = () => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  return {
    socket,
    heard,
    next,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    event: async (type, fits = () => true) => (await next(({ t, d }) => t === type && fits(d))).d,
    async closed() {
      if (!end) await once(socket, 'close');
      return end ?? { code: 0, reason: '' };
    },
  };
};

/** Opens a socket and identifies; intents of null are for people. */
export const logIn = async (
  gatewayUrl: string,
  token: string,
  intents: number | null = null,
): Promise<Line> => {
  const line = await openLine(`${gatewayUrl}?v=10&encoding=json`);
  await line.next(({ op }) => op === 10);
  const properties = { os: 'linux', browser: 'test', device: 'test' };
  line.send(2, { token, properties, ...(intents === null ? {} : { intents }) });
  await line.event('READY');
  return line;
};

/** Lets everything that is on its way arrive. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
