/** Signing in by OAuth2 as Discord does it: what is asked, who grants it, and what a code and a token are good for. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, person, Refused } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller } from './wire.ts';

const BACK = 'https://hearth.example/sign-in/back';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let sandbox: Sandbox;
let ana: Person;

beforeAll(async () => {
  sandbox = await startSandbox({ windowFactor: 0.01 });
  sandbox.addRedirect(BACK);
  ana = await person({ ...sandbox, token: sandbox.addPerson('Ana').token });
});
beforeEach(() => sandbox.clock.turn(10_000));
afterAll(async () => {
  ana.close();
  await sandbox.stop();
});

type Fields = Readonly<Record<string, string | undefined>>;

const present = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

const wish = (changed: Fields = {}): string => {
  const query = new URLSearchParams(
    present({
      ...{ client_id: sandbox.bot.applicationId, response_type: 'code', scope: 'identify', state: 'a state' },
      ...{ redirect_uri: BACK, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...changed },
    }),
  );
  return `${sandbox.restUrl}/oauth2/authorize?${query}`;
};

const codeOf = async (changed: Fields = {}): Promise<string> =>
  new URL(await ana.authorize(wish(changed))).searchParams.get('code') ?? '';

const post = async (path: string, fields: Fields, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams(present(fields));
  const answer = await fetch(`${sandbox.restUrl}/v10${path}`, { method: 'POST', body, headers });
  const told = Object(await answer.json());
  return { status: answer.status, told };
};

const exchange = async (code: string, changed: Fields = {}, headers: Record<string, string> = {}) =>
  post(
    '/oauth2/token',
    {
      ...{ grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER },
      ...{ client_id: sandbox.bot.applicationId, client_secret: sandbox.bot.secret, ...changed },
    },
    headers,
  );

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('what an application asks for', () => {
  it('is granted with a code and the state that it gave, and nothing else', async () => {
    const back = new URL(await ana.authorize(wish({ state: 'ü & =' })));
    expect(back.origin + back.pathname).toBe(BACK);
    expect([...back.searchParams.keys()].toSorted()).toEqual(['code', 'state']);
    expect(back.searchParams.get('state')).toBe('ü & =');
  });

  it('is told as denied when somebody does not want it', async () => {
    const back = new URL(await ana.authorize(wish(), false));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'access_denied', state: 'a state' });
  });

  it.each([
    ['invalid_scope', { scope: 'identify everything' }],
    ['invalid_scope', { scope: undefined }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: undefined }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { prompt: 'login' }],
  ])('is told to it as %s when it is amiss: %j', async (error, changed) => {
    const back = new URL(await ana.authorize(wish(changed)));
    expect([back.searchParams.get('error'), back.searchParams.get('code')]).toEqual([error, null]);
  });

  it.each([
    [400, { redirect_uri: `${BACK}/` }],
    [400, { redirect_uri: `${BACK}?x=1` }],
    [400, { redirect_uri: undefined }],
    [404, { client_id: '1' }],
    [400, { colour: 'blue' }],
  ])('sends nobody anywhere (%i) when it is not clear whose it is: %j', async (status, changed) => {
    const error = await ana.authorize(wish(changed)).catch((cause: unknown) => cause);
    expect(error instanceof Refused && error.status).toBe(status);
    expect((await fetch(wish(changed), { redirect: 'manual' })).status).toBe(status);
  });

  it('is asked of a person on a page, who says who they are', async () => {
    const page = await (await fetch(wish())).text();
    expect(page).toContain('Who are you?');
    expect(page).toContain(`value="${ana.id}"`);
    expect(page).not.toContain(sandbox.bot.token);
    const sent = async (fields: Fields) =>
      fetch(wish(), { method: 'POST', redirect: 'manual', body: new URLSearchParams(present(fields)) });
    const back = (await sent({ account: ana.id, decision: 'authorize' })).headers.get('location') ?? '';
    const { told } = await exchange(new URL(back).searchParams.get('code') ?? '');
    const me = await caller(sandbox.restUrl, `Bearer ${told.access_token}`)('GET', '/users/@me');
    expect(me.body.id).toBe(ana.id);
    expect((await sent({ decision: 'cancel' })).headers.get('location')).toContain('error=access_denied');
    for (const account of [sandbox.bot.id, '1', undefined]) {
      expect((await sent({ account, decision: 'authorize' })).status).toBe(200);
    }
  });
});

describe('a code', () => {
  it('is exchanged by the application, which proves itself by its secret in the form or in the header', async () => {
    const { applicationId, secret } = sandbox.bot;
    const inForm = await exchange(await codeOf());
    expect([inForm.status, inForm.told]).toEqual([
      200,
      {
        ...{ token_type: 'Bearer', scope: 'identify', expires_in: 604_800 },
        ...{ access_token: expect.any(String), refresh_token: expect.any(String) },
      },
    ]);
    const header = basic(applicationId, secret);
    const without = { client_id: undefined, client_secret: undefined };
    expect((await exchange(await codeOf(), without, header)).status).toBe(200);
    expect((await exchange(await codeOf(), { client_secret: undefined }, header)).status).toBe(200);
  });

  it.each([
    ['another secret', { client_secret: 'wrong' }],
    ['no secret', { client_secret: undefined }],
    ['another application', { client_id: '1' }],
  ])('is kept from whoever comes with %s', async (_, changed) => {
    const code = await codeOf();
    expect(await exchange(code, changed)).toEqual({ status: 401, told: { error: 'invalid_client' } });
    // Who is not the application uses up nothing of it.
    expect((await exchange(code)).status).toBe(200);
  });

  it('is kept from whoever comes with a wrong header, or proves themselves twice', async () => {
    const { applicationId, secret } = sandbox.bot;
    for (const header of [basic(applicationId, 'wrong'), basic('1', secret), basic(applicationId, secret)]) {
      expect((await exchange(await codeOf(), {}, header)).told).toEqual({ error: 'invalid_client' });
    }
  });

  it('is good once', async () => {
    const code = await codeOf();
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toEqual({
      status: 400,
      told: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' },
    });
  });

  it('is good for 100 seconds', async () => {
    const [early, late] = [await codeOf(), await codeOf()];
    sandbox.clock.turn(99_000);
    expect((await exchange(early)).status).toBe(200);
    sandbox.clock.turn(1_001);
    expect((await exchange(late)).told.error).toBe('invalid_grant');
  });

  it.each([
    ['redirect_uri', { redirect_uri: 'https://hearth.example/' }],
    ['redirect_uri', { redirect_uri: undefined }],
    ['code_verifier', { code_verifier: 'w'.repeat(43) }],
    ['code_verifier', { code_verifier: undefined }],
    ['code', { code: 'guessed' }],
  ])('is not exchanged with another %s, nor afterwards: %j', async (field, changed) => {
    const code = await codeOf();
    const { status, told } = await exchange(code, changed);
    expect([status, told.error]).toEqual([400, 'invalid_grant']);
    expect(told.error_description).toBe(`Invalid "${field}" in request.`);
    if (field !== 'code') expect((await exchange(code)).told.error).toBe('invalid_grant');
  });

  it('that was asked for without a challenge is exchanged without a verifier alone', async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect((await exchange(await codeOf(without))).told.error).toBe('invalid_grant');
    expect((await exchange(await codeOf(without), { code_verifier: undefined })).status).toBe(200);
  });

  it.each([
    ['invalid_request', { colour: 'blue' }],
    ['unsupported_grant_type', { grant_type: 'password' }],
    ['unsupported_grant_type', { grant_type: undefined }],
  ])('is refused as %s with what is not known: %j', async (error, changed) => {
    expect((await exchange(await codeOf(), changed)).told.error).toBe(error);
  });

  it('is not taken as JSON', async () => {
    const call = caller(sandbox.restUrl, null);
    expect((await call('POST', '/oauth2/token', { code: await codeOf() })).status).toBe(400);
  });
});

describe('a bearer token', () => {
  const tokenFor = async (scope: string): Promise<string> =>
    (await exchange(await codeOf({ scope }))).told.access_token;
  const as = (token: string) => caller(sandbox.restUrl, `Bearer ${token}`);

  it('tells who somebody is, and of them no more than they let be known', async () => {
    const { status, body } = await as(await tokenFor('identify'))('GET', '/users/@me');
    expect([status, body.id, body.email]).toEqual([200, ana.id, undefined]);
    expect((await as(await tokenFor('identify email'))('GET', '/users/@me')).body).toHaveProperty('email');
  });

  it('opens nothing but what it was granted for', async () => {
    const token = await tokenFor('identify');
    for (const path of ['/users/@me/guilds', `/guilds/${sandbox.guild.id}`, `/users/${ana.id}`]) {
      expect([path, (await as(token)('GET', path)).status]).toEqual([path, 401]);
    }
    expect((await as(await tokenFor('guilds'))('GET', '/users/@me/guilds')).status).toBe(200);
    expect((await as(await tokenFor('guilds'))('GET', '/users/@me')).status).toBe(401);
  });

  it('is worth nothing once it is given back, and only its application gives it back', async () => {
    const token = await tokenFor('identify');
    const client = { client_id: sandbox.bot.applicationId, client_secret: sandbox.bot.secret };
    const wrong = await post('/oauth2/token/revoke', { ...client, client_secret: 'wrong', token });
    expect([wrong.status, (await as(token)('GET', '/users/@me')).status]).toEqual([401, 200]);
    expect((await post('/oauth2/token/revoke', { ...client, token })).status).toBe(200);
    expect((await as(token)('GET', '/users/@me')).status).toBe(401);
  });

  it('ends after a week', async () => {
    const token = await tokenFor('identify');
    sandbox.clock.turn(604_801_000);
    expect((await as(token)('GET', '/users/@me')).status).toBe(401);
  });
});
