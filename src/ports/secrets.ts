/** Secrets that nobody can guess, and what is kept of them instead. */
export interface Secrets {
  /** 32 random bytes, in base64url. */
  make(): string;
  /** SHA-256 of a secret, in hexadecimal: the secret cannot be found from it. */
  digest(secret: string): string;
}
