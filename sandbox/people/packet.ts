/** What the gateway and a person's client say to each other. */

/** A packet as it goes over the wire. */
export type Packet = {
  readonly op: number;
  readonly d: unknown;
  readonly s: number | null;
  readonly t: string | null;
};

/** An event as it arrived; `data` is what the gateway sent. */
export type GatewayEvent = { readonly type: string; readonly data: unknown };

/** What a packet is about. */
export const OP = {
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
} as const;
