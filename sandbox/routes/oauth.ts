/** Keeps the routes of OAuth2: granting by a client, exchanging a code for a bearer token, and giving that back. */
import { createHash } from 'node:crypto';
import { flag, object, optional, parse, text } from '../check/schema.ts';
import { denied, granted, newSecret, readWish, WISHED } from '../oauth/authorization.ts';
import { clientOf, failure, fieldsIn } from '../oauth/client.ts';
import { type Answer, type Call, type OpenCall, ok, type Route } from '../rest/route.ts';
import type { Application, CodeGrant, Grant } from '../world.ts';

const CLIENT = ['client_id', 'client_secret'];
const EXCHANGE = ['grant_type', 'code', 'redirect_uri', 'code_verifier', ...CLIENT];
const REVOKE = ['token', 'token_type_hint', ...CLIENT];

/** A bearer token is good for a week. */
const BEARER_SECONDS = 604_800;

const decide = ({ world, actor, query, body }: Call): Answer => {
  const { authorize } = parse(object({ authorize: flag, permissions: optional(text()) }), body);
  const wish = readWish(world, query);
  if ('location' in wish) return ok(wish);
  return ok({ location: authorize ? granted(world, wish, actor.id) : denied(wish) });
};

type Fields = ReadonlyMap<string, string>;

/** Runs what only the application itself may ask for, with the fields of its form. */
const asClient = (
  { world, authorization, body }: OpenCall,
  known: readonly string[],
  run: (application: Application, fields: Fields) => Answer,
): Answer => {
  const fields = fieldsIn(body, known);
  if ('wrong' in fields) return failure('invalid_request', `Invalid "${fields.wrong}" in request.`);
  const application = clientOf(world, authorization, fields);
  return application ? run(application, fields) : failure('invalid_client');
};

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** A verifier that nobody asked for is as wrong as none where one was. */
const isProved = ({ challenge }: CodeGrant, verifier: string | undefined): boolean =>
  challenge === null ? verifier === undefined : verifier !== undefined && challengeOf(verifier) === challenge;

const handOver = ({ world }: OpenCall, { applicationId, userId, scopes }: Grant): Answer => {
  const token = newSecret();
  const expiresAt = world.clock.now() + BEARER_SECONDS * 1_000;
  world.grants.bearers.set(token, { applicationId, userId, scopes, expiresAt });
  return ok({
    token_type: 'Bearer',
    access_token: token,
    expires_in: BEARER_SECONDS,
    // As Discord does; nobody here needs it, and nothing takes it.
    refresh_token: newSecret(),
    scope: scopes.join(' '),
  });
};

const exchange = (call: OpenCall): Answer =>
  asClient(call, EXCHANGE, (application, fields) => {
    const { world, now } = call;
    if (fields.get('grant_type') !== 'authorization_code') return failure('unsupported_grant_type');
    const code = fields.get('code') ?? '';
    const grant = world.grants.codes.get(code);
    if (!grant || grant.applicationId !== application.id || grant.expiresAt <= now) {
      return failure('invalid_grant', 'Invalid "code" in request.');
    }
    // Whatever comes of it: a code is tried once.
    world.grants.codes.delete(code);
    if (fields.get('redirect_uri') !== grant.redirectUri) {
      return failure('invalid_grant', 'Invalid "redirect_uri" in request.');
    }
    if (!isProved(grant, fields.get('code_verifier'))) {
      return failure('invalid_grant', 'Invalid "code_verifier" in request.');
    }
    return handOver(call, grant);
  });

const giveBack = (call: OpenCall): Answer =>
  asClient(call, REVOKE, (application, fields) => {
    const { bearers } = call.world.grants;
    const token = fields.get('token') ?? '';
    if (bearers.get(token)?.applicationId === application.id) bearers.delete(token);
    return ok({});
  });

/** Routes of OAuth2. */
export const oauthRoutes: Route[] = [
  {
    method: 'POST',
    path: '/oauth2/authorize',
    only: 'people',
    query: WISHED,
    handle: decide,
  },
  { method: 'POST', path: '/oauth2/token', open: true, takesForm: true, handle: exchange },
  { method: 'POST', path: '/oauth2/token/revoke', open: true, takesForm: true, handle: giveBack },
];
