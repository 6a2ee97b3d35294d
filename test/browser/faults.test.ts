/** The panel of faults, and the clock: what each does to somebody who uses a bot, and that it is over when it is taken back. */
import { once } from 'node:events';
import { Events } from 'discord.js';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startChromium } from './chromium.ts';
import { type SmallBot, startSmallBot } from './small-bot.ts';
import { openWindows, reads, runLine, windowOf } from './windows.ts';
import { wrongIn } from './wrong-in.ts';

const FOCUSED = 'document.activeElement.textContent.trim()';

let sandbox: Sandbox;
let bot: SmallBot;
let browser: Browser;
let page: Page;
let ana: FrameLocator;

beforeAll(async () => {
  sandbox = await startSandbox({ page: {} });
  for (const name of ['Ana', 'Ben']) sandbox.addPerson(name);
  bot = await startSmallBot(sandbox);
  browser = await startChromium();
  page = await openWindows(browser, sandbox.pageUrl ?? '', ['Ana']);
  ana = windowOf(page, 'Ana');
  await ana.getByRole('heading', { level: 1, name: 'general' }).waitFor();
});
afterEach(async () => {
  sandbox.faults.clear();
  // What is tried again would meet the next fault, and use it up before it is seen.
  await bot.rests();
});
afterAll(async () => {
  await browser.close();
  await bot.client.destroy();
  await sandbox.stop();
});

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const panelSays = (words: string): Promise<void> => page.getByText(words, { exact: true }).waitFor();
const greet = (): Promise<void> => runLine(ana, '/greet', { person: 'Ben' });
const isNotAnswered = (): Promise<void> =>
  ana.getByRole('alert').getByText('The application did not respond').waitFor();

/** Takes everything back, and is answered as before. */
const isWellAgain = async (): Promise<void> => {
  const before = await ana.getByText('Hello, ').count();
  await press('Make Discord well again');
  await panelSays('Discord answers as it should.');
  await greet();
  await ana.getByText('Hello, ').nth(before).waitFor();
};

describe('by keyboard', () => {
  const panel = () => page.getByRole('complementary', { name: 'Story and faults' });

  it('one comes from the top of the page into the panel at once, past every window', async () => {
    const toggle = page.getByRole('button', { name: 'Story and faults', exact: true });
    await page.getByRole('button', { name: '5 minutes on', exact: true }).waitFor();
    for (const isOpen of [true, false]) {
      if (!isOpen) await toggle.click();
      await page.locator('.bar').click({ position: { x: 2, y: 2 } });
      await page.keyboard.press('Tab');
      expect(await page.evaluate(FOCUSED)).toBe('Skip to story and faults');
      expect(await wrongIn(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await panel().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(FOCUSED)).toBe('5 minutes on');
    }
  });
});

describe('a fault, for somebody who uses a bot', () => {
  it('slow: nothing is answered in time, and the panel tells how slow it is', async () => {
    await press('Six seconds slow');
    await panelSays('Every call of the bot takes 6 seconds longer.');
    await greet();
    await isNotAnswered();
    expect(await wrongIn(page)).toEqual([]);
    await press('Two seconds slow');
    await panelSays('Every call of the bot takes 2 seconds longer.');
    await isWellAgain();
  });

  it('429: what is refused again and again comes too late', async () => {
    await press('Refuse the next 5 calls (429)');
    await panelSays('Its next 5 calls are answered with 429.');
    await greet();
    await isNotAnswered();
    await isWellAgain();
  });

  it('500: is not answered when the bot gives up after four tries, of which the panel tells', async () => {
    await press('Break the next 5 calls (500)');
    await panelSays('Its next 5 calls are answered with 500.');
    await greet();
    await isNotAnswered();
    await panelSays('Its next call is answered with 500.');
    await isWellAgain();
  });

  it('a gateway that is cut: the bot comes back by itself', async () => {
    const isBack = once(bot.client, Events.ShardResume);
    await press('Cut the gateway');
    await isBack;
    await isWellAgain();
  });

  it('closed direct messages: nothing comes, until they are opened again', async () => {
    await page.getByLabel('Whose').selectOption({ label: 'Ana' });
    await press('Close direct messages');
    await page.getByRole('button', { name: 'Open direct messages' }).waitFor();
    await panelSays('Ana takes no direct messages.');
    await runLine(ana, '/write');
    await reads(ana, 'You take no direct messages');
    await press('Open direct messages');
    await press('Close direct messages');
    await page.getByRole('button', { name: 'Open direct messages' }).waitFor();
    await press('Make Discord well again');
    await page.getByRole('button', { name: 'Close direct messages' }).waitFor();
    await panelSays('Discord answers as it should.');
    await runLine(ana, '/write');
    await reads(ana, 'It is on its way');
    const entry = ana.locator('button.room', { hasText: 'Bot' });
    await entry.waitFor({ state: 'attached' });
    if (!(await entry.isVisible())) await ana.locator('button.menu').click();
    await entry.click();
    await reads(ana, 'A word for you alone');
    expect(await ana.locator('.message').count()).toBe(1);
  });
});

describe('the clock, turned by a day', () => {
  it('has what was said before tell of which day it is', async () => {
    const stamp = ana.locator('.message .byline time').first();
    expect(await stamp.textContent()).not.toMatch(/20\d\d/);
    await press('a day on');
    await ana
      .locator('.message .byline time', { hasText: /20\d\d/ })
      .first()
      .waitFor();
  });
});
