// Keeps the REST side: from a request to a route, through tokens, limits and faults, to an answer on the record.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, invalid, refuse } from './errors.ts';
import type { RestFaults } from './faults.ts';
import { RateLimited, type RateLimits } from './rate-limits.ts';
import { readBody } from './request-body.ts';
import type { Answer, Call, OpenCall, Route } from './route.ts';
import { percentDecoded, type RouteMatch, startRouter } from './router.ts';
import { isSnowflake } from './snowflake.ts';
import type { Transcript } from './transcript.ts';
import type { User, World } from './world.ts';

/** What the REST side is made of. */
export type RestParts = {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly limits: RateLimits;
  readonly transcript: Transcript;
  readonly faults: RestFaults;
};

/** Everything about one request that is known before its route runs. */
type Request = {
  readonly method: string;
  readonly url: URL;
  readonly incoming: IncomingMessage;
  readonly headers: Record<string, string>;
  match: RouteMatch | null;
  actor: User | null;
  body: unknown;
};

// What Discord's content network would serve: no token, only the address.
const FILE = /^\/attachments\/\d+\/(\d+)\//;
const PREFIX = /^\/api\/v(\d+)(\/.*)$/;

const pathOf = (url: URL): string => {
  const [, version, path] = PREFIX.exec(url.pathname) ?? [];
  if (path === undefined) throw refuse(url.pathname.startsWith('/api/') ? 'invalidApiVersion' : 'notFound');
  if (version !== '10') throw refuse('invalidApiVersion');
  return path;
};

const reasonOf = (incoming: IncomingMessage): string | null => {
  const header = incoming.headers['x-audit-log-reason'];
  if (typeof header !== 'string') return null;
  const reason = percentDecoded(header);
  if (reason.length > 512)
    throw invalid(['X-Audit-Log-Reason'], 'BASE_TYPE_MAX_LENGTH', 'Must be 512 or fewer in length.');
  return reason;
};

/** The account behind an Authorization header: "Bot <token>" for bots, the bare token for people. */
const actorOf = (world: World, header: string | undefined): User => {
  const [, prefix, token] = /^(Bot )?(\S+)$/.exec(header ?? '') ?? [];
  const user = [...world.users.values()].find((candidate) => candidate.token === token);
  if (!user || user.bot !== (prefix !== undefined)) throw refuse('unauthorized');
  return user;
};

const requireActor = (route: Route, user: User): User => {
  if (route.only === 'bots' && !user.bot) throw refuse('botsOnly');
  if (route.only === 'people' && user.bot) throw refuse('botsNotAllowed');
  return user;
};

const requireKnownQuery = (route: Route, query: URLSearchParams): void => {
  for (const key of query.keys())
    if (!route.query?.includes(key))
      throw invalid([key], 'UNKNOWN_FIELD', 'This parameter is not known here.');
};

// These stand for texts; everything else in a path is an id.
const TEXT_PARAMETERS = new Set(['token', 'code', 'emoji']);

const parameter = (match: RouteMatch, name: string): string => {
  const value = match.params[name];
  if (value === undefined) throw new Error(`${match.route.path} has no parameter ${name}`);
  if (TEXT_PARAMETERS.has(name) || isSnowflake(value) || value.startsWith('@')) return value;
  throw invalid([`${name}_id`], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`);
};

/** Starts the REST side; the server is not yet listening. */
export const startRest = ({ world, routes, limits, transcript, faults }: RestParts): Server => {
  const findRoute = startRouter(routes);

  const openCall = async (request: Request, match: RouteMatch): Promise<OpenCall> => {
    const { body, files } = await readBody(request.incoming);
    request.body = body;
    return {
      world,
      param: (name) => parameter(match, name),
      query: request.url.searchParams,
      body,
      files,
      reason: reasonOf(request.incoming),
      now: world.clock.now(),
      spend: limits.spend,
    };
  };

  const run = async (request: Request): Promise<Answer> => {
    const match = findRoute(request.method, pathOf(request.url));
    const { route } = match;
    request.match = match;
    request.actor = route.open
      ? (world.users.get(route.ownerOf?.(world, match.params) ?? '') ?? null)
      : requireActor(route, actorOf(world, request.incoming.headers.authorization));
    const who = request.actor?.id ?? match.major;
    await wait(faults.delayOf(route, request.actor));
    faults.fail(route, request.actor, 'before');
    limits.take(route, match.major, who, request.headers);
    requireKnownQuery(route, request.url.searchParams);
    const answer = await work(request, match);
    faults.fail(route, request.actor, 'after');
    return answer;
  };
  const work = async (request: Request, match: RouteMatch): Promise<Answer> => {
    const open = await openCall(request, match);
    if (match.route.open) return await match.route.handle(open);
    const { actor } = request;
    if (!actor) throw refuse('unauthorized');
    const call: Call = { ...open, actor };
    return await match.route.handle(call);
  };

  const refused = (request: Request, error: unknown): Answer => {
    if (error instanceof RateLimited) Object.assign(request.headers, error.headers());
    if (error instanceof ApiError) {
      if ([401, 403, 429].includes(error.status)) limits.invalid(request.actor?.id ?? 'nobody');
      return { status: error.status, body: error.body() };
    }
    console.error('the sandbox itself failed:', request.method, request.url.pathname, error);
    return { status: 500, body: refuse('internal').body() };
  };

  const note = (request: Request, { status, body }: Answer): void =>
    transcript.addCall({
      at: world.clock.now(),
      method: request.method,
      route: request.match?.route.path ?? null,
      path: request.url.pathname,
      who: request.actor?.id ?? null,
      body: request.body,
      status,
      code: status >= 400 ? codeOf(body) : null,
      reason: reasonOrNull(request.incoming),
    });

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://sandbox');
    const request: Request = {
      method: incoming.method ?? 'GET',
      url,
      incoming,
      headers: {},
      match: null,
      actor: null,
      body: undefined,
    };
    const answer = await run(request).catch((error: unknown) => refused(request, error));
    note(request, answer);
    write(response, answer, request.headers);
    answer.after?.();
  };

  return createServer((incoming, response) => {
    const file = world.files.get(FILE.exec(incoming.url ?? '')?.[1] ?? '');
    if (file) {
      response.writeHead(200, { 'Content-Type': file.type }).end(file.bytes);
      return;
    }
    serve(incoming, response).catch((error: unknown) => {
      console.error('the sandbox could not answer:', error);
      response.destroy();
    });
  });
};

const codeOf = (body: unknown): number | null => {
  const code: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'code') : null;
  return typeof code === 'number' ? code : null;
};

const reasonOrNull = (incoming: IncomingMessage): string | null => {
  const header = incoming.headers['x-audit-log-reason'];
  return typeof header === 'string' ? percentDecoded(header) : null;
};

const write = (response: ServerResponse, { status, body }: Answer, headers: Record<string, string>): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Discord's answers all come through its proxy; clients tell its own refusals from the proxy's by this.
  response.setHeader('Via', '1.1 sandbox');
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
};
