/** Why the gateway closes a socket, by Discord's close codes. */

/** Codes by what is wrong. */
export const CLOSE = {
  unknown: 4000,
  unknownOpcode: 4001,
  decode: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  timedOut: 4009,
  invalidShard: 4010,
  shardingRequired: 4011,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** A close and its words; the gateway closes with it. */
export class GatewayClose extends Error {
  readonly code: number;

  constructor(why: keyof typeof CLOSE, message: string) {
    super(message);
    this.code = CLOSE[why];
  }
}
