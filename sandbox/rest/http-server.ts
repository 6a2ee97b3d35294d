/** Keeps the REST side: from a request to a route, through tokens, limits and faults, to an answer on the record. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError, refuse } from '../errors.ts';
import { isConsent, serveConsent } from '../oauth/consent.ts';
import type { Transcript } from '../transcript.ts';
import type { World } from '../world.ts';
import { RateLimited, type RateLimits } from './rate-limits.ts';
import type { RestFaults } from './rest-faults.ts';
import {
  actorOf,
  apiPath,
  callOf,
  grantOf,
  newRequest,
  type RestRequest,
  reasonOf,
  requireKnownQuery,
} from './rest-request.ts';
import type { Answer, Route } from './route.ts';
import { type FindRoute, type RouteMatch, startRouter } from './router.ts';

/** What the REST side is made of. */
export type RestParts = {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly limits: RateLimits;
  readonly transcript: Transcript;
  readonly faults: RestFaults;
  /** Answers what is asked of the page, when there is one. */
  readonly page?: (incoming: IncomingMessage, response: ServerResponse) => boolean;
};

type Rest = RestParts & { readonly findRoute: FindRoute };

const work = async ({ world, limits }: Rest, request: RestRequest, match: RouteMatch): Promise<Answer> => {
  const { route } = match;
  const call = await callOf(world, request, match, limits.spend);
  if (route.open) return await route.handle(call);
  const { actor } = request;
  if (!actor) throw refuse('unauthorized');
  return await route.handle({ ...call, actor, scopes: request.scopes });
};

const run = async (rest: Rest, request: RestRequest): Promise<Answer> => {
  const { world, limits, faults, findRoute } = rest;
  const match = findRoute(request.method, apiPath(request.url));
  request.match = match;
  const actor = actorOf(world, match, request.incoming);
  request.actor = actor;
  request.scopes = match.route.open ? null : (grantOf(world, match.route, request.incoming)?.scopes ?? null);
  await faults.pass(match.route, actor, 'before');
  faults.fail(match.route, actor, 'before');
  limits.take(match.route, match.major, actor?.id ?? match.major, request.headers);
  requireKnownQuery(match.route, request.url.searchParams);
  const answer = await work(rest, request, match);
  await faults.pass(match.route, actor, 'after');
  faults.fail(match.route, actor, 'after');
  return answer;
};

const refused = ({ limits }: Rest, request: RestRequest, error: unknown): Answer => {
  if (error instanceof RateLimited) Object.assign(request.headers, error.headers());
  if (error instanceof ApiError) {
    if ([401, 403, 429].includes(error.status)) limits.invalid(request.actor?.id ?? 'nobody');
    return { status: error.status, body: error.body() };
  }
  // A client that died before it was heard is nobody's failure.
  if (request.incoming.socket.destroyed) return { status: 499, body: undefined };
  console.error('the sandbox itself failed:', request.method, request.url.pathname, error);
  return { status: 500, body: refuse('internal').body() };
};

const codeOf = (body: unknown): number | null => {
  const code: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'code') : null;
  return typeof code === 'number' ? code : null;
};

const note = ({ world, transcript }: Rest, request: RestRequest, { status, body }: Answer): void =>
  transcript.addCall({
    at: world.clock.now(),
    method: request.method,
    route: request.match?.route.path ?? null,
    path: request.url.pathname,
    who: request.actor?.id ?? null,
    body: request.body,
    status,
    code: status >= 400 ? codeOf(body) : null,
    reason: reasonOf(request.incoming),
  });

const write = (response: ServerResponse, { status, body }: Answer, headers: Record<string, string>): void => {
  // Discord's answers all come through its proxy; clients tell its own refusals from the proxy's by this.
  response.writeHead(status, {
    ...headers,
    Via: '1.1 sandbox',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

const serve = async (rest: Rest, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const request = newRequest(incoming);
  const answer = await run(rest, request).catch((error: unknown) => refused(rest, request, error));
  note(rest, request, answer);
  write(response, answer, request.headers);
  answer.after?.();
};

// What Discord's content network would serve: no token, only the address, whose signature nobody can guess: it is
// known to those alone who were shown the message.
const FILE = /^\/(?:ephemeral-)?attachments\/\d+\/(\d+)\/[^/?]+\?hm=([\da-f]+)$/;

const serveFile = ({ world }: Rest, incoming: IncomingMessage, response: ServerResponse): boolean => {
  const url = incoming.url ?? '';
  if (!/^\/(?:ephemeral-)?attachments\//.test(url)) return false;
  const [, id = '', secret] = FILE.exec(url) ?? [];
  const file = world.files.get(id);
  if (file && file.secret === secret) response.writeHead(200, { 'Content-Type': file.type }).end(file.bytes);
  else response.writeHead(404).end('This content is no longer available.');
  return true;
};

/** Starts the REST side; the server is not yet listening. */
export const startRest = (parts: RestParts): Server => {
  const rest = { ...parts, findRoute: startRouter(parts.routes) };
  return createServer((incoming, response) => {
    if (serveFile(rest, incoming, response)) return;
    if (isConsent(incoming)) {
      serveConsent(rest.world, incoming, response).catch(() => response.destroy());
      return;
    }
    if (rest.page?.(incoming, response)) return;
    serve(rest, incoming, response).catch((error: unknown) => {
      console.error('the sandbox could not answer:', error);
      response.destroy();
    });
  });
};
