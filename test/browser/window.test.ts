/** A window of the page by itself: what is shown safely, done by keyboard, read on a phone, and told when it fails. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addChannel } from '../../sandbox/changes/channels.ts';
import { addMessage } from '../../sandbox/changes/messages.ts';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startChromium } from './chromium.ts';
import { type SmallBot, startSmallBot } from './small-bot.ts';
import { PATIENCE } from './windows.ts';
import { wrongIn } from './wrong-in.ts';

const PHONE = { width: 360, height: 640 };
const FOCUSED =
  'document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent';

/** How many messages are laid out and drawn. */
const DRAWN = `[...document.querySelectorAll('.message article')]
  .filter((it) => it.checkVisibility({ contentVisibilityAuto: true })).length`;

let sandbox: Sandbox;
let bot: SmallBot;
let browser: Browser;
let ben: Person;
let opened: Page[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ page: {} });
  for (const name of ['Ana', 'Ben']) sandbox.addPerson(name);
  addChannel(sandbox.world, { guildId: sandbox.guild.id, type: 0, name: 'long' });
  addChannel(sandbox.world, { guildId: sandbox.guild.id, type: 2, name: 'talk' });
  bot = await startSmallBot(sandbox);
  const { restUrl, gatewayUrl } = sandbox;
  ben = await person({ restUrl, gatewayUrl, token: sandbox.people.get('Ben')?.token ?? '' });
  browser = await startChromium();
});
afterEach(async () => {
  for (const page of opened) await page.context().close();
  opened = [];
});
afterAll(async () => {
  await browser.close();
  ben.close();
  await bot.client.destroy();
  await sandbox.stop();
});

/** Ana's window, and everything that it asked the network for. */
const anasWindow = async (viewport = PHONE, more: BrowserContextOptions = {}) => {
  const context = await browser.newContext({ viewport, ...more });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  opened.push(page);
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  page.on('dialog', (dialog) => void asked.push(`dialog: ${dialog.message()}`));
  await page.goto(`${sandbox.pageUrl}as?person=${sandbox.people.get('Ana')?.id}`);
  await page.locator('.message').first().waitFor();
  return { page, asked };
};

/** Presses Tab until what has the focus is called so. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>(FOCUSED))?.trim().startsWith(name)) return;
  }
  throw new Error(`${name} cannot be reached by keyboard`);
};

/** What was said is there before the server's own answer, by which the field is emptied. */
const isEmptied = (field: Locator): Promise<void> =>
  expect.poll(() => field.inputValue(), { timeout: PATIENCE }).toBe('');

const HOSTILE = [
  '<img src="https://elsewhere.example/x.png" onerror="alert(1)"><script>alert(2)</script>',
  '[press me](javascript:alert(3)) [and me](data:text/html,<script>alert(4)</script>)',
  '<iframe src="https://elsewhere.example"></iframe> &lt;b&gt; **<b>bold</b>** `<i>`',
];

