/** The routes of private pages: an address, what is sent from its page, and the stylesheet. No cookie is needed. */
import { readFileSync } from 'node:fs';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../core/time.ts';
import type { Log } from '../../ports/log.ts';
import { type Notice, type PageWords, pageWordsFor } from '../../words/pages.ts';
import { type Desk, look, send, type Visit } from './answer-desk.ts';
import { type Typed, writtenIn } from './form-html.ts';
import { noticePage, PAGE_POLICY, type Page } from './page.ts';
import { sessionToken } from './sign-in-routes.ts';

export interface AnswerParts {
  readonly desk: () => Desk;
  readonly log: Log;
  /** Whether people come by HTTPS. */
  readonly encrypted: boolean;
}

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** 32 bytes in base64url. */
export const TOKEN = /^[\w-]{43}$/;

/** Bytes of what may be sent from a page: several times what all fields of one can hold. */
const MOST_SENT = 128 * 1_024;

/** Most requests for pages from one address in a minute: a group may share one. */
const PAGES_A_MINUTE = 240;

const HEADERS = { 'content-security-policy': PAGE_POLICY, 'cross-origin-opener-policy': 'same-origin' };

const NOT_FOUND = 404;
const FORBIDDEN = 403;
const TOO_LARGE = 413;
const TOO_MANY = 429;
const FAILED = 500;

interface Route {
  readonly Params: { readonly token: string };
  readonly Body: unknown;
}

/** The first language that the browser asks for. */
export const localeOf = ({ headers }: FastifyRequest): string => {
  const [first = 'en'] = (headers['accept-language'] ?? 'en').split(/[,;]/);
  return first.trim();
};

/** Sends a page, under the strict policy of pages. */
export const reply = (to: FastifyReply, { status, html }: Page): FastifyReply =>
  to.code(status).headers(HEADERS).type('text/html; charset=utf-8').send(html);

/** What a form sends: every field once or several times. */
const typedIn = (body: unknown): Typed => {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
  );
};

const visitOf = (request: FastifyRequest<Route>, encrypted: boolean): Visit => ({
  token: request.params.token,
  locale: localeOf(request),
  session: sessionToken(request, encrypted),
});

/** Browsers say so themselves; what is no browser has no form of another website. */
export const isFromElsewhere = ({ headers }: FastifyRequest): boolean =>
  ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'] ?? ''));

const tell = (
  request: FastifyRequest,
  to: FastifyReply,
  status: number,
  which: (words: PageWords) => Notice,
): FastifyReply => {
  const words = pageWordsFor(localeOf(request));
  return reply(to, noticePage(words, which(words), status, writtenIn(typedIn(request.body))));
};

const statusOf = (cause: unknown): unknown =>
  cause instanceof Error ? Reflect.get(cause, 'statusCode') : undefined;

/** A fault is told by its reference; what was asked wrongly, as what it is. */
export const onError =
  (log: Log) =>
  (cause: unknown, request: FastifyRequest, to: FastifyReply): FastifyReply => {
    const status = statusOf(cause);
    if (status === TOO_MANY) return tell(request, to, TOO_MANY, ({ tooMany }) => tooMany);
    if (status === TOO_LARGE) return tell(request, to, TOO_LARGE, ({ tooMuch }) => tooMuch);
    if (typeof status === 'number' && status < FAILED) {
      return tell(request, to, NOT_FOUND, ({ unknown }) => unknown);
    }
    const reference = log.fault('answer', cause);
    return tell(request, to, FAILED, ({ failed }) => failed(reference));
  };

/** The routes, in a scope of their own: nothing else of the server reads what is sent. */
export const answerRoutes =
  ({ desk, log, encrypted }: AnswerParts): FastifyPluginAsync =>
  async (server: FastifyInstance) => {
    await server.register(formbody, { bodyLimit: MOST_SENT });
    server.setErrorHandler(onError(log));
    const options = {
      bodyLimit: MOST_SENT,
      config: { rateLimit: { max: PAGES_A_MINUTE, timeWindow: MINUTE } },
    };
    server.get<Route>('/answer/:token', options, async (request, to) =>
      TOKEN.test(request.params.token)
        ? reply(to, await look(desk(), visitOf(request, encrypted)))
        : tell(request, to, NOT_FOUND, ({ unknown }) => unknown),
    );
    server.post<Route>('/answer/:token', options, async (request, to) => {
      if (isFromElsewhere(request)) return tell(request, to, FORBIDDEN, ({ fromElsewhere }) => fromElsewhere);
      if (!TOKEN.test(request.params.token)) return tell(request, to, NOT_FOUND, ({ unknown }) => unknown);
      return reply(to, await send(desk(), visitOf(request, encrypted), typedIn(request.body)));
    });
    server.get('/style.css', (_request, to) => to.type('text/css; charset=utf-8').send(STYLE));
  };
