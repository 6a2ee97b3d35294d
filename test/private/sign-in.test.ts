/** Staff on private pages: shown nothing before Discord and a code of their own device have told who they are. */
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { discordSignIn } from '../../src/adapters/discord/sign-in.ts';
import { codeOf } from '../../src/core/alert.ts';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { type Browsing, browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let web: Browsing;
let discord: Sandbox;
/** Whoever is asked to sign in is there, too, by the account that they have in the group. */
const there = new Map<string, Person>();

beforeAll(async () => {
  world = await testWorld();
  discord = await startSandbox({ windowFactor: 0.01 });
  discord.addRedirect(world.pages.signInBack);
  for (const id of [LEAD, CO_FACILITATOR, ADMIN]) {
    const { token } = discord.addPerson(`Somebody ${id}`, { id });
    there.set(id, await person({ ...discord, token }));
  }
  group = await aGroup(world, 'Birch');
  await group.people.read(ADMIN, 'cohort policy', { given: { cohort: 'Birch', 'private-answers': 'link' } });
  await group.says(LEAD, 'session open');
  web = await browsing({
    ...world,
    discordSignIn: discordSignIn({
      apiUrl: discord.restUrl,
      secret: discord.bot.secret,
      back: () => world.pages.signInBack,
      connected: Promise.resolve({ application: { id: discord.bot.applicationId } }),
    }),
  });
});
afterAll(async () => {
  await web.stop();
  for (const one of there.values()) one.close();
  await discord.stop();
  await world.close();
});
// Every code is of another half minute than the one before.
beforeEach(() => world.clock.pass(MINUTE));

const tokenFor = async (account: string): Promise<string> =>
  tokenIn(await group.people.ask(account, 'session answers', { channelId: group.room('group') }));

/** A browser that keeps its cookies. */
const aBrowser = () => {
  const jar = new Map<string, string>();
  const go = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, cookie };
    const answer = await fetch(`${web.base}${path}`, { ...init, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
      else jar.set(name, decodeURIComponent(value));
    }
    return { status: answer.status, text: await answer.text(), answer };
  };
  const post = (path: string, fields: Record<string, string>) =>
    go(path, { method: 'POST', body: new URLSearchParams(fields) });
  return { jar, go, post };
};
type Tab = ReturnType<typeof aBrowser>;

/** Goes to Discord, where that account is granted or not; the address at which it comes back. */
const grantedBy = async (tab: Tab, token: string, account: string, decision = true): Promise<string> => {
  const { answer } = await tab.go(`/sign-in/${token}`);
  const one = there.get(account) ?? expect.fail(`${account} is not in Discord`);
  const back = new URL(await one.authorize(answer.headers.get('location') ?? '', decision));
  return `${back.pathname}${back.search}`;
};

/** Goes to Discord and comes back as that account. */
const throughDiscord = async (tab: Tab, token: string, account: string) => {
  return tab.go(await grantedBy(tab, token, account));
};

const secretIn = (text: string): string => /<code>([A-Z2-7]{32})<\/code>/.exec(text)?.[1] ?? '';
const codeNow = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });

const devices = new Map<string, string>();

/** Signs in, with the device set up when it is the first time. */
const signIn = async (tab: Tab, token: string, account: string) => {
  const asked = await throughDiscord(tab, token, account);
  const secret = secretIn(asked.text) || (devices.get(account) ?? '');
  devices.set(account, secret);
  return tab.post('/sign-in/code', { to: token, code: codeNow(secret) });
};

