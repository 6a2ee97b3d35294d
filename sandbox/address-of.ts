/** Reads which address a request is for, whatever somebody sent in its place. */
import type { IncomingMessage } from 'node:http';

/** Nothing is found there. */
const NOWHERE = 'http://sandbox//';

/** The address, of which the host means nothing. */
export const addressOf = ({ url = '/' }: Pick<IncomingMessage, 'url'>): URL => {
  // Two slashes at its beginning, read by themselves, name another host, or none: that would end the whole sandbox.
  const address = url.startsWith('/') ? URL.parse(`http://sandbox${url}`) : null;
  return address ?? new URL(NOWHERE);
};
