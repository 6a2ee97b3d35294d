/** Keeps how somebody lets an application know who they are: what it asks for, and with what they are sent back to it. */
import { randomBytes } from 'node:crypto';
import { invalid, refuse } from '../errors.ts';
import type { Application, Scope, Snowflake, World } from '../world.ts';

/** What an application asks of whoever it sends. */
export type Wish = {
  readonly application: Application;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly Scope[];
  /** SHA-256, in base64url, of what the exchange of the code must bring. */
  readonly challenge: string | null;
};

/** What is wrong with a wish, as the application is told it. */
type Fault = { readonly error: string; readonly description: string };

/** What may stand in the address to which an application sends people. */
export const WISHED: readonly string[] = [
  ...['client_id', 'response_type', 'scope', 'redirect_uri', 'state', 'prompt'],
  ...['code_challenge', 'code_challenge_method'],
];
const SCOPES: readonly Scope[] = ['identify', 'email', 'guilds'];
const CHALLENGE = /^[\w-]{43}$/;

/** What cannot be told to the application: who it is, and where people are sent back to. */
const readClient = (world: World, query: URLSearchParams): [Application, string] => {
  for (const key of query.keys()) {
    if (!WISHED.includes(key)) throw invalid([key], 'UNKNOWN_FIELD', 'This parameter is not known here.');
    if (query.getAll(key).length > 1) throw invalid([key], 'DUPLICATE', 'This parameter is given twice.');
  }
  const application = world.applications.get(query.get('client_id') ?? '');
  if (!application) throw refuse('unknownApplication');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!application.redirects.has(redirectUri)) {
    throw invalid(['redirect_uri'], 'INVALID_REDIRECT_URI', 'Invalid OAuth2 redirect_uri');
  }
  return [application, redirectUri];
};

const faultIn = (query: URLSearchParams): Fault | undefined => {
  const [method, challenge] = [query.get('code_challenge_method'), query.get('code_challenge')];
  if (query.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', description: 'Only "code" is given here.' };
  }
  if ((challenge === null) !== (method === null)) {
    return { error: 'invalid_request', description: 'A code challenge comes with its method.' };
  }
  if (challenge !== null && (method !== 'S256' || !CHALLENGE.test(challenge))) {
    return { error: 'invalid_request', description: 'The code challenge must be that of S256.' };
  }
  if (!['none', 'consent', null].includes(query.get('prompt'))) {
    return { error: 'invalid_request', description: 'There is no such prompt.' };
  }
  return undefined;
};

const scopesIn = (query: URLSearchParams): readonly Scope[] | undefined => {
  const asked = (query.get('scope') ?? '').split(' ').filter((each) => each !== '');
  const known = SCOPES.filter((scope) => asked.includes(scope));
  return asked.length > 0 && asked.length === known.length ? known : undefined;
};

/** Where somebody is sent back to, with what the application is told. */
const sentBack = (
  { redirectUri, state }: Pick<Wish, 'redirectUri' | 'state'>,
  told: Readonly<Record<string, string>>,
): string => {
  const address = new URL(redirectUri);
  for (const [key, value] of Object.entries(told)) address.searchParams.set(key, value);
  if (state !== null) address.searchParams.set('state', state);
  return address.href;
};

const faulted = (to: Pick<Wish, 'redirectUri' | 'state'>, { error, description }: Fault): string =>
  sentBack(to, { error, error_description: description });

/** Reads a wish; where something is wrong that its application may be told, where to go with that. Throws otherwise. */
export const readWish = (world: World, query: URLSearchParams): Wish | { readonly location: string } => {
  const [application, redirectUri] = readClient(world, query);
  const to = { redirectUri, state: query.get('state') };
  const fault = faultIn(query);
  if (fault) return { location: faulted(to, fault) };
  const scopes = scopesIn(query);
  if (!scopes) {
    const description = 'The requested scope is invalid, unknown, or malformed.';
    return { location: faulted(to, { error: 'invalid_scope', description }) };
  }
  return { ...to, application, scopes, challenge: query.get('code_challenge') };
};

/** A code is good for 100 seconds. */
const CODE_MS = 100_000;

/** A secret of 30 letters and digits. */
export const newSecret = (): string => randomBytes(15).toString('hex');

/** Where somebody goes who has granted it: with a code. */
export const granted = (world: World, wish: Wish, userId: Snowflake): string => {
  const code = newSecret();
  const { application, redirectUri, scopes, challenge } = wish;
  const expiresAt = world.clock.now() + CODE_MS;
  world.grants.codes.set(code, {
    ...{ applicationId: application.id, userId, scopes },
    ...{ redirectUri, challenge, expiresAt },
  });
  return sentBack(wish, { code });
};

/** Where somebody goes who has not. */
export const denied = (wish: Wish): string =>
  faulted(wish, {
    error: 'access_denied',
    description: 'The resource owner or authorization server denied the request',
  });
