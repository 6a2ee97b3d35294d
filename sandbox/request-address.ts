/** Reads what a request asks for, of whoever sends it. */
import type { IncomingMessage } from 'node:http';

const BASE = 'http://sandbox';

/** What is no address at all, as “//” is none, asks for what is not there. */
export const addressOf = ({ url = '/' }: IncomingMessage): URL =>
  URL.parse(url, BASE) ?? new URL('/nothing', BASE);
