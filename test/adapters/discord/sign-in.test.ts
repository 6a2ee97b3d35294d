/** Signing in by Discord's OAuth2, against the sandbox: who somebody is, and nothing more. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, person } from '../../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { discordSignIn } from '../../../src/adapters/discord/sign-in.ts';
import type { DiscordSignIn } from '../../../src/ports/discord-sign-in.ts';

const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const BACK = 'https://hearth.example/sign-in/back';

let sandbox: Sandbox;
let lena: Person;

beforeAll(async () => {
  sandbox = await startSandbox({ windowFactor: 0.01 });
  sandbox.addRedirect(BACK);
  lena = await person({ ...sandbox, token: sandbox.addPerson('Lena').token });
});
afterAll(async () => {
  lena.close();
  await sandbox.stop();
});
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.transcript.clear();
});

const signIn = (secret: string | undefined = sandbox.bot.secret, back = BACK): DiscordSignIn =>
  discordSignIn({
    apiUrl: sandbox.restUrl,
    secret,
    back: () => back,
    connected: Promise.resolve({ application: { id: sandbox.bot.applicationId } }),
  });

/** With what Lena is sent back who has granted it. */
const granted = async (): Promise<URLSearchParams> => {
  const address = (await signIn().address('the-state', CHALLENGE)) ?? '';
  return new URL(await lena.authorize(address)).searchParams;
};
const aCode = async (): Promise<string> => (await granted()).get('code') ?? '';

describe('the way to Discord', () => {
  it('asks for who somebody is alone, bound to this browser', async () => {
    const address = new URL((await signIn().address('the-state', CHALLENGE)) ?? '');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      scope: 'identify',
      state: 'the-state',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
    const page = await (await fetch(address)).text();
    expect(page).toContain('It is told: identify.');
    expect((await granted()).get('state')).toBe('the-state');
  });

  it('is none where whoever runs Hearth has given no secret', async () => {
    const parts = { apiUrl: sandbox.restUrl, secret: undefined, back: () => BACK };
    const without = discordSignIn({ ...parts, connected: Promise.resolve({ application: { id: '42' } }) });
    expect(await without.address('the-state', CHALLENGE)).toBeUndefined();
  });
});

describe('whoever comes back', () => {
  it('is told by Discord itself, and what that took is given back', async () => {
    expect(await signIn().account(await aCode(), VERIFIER)).toBe(lena.id);
    const asked = sandbox.transcript.calls().map(({ method, route, status }) => [method, route, status]);
    expect(asked.slice(-3)).toEqual([
      ['POST', '/oauth2/token', 200],
      ['GET', '/users/@me', 200],
      ['POST', '/oauth2/token/revoke', 200],
    ]);
    expect(sandbox.world.grants.bearers.size).toBe(0);
  });

  it('with another code, from another browser, or a second time, is nobody', async () => {
    expect(await signIn().account('other', VERIFIER)).toBeUndefined();
    expect(await signIn().account(await aCode(), 'w'.repeat(43))).toBeUndefined();
    const code = await aCode();
    expect(await signIn('another-secret').account(code, VERIFIER)).toBeUndefined();
    expect(await signIn().account(code, VERIFIER)).toBe(lena.id);
    expect(await signIn().account(code, VERIFIER)).toBeUndefined();
  });

  it('to an address that is not the one they left from is nobody', async () => {
    const elsewhere = signIn(sandbox.bot.secret, `${BACK}/`);
    expect(await elsewhere.account(await aCode(), VERIFIER)).toBeUndefined();
  });

  it('while Discord is away is a fault, and nobody either', async () => {
    const code = await aCode();
    sandbox.faults.serverError({ route: 'POST /oauth2/token', times: 1 });
    await expect(signIn().account(code, VERIFIER)).rejects.toThrow('Discord answered 50');
  });
});
