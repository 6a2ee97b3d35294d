/** Keeps what is asked of a REST request before its route runs: its path, its token, its query, its reason. */
import type { IncomingMessage } from 'node:http';
import { addressOf } from '../address-of.ts';
import { invalid, refuse } from '../errors.ts';
import { isSnowflake } from '../snowflake.ts';
import { accountIn } from '../token.ts';
import type { Grant, Scope, User, World } from '../world.ts';
import { readBody } from './request-body.ts';
import type { OpenCall, Route } from './route.ts';
import { percentDecoded, type RouteMatch } from './router.ts';

/** A request on its way, with what has been found out of it so far. */
export type RestRequest = {
  readonly method: string;
  readonly url: URL;
  readonly incoming: IncomingMessage;
  /** What the answer's headers will be. */
  readonly headers: Record<string, string>;
  match: RouteMatch | null;
  actor: User | null;
  scopes: readonly Scope[] | null;
  body: unknown;
};

/** A request of which nothing is known yet. */
export const newRequest = (incoming: IncomingMessage): RestRequest => ({
  method: incoming.method ?? 'GET',
  url: addressOf(incoming),
  incoming,
  headers: {},
  match: null,
  actor: null,
  scopes: null,
  body: undefined,
});

const PREFIX = /^\/api\/v(\d+)(\/.*)$/;

/** The path below /api/v10; another version is refused. */
export const apiPath = (url: URL): string => {
  const [, version, path] = PREFIX.exec(url.pathname) ?? [];
  if (path === undefined) throw refuse(url.pathname.startsWith('/api/') ? 'invalidApiVersion' : 'notFound');
  if (version !== '10') throw refuse('invalidApiVersion');
  return path;
};

/** X-Audit-Log-Reason, decoded; null when there is none. */
export const reasonOf = (incoming: IncomingMessage): string | null => {
  const header = incoming.headers['x-audit-log-reason'];
  return typeof header === 'string' ? percentDecoded(header) : null;
};

const shortReason = (incoming: IncomingMessage): string | null => {
  const reason = reasonOf(incoming);
  if (reason !== null && reason.length > 512)
    throw invalid(['X-Audit-Log-Reason'], 'BASE_TYPE_MAX_LENGTH', 'Must be 512 or fewer in length.');
  return reason;
};

/** The account behind an Authorization header: "Bot <token>" for bots, the bare token for people. */
const accountOf = (world: World, header: string | undefined): User => {
  const { user, isCalledBot } = accountIn(world, header);
  if (!user || user.bot !== isCalledBot) throw refuse('unauthorized');
  return user;
};

const BEARER = /^Bearer (\S+)$/;

/** What was granted to the application that calls by a bearer token; undefined without one. */
export const grantOf = (world: World, route: Route, incoming: IncomingMessage): Grant | undefined => {
  const [, token] = BEARER.exec(incoming.headers.authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  const grant = world.grants.bearers.get(token);
  const holds = grant && route.bearer && grant.scopes.includes(route.bearer);
  if (!holds || grant.expiresAt <= world.clock.now()) throw refuse('unauthorized');
  return grant;
};

/** Who calls; for a route without a token, whoever the secret in its path belongs to, if anybody. */
export const actorOf = (
  world: World,
  { route, params }: RouteMatch,
  incoming: IncomingMessage,
): User | null => {
  if (route.open) return world.users.get(route.ownerOf?.(world, params) ?? '') ?? null;
  const grant = grantOf(world, route, incoming);
  if (grant) return world.users.get(grant.userId) ?? null;
  const user = accountOf(world, incoming.headers.authorization);
  if (route.only === 'bots' && !user.bot) throw refuse('botsOnly');
  if (route.only === 'people' && user.bot) throw refuse('botsNotAllowed');
  return user;
};

/** Refuses query parameters that a route does not know. */
export const requireKnownQuery = (route: Route, query: URLSearchParams): void => {
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

/** Reads the body and gives the call as routes get it; `spend` counts against limits of their own. */
export const callOf = async (
  world: World,
  request: RestRequest,
  match: RouteMatch,
  spend: OpenCall['spend'],
): Promise<OpenCall> => {
  const { body, files } = await readBody(request.incoming, match.route.takesForm);
  request.body = body;
  return {
    world,
    param: (name) => parameter(match, name),
    query: request.url.searchParams,
    authorization: request.incoming.headers.authorization ?? null,
    body,
    files,
    reason: shortReason(request.incoming),
    now: world.clock.now(),
    spend,
  };
};
