/** Signing in by Discord's OAuth2, against a server that answers as Discord does: who somebody is, and nothing more. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { discordSignIn } from '../../../src/adapters/discord/sign-in.ts';
import type { DiscordSignIn } from '../../../src/ports/discord-sign-in.ts';

const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const BACK = 'https://hearth.example/sign-in/back';

let server: Server;
let apiUrl: string;
let breaks = false;
const asked: { path: string; body: URLSearchParams }[] = [];

/** A code is good with the proof key, the secret and the address with which it was asked for. */
const isGood = (body: URLSearchParams): boolean =>
  body.get('code') === 'good' &&
  body.get('client_secret') === 'the-secret' &&
  body.get('redirect_uri') === BACK &&
  createHash('sha256')
    .update(body.get('code_verifier') ?? '')
    .digest('base64url') === CHALLENGE;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const path = request.url ?? '';
    asked.push({ path, body });
    const tell = (status: number, json: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (breaks) return tell(502, {});
    if (path === '/api/v10/oauth2/token') {
      return isGood(body) ? tell(200, { access_token: 'bearer' }) : tell(400, { error: 'invalid_grant' });
    }
    if (path === '/api/v10/users/@me' && request.headers.authorization === 'Bearer bearer') {
      return tell(200, { id: '100000000000000002', username: 'lena' });
    }
    return tell(path.endsWith('/revoke') ? 200 : 401, {});
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => void server.close());
beforeEach(() => {
  breaks = false;
  asked.length = 0;
});

const signIn = (secret: string | undefined = 'the-secret'): DiscordSignIn =>
  discordSignIn({
    apiUrl,
    secret,
    back: () => BACK,
    connected: Promise.resolve({ application: { id: '42' } }),
  });

describe('the way to Discord', () => {
  it('asks for who somebody is alone, bound to this browser', async () => {
    const address = new URL((await signIn().address('the-state', CHALLENGE)) ?? '');
    expect(address.href.startsWith(`${apiUrl}/oauth2/authorize?`)).toBe(true);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: '42',
      response_type: 'code',
      scope: 'identify',
      redirect_uri: BACK,
      state: 'the-state',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
  });

  it('is none where whoever runs Hearth has given no secret', async () => {
    const parts = { apiUrl, secret: undefined, back: () => BACK };
    const without = discordSignIn({ ...parts, connected: Promise.resolve({ application: { id: '42' } }) });
    expect(await without.address('the-state', CHALLENGE)).toBeUndefined();
  });
});

describe('whoever comes back', () => {
  it('is told by Discord itself, and what that took is given back', async () => {
    expect(await signIn().account('good', VERIFIER)).toBe('100000000000000002');
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v10/oauth2/token',
      '/api/v10/users/@me',
      '/api/v10/oauth2/token/revoke',
    ]);
  });

  it('with another code, or from another browser, is nobody', async () => {
    expect(await signIn().account('other', VERIFIER)).toBeUndefined();
    expect(await signIn().account('good', 'w'.repeat(43))).toBeUndefined();
    expect(await signIn('another-secret').account('good', VERIFIER)).toBeUndefined();
  });

  it('while Discord is away is a fault, and nobody either', async () => {
    breaks = true;
    await expect(signIn().account('good', VERIFIER)).rejects.toThrow('502');
  });
});
