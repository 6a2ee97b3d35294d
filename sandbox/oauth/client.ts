/** Keeps how an application proves that it is itself, where it exchanges codes and gives tokens back. */
import type { Answer } from '../rest/route.ts';
import type { Application, World } from '../world.ts';

/** The errors that OAuth2 has, in its own form. */
export type OAuthError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** A refusal in the form of OAuth2. */
export const failure = (error: OAuthError, description?: string): Answer => ({
  status: error === 'invalid_client' ? 401 : 400,
  body: { error, ...(description !== undefined && { error_description: description }) },
});

/** The fields of a form, when it has no others, and each once. */
export const fieldsIn = (
  body: unknown,
  known: readonly string[],
): ReadonlyMap<string, string> | { readonly wrong: string } => {
  const fields = new Map<string, string>();
  for (const [key, value] of Object.entries(Object(body))) {
    if (!known.includes(key)) return { wrong: key };
    if (typeof value !== 'string') return { wrong: key };
    fields.set(key, value);
  }
  return fields;
};

const byBasic = (header: string): [id: string, secret: string] | undefined => {
  const [, encoded] = /^Basic (\S+)$/.exec(header) ?? [];
  const [id, secret] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':')
    .map(decodeURIComponent);
  return id !== undefined && secret !== undefined ? [id, secret] : undefined;
};

/** The application that asks: by its id and secret in the form, or in the header, and not in both. */
export const clientOf = (
  world: World,
  authorization: string | null,
  fields: ReadonlyMap<string, string>,
): Application | undefined => {
  const inBody = fields.get('client_secret');
  const inHeader = authorization === null ? undefined : byBasic(authorization);
  if (authorization !== null && (inHeader === undefined || inBody !== undefined)) return undefined;
  const [id, secret] = inHeader ?? [fields.get('client_id'), inBody];
  const named = fields.get('client_id');
  if (named !== undefined && named !== id) return undefined;
  const application = world.applications.get(id ?? '');
  return application && application.secret === secret ? application : undefined;
};
