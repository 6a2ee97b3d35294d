/** The web server: whether Hearth is well, calendars, and private pages. It tells nothing else, and logs no address. */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { MINUTE, SECOND } from '../../core/time.ts';
import type { Log } from '../../ports/log.ts';
import type { Desk } from './answer-desk.ts';
import { answerRoutes } from './answer-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

export interface WebSettings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly log: Log;
  /** Whether people reach it by HTTPS: then they are told never to come without. */
  readonly encrypted?: boolean;
}

/** What the server asks of Hearth. */
export interface Pages {
  /** Whether the database answers. */
  isWell(): Promise<boolean>;
  /** A calendar as iCalendar text, by the secret part of its address; undefined for one that opens nothing. */
  feed(token: string): Promise<string | undefined>;
  /** What private pages are answered with; asked for once Hearth is there. */
  desk(): Desk;
}

export interface WebServer {
  /** The port on which it listens. */
  readonly port: number;
  /** Everything that it answers: `GET /health` … */
  readonly routes: readonly string[];
  /** Answers what has arrived, and closes. */
  stop(): Promise<void>;
}

/** A request that takes longer is no request. */
const PATIENCE = 10 * SECOND;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const TEXT = 'text/plain; charset=utf-8';

/** The same for everything that is not there, whatever was asked. */
const nothingThere = (reply: FastifyReply): FastifyReply =>
  reply.code(404).headers(HEADERS).type(TEXT).send('Not found\n');

const tellHealth = async (isWell: Pages['isWell'], reply: FastifyReply): Promise<FastifyReply> => {
  const well = await isWell();
  return reply.code(well ? 200 : 503).send({ ok: well });
};

/** Asks once at a time, and not again within a second: however many ask, they make no more work than one. */
const seldom = (ask: () => Promise<boolean>): (() => Promise<boolean>) => {
  let answer: Promise<boolean> | undefined;
  const forget = (): void => {
    answer = undefined;
  };
  return () => {
    answer ??= ask().finally(() => void setTimeout(forget, SECOND).unref());
    return answer;
  };
};

/** Most questions for calendars that one address may put in a minute: many people may share one, and no app asks so often. */
const CALENDARS_A_MINUTE = 60;
/** Addresses that are counted; the oldest is forgotten first. Nothing of them is written down. */
const ADDRESSES_COUNTED = 10_000;
const TOO_MANY = 429;

// Answers of what is not there stay the same, however often it was asked for.
const UNTOLD = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

const LIMIT = {
  ...{ global: false, max: CALENDARS_A_MINUTE, timeWindow: MINUTE, cache: ADDRESSES_COUNTED },
  ...{ addHeaders: UNTOLD, addHeadersOnExceeding: UNTOLD },
};

const statusOf = (cause: unknown): number | undefined => {
  const status: unknown = cause instanceof Error ? Reflect.get(cause, 'statusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
};

const tooMany = (reply: FastifyReply): FastifyReply =>
  reply
    .code(TOO_MANY)
    .type(TEXT)
    .send('This calendar was asked for too often from your address. Please try again in a minute.\n');

/** What was asked cannot be understood, or is too large: nothing of Hearth failed. */
const isOfAsker = (cause: unknown): boolean => {
  const status = statusOf(cause);
  return status !== undefined && status >= 400 && status < 500;
};

/** 32 bytes in base64url. */
const FEED = /^([\w-]{43})\.ics$/;

const knows = (request: FastifyRequest, tag: string): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(',')
    .some((each) => [tag, '*'].includes(each.trim().replace(/^W\//, '')));

const tellFeed = async (
  { feed }: Pages,
  request: FastifyRequest<{ Params: { file: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const [, token] = FEED.exec(request.params.file) ?? [];
  const text = token === undefined ? undefined : await feed(token);
  if (text === undefined) return nothingThere(reply);
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.header('etag', tag);
  return knows(request, tag) ? reply.code(304).send() : reply.type('text/calendar; charset=utf-8').send(text);
};

/** Seconds for which browsers remember to come by HTTPS alone: half a year. */
const ONLY_ENCRYPTED = { 'strict-transport-security': 'max-age=15552000' };

const makeServer = async (
  { log, encrypted = false }: Pick<WebSettings, 'log' | 'encrypted'>,
  pages: Pages,
): Promise<{ readonly server: FastifyInstance; readonly routes: readonly string[] }> => {
  const routes: string[] = [];
  const headers = { ...HEADERS, ...(encrypted && ONLY_ENCRYPTED) };
  const server = Fastify({
    logger: false,
    requestTimeout: PATIENCE,
    connectionTimeout: PATIENCE,
    // Whoever stands between on this machine or in a network of its own tells for which address it asks; nobody else is believed.
    trustProxy: ['loopback', 'uniquelocal'],
    // Nothing that is sent is read.
    bodyLimit: 1,
    // An address that cannot even be read is not there, like every other.
    frameworkErrors: (_error, _request, reply) => void nothingThere(reply),
  });
  server.addHook('onRoute', ({ method, url }) => void routes.push(`${method} ${url}`));
  server.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
  server.setNotFoundHandler((_request, reply) => nothingThere(reply));
  server.setErrorHandler((cause: unknown, _request, reply) => {
    if (statusOf(cause) === TOO_MANY) return tooMany(reply);
    if (isOfAsker(cause)) return nothingThere(reply);
    const reference = log.fault('web', cause);
    return reply.code(500).type(TEXT).send(`Something went wrong (${reference})\n`);
  });
  // Known before the routes are, or it would see none of them.
  await server.register(rateLimit, LIMIT);
  const isWell = seldom(pages.isWell);
  server.get('/health', (_request, reply) => tellHealth(isWell, reply));
  const limited = { config: { rateLimit: {} } };
  server.get<{ Params: { file: string } }>('/calendar/:file', limited, (request, reply) =>
    tellFeed(pages, request, reply),
  );
  await server.register(cookie);
  await server.register(signInRoutes({ desk: pages.desk, log, encrypted }));
  await server.register(answerRoutes({ desk: pages.desk, log, encrypted }));
  return { server, routes };
};

/** Listens; throws with Node's own code (`EADDRINUSE`, `EACCES` …) when it cannot. */
export const startWeb = async (
  { host, port, ...settings }: WebSettings,
  pages: Pages,
): Promise<WebServer> => {
  const { server, routes } = await makeServer(settings, pages);
  await server.listen({ host, port });
  // A server that listens on a host and a port has an address of this kind.
  const address = server.server.address() as AddressInfo;
  return { port: address.port, routes, stop: () => server.close() };
};
