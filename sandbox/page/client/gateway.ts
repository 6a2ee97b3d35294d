/** A person's connection to the gateway, out of a browser: login, heartbeats, and login again when it breaks. */

import { type GatewayEvent, OP, type Packet } from '../../people/packet.ts';

/** A connection that stands until its window is closed. */
export type Gateway = { send(op: number, d: unknown): void };

/** What is told of it. */
export type Hearing = { event(event: GatewayEvent): void; lost(): void };

const RETRY_AFTER = 500;

const field = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** Connects to the gateway of the server that this page is from. */
export const connect = (token: string, hearing: Hearing): Gateway => {
  let socket: WebSocket;
  let beat: ReturnType<typeof setInterval> | undefined;
  let last: number | null = null;
  const send = (op: number, d: unknown): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op, d }));
  };
  const greet = (interval: number): void => {
    clearInterval(beat);
    beat = setInterval(() => send(OP.heartbeat, last), interval);
    send(OP.identify, { token, properties: { os: 'web', browser: 'page', device: 'page' } });
  };
  const receive = ({ op, d, s, t }: Packet): void => {
    last = s ?? last;
    if (op === OP.hello) greet(Number(field(d, 'heartbeat_interval')));
    if (op === OP.heartbeat) send(OP.heartbeat, last);
    if (op === OP.reconnect || op === OP.invalid) socket.close(4900);
    if (t !== null) hearing.event({ type: t, data: d });
  };
  const open = (): void => {
    socket = new WebSocket(`ws://${location.host}/gateway?v=10&encoding=json`);
    // The gateway speaks packets of this form and no other.
    socket.onmessage = ({ data }) => receive(JSON.parse(String(data)) as Packet);
    socket.onclose = () => {
      clearInterval(beat);
      hearing.lost();
      setTimeout(open, RETRY_AFTER);
    };
  };
  open();
  return { send };
};