describe('a facilitator', () => {
  it('is asked to sign in, and shown nothing before', async () => {
    const token = await tokenFor(LEAD);
    const page = await web.look(token);
    expect([page.status, page.text]).toEqual([401, expect.stringContaining('Please sign in')]);
    expect((await web.send(token)).status).toBe(401);
    expect((await web.look(token)).step('Sign in with Discord')).toBe(`../sign-in/${token}`);
  });

  it('sets up a device once, is given codes for when it is lost, and then reads the page', async () => {
    const token = await tokenFor(LEAD);
    const tab = aBrowser();
    const asked = await throughDiscord(tab, token, LEAD);
    expect(asked.text).toContain('<svg');
    const before = tab.jar.get('hearth');
    devices.set(LEAD, secretIn(asked.text));
    const done = await tab.post('/sign-in/code', { to: token, code: codeNow(devices.get(LEAD) ?? '') });
    expect(done.text.match(/<li><code>/g)).toHaveLength(8);
    expect(tab.jar.get('hearth')).not.toBe(before);
    expect((await tab.post(`/answer/${token}`, {})).text).toContain('shared');
    const { rows } = await runSql(world.url, 'SELECT * FROM staff_session, second_factor, recovery_code');
    for (const trace of [devices.get(LEAD) ?? '', tab.jar.get('hearth') ?? '']) {
      expect(JSON.stringify(rows)).not.toContain(trace);
    }
  });

  it('needs a code again in another browser, and each code is good once', async () => {
    const token = await tokenFor(LEAD);
    const tab = aBrowser();
    expect((await signIn(tab, token, LEAD)).status).toBe(303);
    const other = aBrowser();
    await throughDiscord(other, token, LEAD);
    const again = await other.post('/sign-in/code', { to: token, code: codeNow(devices.get(LEAD) ?? '') });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('used already')]);
    expect((await other.go(`/answer/${token}`)).status).toBe(401);
    expect((await tab.go(`/answer/${token}`)).status).toBe(200);
  });

  it('who is somebody else in Discord opens nothing of theirs', async () => {
    const tab = aBrowser();
    const token = await tokenFor(LEAD);
    expect((await throughDiscord(tab, token, CO_FACILITATOR)).status).toBe(403);
    expect(tab.jar.size).toBe(0);
    await signIn(tab, await tokenFor(CO_FACILITATOR), CO_FACILITATOR);
    expect((await tab.go(`/answer/${token}`)).status).toBe(401);
    expect((await tab.post(`/answer/${token}`, {})).status).toBe(401);
  });

  it('is signed out after a quarter of an hour without a page, after eight hours, and when they end it', async () => {
    const tab = aBrowser();
    await signIn(tab, await tokenFor(LEAD), LEAD);
    const status = async () => (await tab.go(`/answer/${await tokenFor(LEAD)}`)).status;
    world.clock.pass(14 * MINUTE);
    expect(await status()).toBe(200);
    world.clock.pass(15 * MINUTE);
    expect(await status()).toBe(401);
    await signIn(tab, await tokenFor(LEAD), LEAD);
    for (let passed = 0; passed < 8 * HOUR - 20 * MINUTE; passed += 10 * MINUTE) {
      world.clock.pass(10 * MINUTE);
      if ((await status()) !== 200) throw new Error(`signed out after ${passed / MINUTE} minutes`);
    }
    world.clock.pass(14 * MINUTE);
    world.clock.pass(MINUTE - SECOND);
    await status();
    world.clock.pass(10 * MINUTE);
    expect(await status()).toBe(401);
    await signIn(tab, await tokenFor(LEAD), LEAD);
    expect(await group.says(LEAD, 'sign-in end')).toContain('signed in on no page');
    expect(await status()).toBe(401);
  }, 400_000);
});

describe('codes for when the device is lost', () => {
  it('are new once none is left, for whoever has the device, and not for whoever used the last of them', async () => {
    const { id } = await world.store.records.people.known(LEAD);
    await world.store.change(async ({ secondFactors }) => {
      await secondFactors.replaceCodes(id, [world.secrets.digest('thelastone')]);
      return { ok: true, value: null };
    });
    const tab = aBrowser();
    const token = await tokenFor(LEAD);
    await throughDiscord(tab, token, LEAD);
    const last = await tab.post('/sign-in/code', { to: token, code: 'thelastone' });
    expect([last.status, last.text]).toEqual([303, '']);
    const done = await signIn(aBrowser(), token, LEAD);
    expect(done.text.match(/<li><code>/g)).toHaveLength(8);
    expect(done.text).toContain('Any that you were given before are void');
    world.clock.pass(MINUTE);
    expect((await signIn(aBrowser(), token, LEAD)).status).toBe(303);
  });
});

