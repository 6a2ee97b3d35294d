/** The scope that all routes of pages share: what is sent is a form of our own, errors are told on a page, and tries are counted. */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../core/time.ts';
import type { Log } from '../../ports/log.ts';
import { type Notice, type PageWords, pageWordsFor } from '../../words/pages.ts';
import type { Desk } from './answer-desk.ts';
import { type Typed, writtenIn } from './form-html.ts';
import { noticePage, PAGE_POLICY, type Page } from './page.ts';

/** What the routes of pages work with. */
export interface PageParts {
  readonly desk: () => Desk;
  readonly log: Log;
  /** Whether people come by HTTPS. */
  readonly encrypted: boolean;
}

export interface PageLimits {
  /** Bytes of what may be sent. */
  readonly mostSent: number;
  /** Most requests from one address in a minute. */
  readonly aMinute: number;
}

/** What each route of the scope is registered with. */
export interface RouteOptions {
  readonly bodyLimit: number;
  readonly config: { readonly rateLimit: { readonly max: number; readonly timeWindow: number } };
}

const HEADERS = { 'content-security-policy': PAGE_POLICY, 'cross-origin-opener-policy': 'same-origin' };

const NOT_FOUND = 404;
const FORBIDDEN = 403;
const TOO_LARGE = 413;
const TOO_MANY = 429;
const FAILED = 500;

/** The first language that the browser asks for. */
export const localeOf = ({ headers }: FastifyRequest): string => {
  const [first = 'en'] = (headers['accept-language'] ?? 'en').split(/[,;]/);
  return first.trim();
};

/** Sends a page, under the strict policy of pages. */
export const reply = (to: FastifyReply, { status, html }: Page): FastifyReply =>
  to.code(status).headers(HEADERS).type('text/html; charset=utf-8').send(html);

/** What a form sends: every field once or several times. */
export const typedIn = (body: unknown): Typed => {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
  );
};

const tell = (
  request: FastifyRequest,
  to: FastifyReply,
  status: number,
  which: (words: PageWords) => Notice,
): FastifyReply => {
  const words = pageWordsFor(localeOf(request));
  return reply(to, noticePage(words, which(words), status, writtenIn(typedIn(request.body))));
};

/** Tells that there is no such page, and gives back what was sent to it. */
export const tellUnknown = (request: FastifyRequest, to: FastifyReply): FastifyReply =>
  tell(request, to, NOT_FOUND, ({ unknown }) => unknown);

/** Browsers say so themselves; what is no browser has no form of another website. */
const isFromElsewhere = ({ method, headers }: FastifyRequest): boolean =>
  method === 'POST' && ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'] ?? ''));

const statusOf = (cause: unknown): unknown =>
  cause instanceof Error ? Reflect.get(cause, 'statusCode') : undefined;

/** A fault is told by its reference; what was asked wrongly, as what it is. */
const onError =
  (log: Log) =>
  (cause: unknown, request: FastifyRequest, to: FastifyReply): FastifyReply => {
    const status = statusOf(cause);
    if (status === TOO_MANY) return tell(request, to, TOO_MANY, ({ tooMany }) => tooMany);
    if (status === TOO_LARGE) return tell(request, to, TOO_LARGE, ({ tooMuch }) => tooMuch);
    if (typeof status === 'number' && status < FAILED) return tellUnknown(request, to);
    const reference = log.fault('answer', cause);
    return tell(request, to, FAILED, ({ failed }) => failed(reference));
  };

/** Routes in a scope of their own: nothing else of the server reads what is sent. */
export const pageScope =
  (
    log: Log,
    { mostSent, aMinute }: PageLimits,
    add: (server: FastifyInstance, options: RouteOptions) => void,
  ): FastifyPluginAsync =>
  async (server) => {
    await server.register(formbody, { bodyLimit: mostSent });
    server.setErrorHandler(onError(log));
    server.addHook('preHandler', async (request, to) =>
      isFromElsewhere(request)
        ? tell(request, to, FORBIDDEN, ({ fromElsewhere }) => fromElsewhere)
        : undefined,
    );
    add(server, {
      bodyLimit: mostSent,
      config: { rateLimit: { max: aMinute, timeWindow: MINUTE } },
    });
  };
