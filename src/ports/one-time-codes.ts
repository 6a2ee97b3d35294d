/** Codes that a device makes of a secret every half minute. */
export interface OneTimeCodes {
  /** A new secret, in base32. */
  make(): string;
  /** What an app reads from a picture. */
  address(secret: string, account: string): string;
  /** The half minute to which a code belongs, now or just before or after; undefined for a wrong one. */
  step(secret: string, code: string, now: Date): number | undefined;
}
