// Keeps a person's connection to the gateway: identify, heartbeats, and coming back when it breaks.
import { WebSocket } from 'ws';

/** An event as it arrived; `data` is what the gateway sent. */
export type GatewayEvent = { readonly type: string; readonly data: unknown };

/** A connection that is logged in. */
export type Connection = {
  /** Sends an opcode with its payload. */
  send(op: number, data: unknown): void;
  close(): void;
};

type Packet = {
  readonly op: number;
  readonly d: unknown;
  readonly s: number | null;
  readonly t: string | null;
};

const OP = { dispatch: 0, heartbeat: 1, identify: 2, reconnect: 7, invalid: 9, hello: 10 } as const;

// Close codes after which trying again cannot help.
const FINAL = [4004, 4010, 4011, 4012, 4013, 4014];

const identity = (token: string) => ({
  token,
  properties: { os: 'linux', browser: 'sandbox', device: 'sandbox' },
});

/** Connects and logs in; `hear` gets every event, and a new READY after each loss of connection. */
export const connect = (
  gatewayUrl: string,
  token: string,
  hear: (event: GatewayEvent) => void,
): Promise<Connection> =>
  new Promise((resolve, reject) => {
    let socket: WebSocket;
    let beat: NodeJS.Timeout | undefined;
    let sequence: number | null = null;
    let isClosed = false;
    const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
    const connection: Connection = {
      send,
      close() {
        isClosed = true;
        clearInterval(beat);
        socket.close(1000);
      },
    };

    const greet = (interval: number): void => {
      clearInterval(beat);
      beat = setInterval(() => send(OP.heartbeat, sequence), interval);
      beat.unref();
      send(OP.identify, identity(token));
    };

    const receive = ({ op, d, s, t }: Packet): void => {
      sequence = s ?? sequence;
      if (op === OP.hello) greet(Number(Object(d).heartbeat_interval));
      if (op === OP.heartbeat) send(OP.heartbeat, sequence);
      if (op === OP.reconnect || op === OP.invalid) socket.close(4900);
      if (op !== OP.dispatch || t === null) return;
      hear({ type: t, data: d });
      if (t === 'READY') resolve(connection);
    };

    const open = (): void => {
      socket = new WebSocket(`${gatewayUrl}?v=10&encoding=json`);
      // The gateway speaks packets of this form and no other.
      socket.on('message', (raw) => receive(JSON.parse(String(raw)) as Packet));
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        clearInterval(beat);
        if (isClosed) return;
        if (FINAL.includes(code)) reject(new Error(`the gateway refused the login: ${code} ${reason}`));
        else setTimeout(open, 50).unref();
      });
    };
    open();
  });
