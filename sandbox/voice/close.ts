/** Why the voice gateway closes a socket, by Discord's close codes. */

/** Codes by what is wrong. */
export const CLOSE = {
  unknownOpcode: 4001,
  decode: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  sessionGone: 4006,
  timeout: 4009,
  unknownVersion: 4012,
  disconnected: 4014,
  serverCrashed: 4015,
  unknownMode: 4016,
  needsDave: 4017,
  callTerminated: 4022,
} as const;