describe('what people write', () => {
  it('is shown as text, whatever it is: nothing of it runs, loads or leads astray', async () => {
    for (const text of HOSTILE) await ben.say('general', text);
    const { page, asked } = await anasWindow();
    await page.getByText('<script>alert(2)</script>').waitFor();
    await page.getByText('press me').waitFor();
    expect(await page.locator('.message img, .message script, .message iframe, .message b').count()).toBe(0);
    const led = await page
      .locator('.message a')
      .evaluateAll((links) => links.map((it) => it.getAttribute('href')));
    expect(led.filter((to) => !/^https:\/\//.test(to ?? ''))).toEqual([]);
    const { origin } = new URL(page.url());
    expect(asked.filter((each) => !each.startsWith(origin) && !each.startsWith('data:,'))).toEqual([]);
  });

  it('comes in without being asked for', async () => {
    const { page } = await anasWindow();
    await ben.say('general', 'Good morning to all');
    await page.getByText('Good morning to all').first().waitFor();
  });
});

describe('by keyboard alone, on a phone', () => {
  it('a form is opened, filled in and sent, and its answer is for one person', async () => {
    const { page } = await anasWindow();
    await tabTo(page, 'Answer');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await wrongIn(page)).toEqual([]);
    await page.keyboard.type('steady');
    await tabTo(page, 'A little');
    await page.keyboard.press('Space');
    await tabTo(page, 'Submit');
    await page.keyboard.press('Enter');
    await page.locator('.message.private').getByText('Kept: steady').waitFor();
    await page.getByText('Only you can see this.').first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('a command is completed, its options too, and run', async () => {
    const { page } = await anasWindow();
    await tabTo(page, 'Message general');
    await page.keyboard.type('/gr');
    await page.getByRole('option', { name: '/greet' }).waitFor();
    expect(await wrongIn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: '/greet' }).waitFor();
    await page.keyboard.type('Ben');
    await tabTo(page, 'Run');
    await page.keyboard.press('Enter');
    await page.locator('.message').getByText('Hello, ').waitFor();
    await page.locator('.composer textarea:focus').waitFor();
    await page.keyboard.type('/find');
    await page.getByRole('option', { name: '/find' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('ap');
    await page.getByRole('option', { name: 'apricot' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.message').getByText('Found: code-apricot').waitFor();
  });

  it('what is chosen in a select goes to the bot', async () => {
    const { page } = await anasWindow();
    await tabTo(page, 'Choose a word');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Calm');
    await page.keyboard.press('Space');
    await tabTo(page, 'Choose');
    await page.keyboard.press('Enter');
    await page.getByText('Chosen: calm').waitFor();
  });
});

describe('what one writes oneself', () => {
  it('is of several lines with Shift+Enter, and sent with Enter', async () => {
    const { page } = await anasWindow();
    await tabTo(page, 'Message general');
    await page.keyboard.type('One line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('and another');
    expect(await wrongIn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const said = page.locator('.message', { hasText: 'One line' }).locator('.markdown');
    await said.waitFor();
    expect(await said.innerText()).toBe('One line\nand another');
    await isEmptied(page.locator('.composer textarea'));
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
  });

  it('is sent with a button on a screen that is touched, and a command begun with it', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await anasWindow(PHONE, { colorScheme, hasTouch: true });
      const field = page.getByRole('textbox', { name: 'Message general' });
      const send = page.getByRole('button', { name: 'Send' });
      await field.tap();
      await send.tap();
      await field.fill(`By hand, in ${colorScheme}`);
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
      await send.tap();
      await send.tap();
      const said = page.locator('.message').getByText(`By hand, in ${colorScheme}`, { exact: true });
      await said.waitFor();
      await isEmptied(field);
      expect(await page.evaluate(FOCUSED)).toBe('Message general');
      await field.fill('/gr');
      await page.getByRole('option', { name: '/greet' }).waitFor();
      await send.tap();
      await page.getByRole('form', { name: '/greet' }).waitFor();
      expect(await said.count()).toBe(1);
    }
  });
});

describe('a window', () => {
  it('says that an interaction failed when nobody answers', async () => {
    const room = bot.client.channels.cache.find((it) => it.isSendable());
    if (room?.isSendable())
      await room.send({
        content: 'A card that is not answered',
        components: [
          { type: 1, components: [{ type: 2, style: 4, label: 'Silence', custom_id: 'silence' }] },
        ],
      });
    const { page } = await anasWindow();
    await page.getByRole('button', { name: 'Silence' }).last().click();
    await page.getByRole('alert').getByText('This interaction failed').waitFor();
  });

  it('is right by axe in light and dark, and never wider than the phone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await anasWindow(PHONE, { colorScheme });
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
      await page.getByRole('button', { name: /^Rooms/ }).click();
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    }
  });

  it('tells in words who is in a call, and what they show', async () => {
    const { page } = await anasWindow({ width: 1000, height: 640 });
    await ben.join('talk', { mute: true, video: true });
    const entry = page.locator('.in-call li', { hasText: 'Ben' });
    await entry.getByText('muted').waitFor();
    await entry.getByText('camera on').waitFor();
    await ben.leave();
    await entry.waitFor({ state: 'detached' });
  });

  it('holds two thousand messages, and shows the next one at once', async () => {
    const { world } = sandbox;
    const room = [...world.channels.values()].find(({ name }) => name === 'long');
    for (let number = 1; number <= 2_000; number += 1)
      addMessage(world, {
        channelId: room?.id ?? '',
        authorId: ben.id,
        content: `Line **${number}** of many`,
      });
    const { page } = await anasWindow({ width: 1000, height: 640 });
    await page.getByRole('button', { name: 'long' }).click();
    const shown = page.locator('.message');
    await shown.nth(99).waitFor({ state: 'attached' });
    await page.locator('.scroll').hover();
    // Older ones come as one goes up, for as long as there are any.
    while ((await shown.count()) < 2_000) await page.mouse.wheel(0, -2_000);
    await shown.getByText('Line 1 of many').waitFor({ state: 'attached' });
    const drawn = await page.evaluate<number>(DRAWN);
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThan(100);
    const begun = Date.now();
    await ben.say('long', 'The newest of all');
    await shown.getByText('The newest of all').waitFor({ state: 'attached' });
    process.stdout.write(`Among 2,000 messages a new one was there after ${Date.now() - begun} ms.\n`);
    expect(await shown.count()).toBe(2_001);
  });
});
