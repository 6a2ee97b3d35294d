/** Codes by time (RFC 6238), as every authenticator app makes them. */
import { Secret, TOTP } from 'otpauth';
import type { OneTimeCodes } from '../../ports/one-time-codes.ts';

const ISSUER = 'Hearth';
const SECRET_BYTES = 20;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) });

/** The port, by the library. */
export const oneTimeCodes: OneTimeCodes = {
  make: () => new Secret({ size: SECRET_BYTES }).base32,
  address: (secret, account) => totpOf(secret, account).toString(),
  step: (secret, code, now) => {
    const timestamp = now.getTime();
    const totp = totpOf(secret);
    const delta = totp.validate({ token: code, timestamp, window: 1 });
    return delta === null ? undefined : totp.counter({ timestamp }) + delta;
  },
};