describe('codes that are wrong', () => {
  it('have to wait longer and longer, also a right one meanwhile, and in any browser', async () => {
    const tab = aBrowser();
    const token = await tokenFor(LEAD);
    await throughDiscord(tab, token, LEAD);
    const wrong = () => tab.post('/sign-in/code', { to: token, code: '000000' });
    for (let tries = 0; tries < 3; tries += 1) expect((await wrong()).status).toBe(409);
    const early = await tab.post('/sign-in/code', { to: token, code: codeNow(devices.get(LEAD) ?? '') });
    expect([early.status, early.text]).toEqual([409, expect.stringContaining('Please wait until')]);
    world.clock.pass(31 * SECOND);
    const right = await tab.post('/sign-in/code', { to: token, code: codeNow(devices.get(LEAD) ?? '') });
    expect(right.status).toBe(303);
  });
});

describe('the way to Discord and back', () => {
  it('begun elsewhere leads nowhere', async () => {
    const token = await tokenFor(LEAD);
    const tab = aBrowser();
    const back = new URLSearchParams((await grantedBy(tab, token, LEAD)).replace(/^.*\?/, ''));
    const code = back.get('code');
    expect((await tab.go(`/sign-in/back?code=${code}&state=forged`)).status).toBe(403);
    expect((await aBrowser().go(`/sign-in/back?code=${code}&state=`)).status).toBe(403);
    // Even with the very state: the browser in which it began is another.
    expect((await aBrowser().go(`/sign-in/back?${back}`)).status).toBe(403);
    expect((await tab.go('/sign-in/back')).status).toBe(403);
  });

  it('is gone once: neither the code nor the state is good again', async () => {
    const tab = aBrowser();
    const back = await grantedBy(tab, await tokenFor(LEAD), LEAD);
    const way = tab.jar.get('hearth-way') ?? '';
    expect((await tab.go(back)).status).toBe(200);
    expect((await tab.go(back)).status).toBe(403);
    tab.jar.set('hearth-way', way);
    expect((await tab.go(back)).status).toBe(403);
  });

  it('leads nowhere when they do not want it, or when the code has aged meanwhile', async () => {
    const tab = aBrowser();
    const token = await tokenFor(LEAD);
    expect((await tab.go(await grantedBy(tab, token, LEAD, false))).status).toBe(403);
    const back = await grantedBy(tab, token, LEAD);
    discord.clock.turn(101_000);
    expect((await tab.go(back)).status).toBe(403);
    expect(tab.jar.get('hearth')).toBeUndefined();
  });
});

describe('an admin in an emergency', () => {
  const WORDS = 'They wrote to me outside of the group';
  const asks = async (path: string, given: Record<string, unknown> = {}) =>
    tokenIn(await group.people.ask(ADMIN, path, { admin: true, given: { cohort: 'Birch', ...given } }));
  /** Signed in anew, so that it is the emergency that ends. */
  const opens = async (tab: Tab, given: Record<string, string>, after = 0) => {
    const token = await asks('alert view');
    await signIn(tab, token, ADMIN);
    world.clock.pass(after);
    return tab.post(`/answer/${token}`, given);
  };

  it('reads on a page what was told, and after the hour nothing of it, also by an address from within the hour', async () => {
    world.discord.managers.add(ADMIN);
    const telling = await group.people.ask(ANA, 'report', {
      channelId: group.room('group'),
      given: { person: BEN },
    });
    await web.send(tokenIn(telling), { words: WORDS });
    const [newest] = await world.store.records.alerts.ofCohort(group.cohort.id, 1);
    const given = { alert: codeOf(newest ?? expect.fail('there is no alert')) };
    const tab = aBrowser();
    const begins = async () => {
      const token = await asks('break-glass begin');
      await signIn(tab, token, ADMIN);
      const answer = await tab.post(`/answer/${token}`, { reason: 'Nobody else can be reached today' });
      expect(answer.text).toContain('are open to you');
    };
    await begins();
    world.clock.pass(MINUTE);
    expect((await opens(tab, given)).text).toContain(WORDS);
    world.clock.pass(56 * MINUTE);
    const late = await opens(tab, given, 3 * MINUTE);
    expect(late.text).not.toContain(WORDS);
    expect(late.text).toContain('Only those who look after the group');
    world.clock.pass(MINUTE);
    await begins();
    world.clock.pass(MINUTE);
    const token = await asks('alert view');
    world.discord.managers.delete(ADMIN);
    const robbed = await tab.post(`/answer/${token}`, given);
    expect(robbed.text).not.toContain(WORDS);
  }, 400_000);
});

