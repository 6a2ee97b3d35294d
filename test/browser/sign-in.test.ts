/** A facilitator signs in in a real browser: from a press in Discord by Discord and a code of their device to the page. */
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { addressIn } from '../journey/address.ts';
import { done, makeGroup, says, sign } from '../journey/group.ts';
import { ADMIN, enter, type Stage, setStage } from '../journey/stage.ts';
import { sees } from '../journey/watch.ts';
import { startChromium } from './chromium.ts';
import { isTooWide, tabTo, visitIn } from './visiting.ts';
import { wrongIn } from './wrong-in.ts';

const HALF_MINUTE = 30_000;

let stage: Stage;
let hearth: Hearth;
let browser: Browser;
/** What the device of the facilitator keeps, and the code that it showed first. */
let secret: string;
let used: string;

const who = (name: string) => stage.who(name);
const addressFor = async (name: string): Promise<string> =>
  addressIn(await who(name).run('/session answers', {}, { in: 'group-room' }));

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana']);
  hearth = await enter(stage, {}, { DISCORD_CLIENT_SECRET: stage.sandbox.bot.secret });
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  const policy = { cohort: 'Tuesday', 'private-answers': 'link' };
  says(await who(ADMIN).run('/cohort policy', policy), 'pages of Hearth’s own');
  await sign(who('Ana'));
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
  // The port is the machine's choice: whoever runs Hearth registers the address that it has.
  stage.sandbox.addRedirect(`${new URL(await addressFor('Lena')).origin}/sign-in/back`);
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await hearth.stop();
  await stage.strike();
});

/** What the device shows, at that distance from now. */
const codeAfter = (ms: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ms });

/** By keyboard alone, as whoever they say they are. */
const throughDiscord = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, 'Sign in with Discord');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Who are you?');
  await page.check(`[name=account][value="${who(name).id}"]`);
  await page.click('text=Authorize');
};

const giveCode = async (page: Page, code: string): Promise<void> => {
  await page.fill('[name=code]', code);
  await page.keyboard.press('Enter');
};

const heading = (page: Page): Promise<string | null> => page.textContent('h1');

describe('a facilitator', () => {
  it('is shown a picture for their app, with its secret as text, and leaves no page that axe finds amiss', async () => {
    const { page } = await visitIn(browser, await addressFor('Lena'));
    expect(await heading(page)).toBe('Please sign in');
    expect(await wrongIn(page)).toEqual([]);
    await throughDiscord(page, 'Lena');
    await page.waitForSelector('svg');
    expect(await wrongIn(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    const size = await page.locator('svg').boundingBox();
    expect(size?.width).toBeGreaterThan(150);
    secret = (await page.textContent('main code')) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    await giveCode(page, '000000');
    await page.waitForSelector('[role=alert]');
    expect(await page.locator('svg').count()).toBe(1);
    expect(await page.textContent('main code')).toBe(secret);
    expect(await wrongIn(page)).toEqual([]);
    await page.context().close();
  });

  it('gives the code of their app, keeps those for a lost device, and sees the page', async () => {
    const { page, asked } = await visitIn(browser, await addressFor('Lena'));
    await throughDiscord(page, 'Lena');
    await page.waitForSelector('svg');
    // Whoever saw the first one, and did not prove that they have it, knows nothing of this one.
    const another = (await page.textContent('main code')) ?? '';
    expect(another).not.toBe(secret);
    secret = another;
    used = codeAfter(0);
    await giveCode(page, used);
    await page.waitForSelector('text=Keep these codes');
    expect(await page.locator('main li code').count()).toBe(8);
    expect(await wrongIn(page)).toEqual([]);
    await page.click('text=Go on to your page');
    await page.click('text=Show it to me');
    await page.waitForSelector('text=You can close this page now');
    expect(await wrongIn(page)).toEqual([]);
    const { origin } = new URL(page.url());
    const elsewhere = asked.map((each) => new URL(each).origin).filter((each) => each !== origin);
    expect([...new Set(elsewhere)]).toEqual([new URL(stage.sandbox.restUrl).origin]);
    const cookies = await page.context().cookies(origin);
    expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
      ['hearth', true, 'Lax'],
    ]);
    // Signed in, the next page opens at once.
    await page.goto(await addressFor('Lena'));
    await page.waitForSelector('text=Show it to me');
    says(await who('Lena').run('/sign-in end', {}, { in: 'staff-room' }), 'signed in on no page');
    await page.goto(await addressFor('Lena'));
    expect(await heading(page)).toBe('Please sign in');
    await page.context().close();
  });

  it('cannot use a code twice, and in another browser needs the next', async () => {
    const { page } = await visitIn(browser, await addressFor('Lena'), { colorScheme: 'dark' });
    await throughDiscord(page, 'Lena');
    await page.waitForSelector('[name=code]');
    expect(await page.locator('svg').count()).toBe(0);
    await giveCode(page, used);
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('used already');
    expect(await wrongIn(page)).toEqual([]);
    await giveCode(page, codeAfter(HALF_MINUTE));
    await page.waitForSelector('text=Show it to me');
    await page.context().close();
  });
});

describe('somebody else', () => {
  it('who has their address opens nothing with it, whoever they say they are', async () => {
    const { page } = await visitIn(browser, await addressFor('Lena'));
    await throughDiscord(page, 'Ana');
    await page.waitForSelector('text=You could not be signed in');
    expect(await wrongIn(page)).toEqual([]);
    const { origin } = new URL(page.url());
    expect(await page.context().cookies(origin)).toEqual([]);
    await page.context().close();
  });

  it('or who changes their mind in Discord is told in plain words', async () => {
    const { page } = await visitIn(browser, await addressFor('Lena'));
    await page.click('text=Sign in with Discord');
    await page.click('text=Cancel');
    await page.waitForSelector('text=You could not be signed in');
    await page.context().close();
  });
});
