/** Keeps the page to the browser of this machine: no other site may read or do anything through it. */
import type { IncomingMessage } from 'node:http';

const HERE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Whether a request names this machine as its host; a name of somebody else's that leads here does not. */
export const isForHere = ({ headers }: IncomingMessage): boolean => HERE.test(headers.host ?? '');

/** Whether what is asked for comes from the page itself. */
export const isFromPage = ({ headers }: IncomingMessage): boolean => {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  return (origin === undefined || origin === `http://${host}`) && (site ?? 'same-origin') === 'same-origin';
};

/** What a browser is told with everything: it runs, loads and shows nothing of anybody else's. */
export const headersFor = (host: string): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `connect-src 'self' ws://${host}`,
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
});