describe('a participant', () => {
  it('needs no sign-in, and no cookie', async () => {
    const page = await web.send(await tokenFor(ANA));
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
  });
});

describe('an admin', () => {
  const reset = (account: string, given: Record<string, unknown>, guildId = GUILD) =>
    group.people.read(account, 'sign-in reset', { guildId, given });
  const isSetUp = async (): Promise<boolean> => {
    const { id } = await world.store.records.people.known(LEAD);
    return (await world.store.records.secondFactors.ofPerson(id)) !== undefined;
  };

  const ELSEWHERE = '200000000000000088';
  const makeElsewhere = (name: string, lead: string) =>
    group.people.read(ADMIN, 'cohort create', {
      guildId: ELSEWHERE,
      given: { name, type: 'support', lead, 'co-facilitator': BEN },
    });

  it('of another server lets nobody of this one begin anew, also when they are named there', async () => {
    await makeElsewhere('Trap', ANA);
    await reset(ADMIN, { cohort: 'Trap', person: LEAD }, ELSEWHERE);
    expect(await isSetUp()).toBe(true);
    await makeElsewhere('Snare', LEAD);
    await reset(ADMIN, { cohort: 'Snare', person: LEAD }, ELSEWHERE);
    expect(await isSetUp()).toBe(true);
  });

  it('does not forget a device of their own: whoever has their account would be asked for no other', async () => {
    const { id } = await world.store.records.people.known(LEAD);
    const own = { given: { cohort: 'Birch', person: LEAD }, admin: true };
    await group.people.read(LEAD, 'sign-in reset', own);
    expect((await world.store.records.secondFactors.ofPerson(id))?.confirmedAt).toBeDefined();
  });

  it('lets somebody begin anew whose device is lost, though another server names them, too', async () => {
    await makeElsewhere('Net', LEAD);
    await reset(ADMIN, { cohort: 'Birch', person: LEAD });
    const asked = await throughDiscord(aBrowser(), await tokenFor(LEAD), LEAD);
    expect(secretIn(asked.text)).not.toBe(devices.get(LEAD));
    expect(secretIn(asked.text)).toHaveLength(32);
  });

  it('of neither server does it for somebody who has looked after groups of both', async () => {
    await makeElsewhere('Noose', LEAD);
    await group.people.read(LEAD, 'schedule set', {
      guildId: ELSEWHERE,
      given: { cohort: 'Noose', when: 'Mon 18:00', zone: 'Europe/Madrid', weeks: 2 },
    });
    const { text } = await reset(ADMIN, { cohort: 'Birch', person: LEAD });
    expect(text).toContain('has looked after none of another');
  });
});

describe('a picture that was not proved', () => {
  it('is good for nothing once another is shown: whoever saw it has no device of theirs', async () => {
    const token = await tokenFor(LEAD);
    const [thief, owner] = [aBrowser(), aBrowser()];
    const seen = secretIn((await throughDiscord(thief, token, LEAD)).text);
    const own = secretIn((await throughDiscord(owner, token, LEAD)).text);
    expect(own).not.toBe(seen);
    const late = await thief.post('/sign-in/code', { to: token, code: codeNow(seen) });
    expect([late.status, secretIn(late.text)]).toEqual([403, '']);
    const done = await owner.post('/sign-in/code', { to: token, code: codeNow(own) });
    expect(done.text.match(/<li><code>/g)).toHaveLength(8);
  });
});
