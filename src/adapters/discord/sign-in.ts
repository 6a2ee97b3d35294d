/** Signing in by Discord's OAuth2: a code, bound to the browser by state and proof key, for no more than who somebody is. */

import type { DiscordSignIn } from '../../ports/discord-sign-in.ts';
import type { Connected } from './client.ts';

export interface SignInParts {
  /** Discord's REST address without the version. */
  readonly apiUrl: string;
  /** Of the application; without it nobody can sign in. */
  readonly secret: string | undefined;
  /** Where Discord sends the browser back to. */
  readonly back: () => string;
  readonly connected: Promise<Pick<Connected, 'application'>>;
}

/** Milliseconds: a browser waits for it. */
const PATIENCE = 10_000;

const VERSION = 'v10';

const asJson = async (answer: Response): Promise<Readonly<Record<string, unknown>> | undefined> => {
  if (answer.status >= 500) throw new Error(`Discord answered ${answer.status}`);
  const body: unknown = answer.ok ? await answer.json() : undefined;
  return typeof body === 'object' && body !== null ? { ...body } : undefined;
};

/** The port, over Discord's OAuth2. */
export const discordSignIn = ({ apiUrl, secret, back, connected }: SignInParts): DiscordSignIn => {
  const api = `${apiUrl}/${VERSION}`;
  const ask = (path: string, init: RequestInit) =>
    fetch(`${api}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE) }).then(asJson);
  return {
    address: async (state, challenge) => {
      if (secret === undefined) return undefined;
      const { application } = await connected;
      const query = new URLSearchParams({
        ...{ client_id: application.id, response_type: 'code', scope: 'identify', prompt: 'none' },
        ...{ redirect_uri: back(), state, code_challenge: challenge, code_challenge_method: 'S256' },
      });
      return `${apiUrl}/oauth2/authorize?${query}`;
    },
    account: async (code, verifier) => {
      const { application } = await connected;
      const body = new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, redirect_uri: back(), code_verifier: verifier },
        ...{ client_id: application.id, client_secret: secret ?? '' },
      });
      const granted = await ask('/oauth2/token', { method: 'POST', body });
      if (!granted) return undefined;
      const authorization = `Bearer ${String(granted['access_token'])}`;
      const me = await ask('/users/@me', { headers: { authorization } });
      // Who somebody is was all that it was for.
      const revoked = new URLSearchParams({
        ...{ token: String(granted['access_token']), client_id: application.id, client_secret: secret ?? '' },
      });
      await ask('/oauth2/token/revoke', { method: 'POST', body: revoked }).catch(() => undefined);
      return me === undefined ? undefined : String(me['id']);
    },
  };
};
