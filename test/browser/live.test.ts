/** The page of `npm run demo` as a newcomer uses it: the story is watched, held, taken over and given back, and things go wrong. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { isTooWide } from './visiting.ts';
import { become, enterRoom, openWindows, windowOf } from './windows.ts';
import { wrongIn } from './wrong-in.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUTER = '.told';
/** Milliseconds: three processes, a database and a browser share the machine. */
const PATIENCE = 240_000;

let demo: ChildProcess;
let browser: Browser;
let page: Page;

/** The address that the demo prints first. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`the demo ended, and said: ${said}`)));
  });

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const isIn = (name: string, room: string): Promise<void> =>
  windowOf(page, name).getByRole('heading', { level: 1, name: room }).waitFor();
const told = (): Promise<readonly string[]> => page.locator(`${OUTER} > *`).allTextContents();
/** Where it is not there to be read, what the page told instead says why. */
const reads = async (words: string | RegExp): Promise<void> => {
  const there = page.getByText(words).first();
  await there.waitFor().catch(async (cause: unknown) => {
    throw new Error(`${words} was not to be read, but: ${(await told()).join(' / ')}`, { cause });
  });
};
const doing = async (): Promise<string> => (await page.locator('.doing').textContent()) ?? '';

beforeAll(async () => {
  demo = spawn(process.execPath, ['--disable-warning=DeprecationWarning', 'scripts/run.ts', 'demo/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(demo);
  browser = await startChromium();
  page = await openWindows(browser, address, ['Lena', 'Ana', 'Oskar']);
  page.setDefaultTimeout(PATIENCE);
  await page.getByRole('button', { name: 'Play the session' }).waitFor();
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  demo?.kill('SIGKILL');
});

// Eight people sign in it one after the other, at a pace that eyes can follow.
describe('the demo, to a newcomer', { timeout: 2 * PATIENCE }, () => {
  it('can be read by everybody, in light and dark, and on a phone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await wrongIn(page, [page.mainFrame()])).toEqual([]);
    }
    const size = page.viewportSize() ?? { width: 1280, height: 860 };
    await page.setViewportSize({ width: 360, height: 640 });
    expect(await isTooWide(page)).toBe(false);
    expect(await wrongIn(page, [page.mainFrame()])).toEqual([]);
    await page.setViewportSize(size);
  });

  it('plays the story, and its windows are where it happens', async () => {
    await press('Play the session');
    await reads(/Lena and Tomas see: .*staff-room/);
    await reads('8 people are enrolled');
    await isIn('Ana', 'welcome');
  });

  it('stands still when it is paused, and goes one step further', async () => {
    await press('Pause');
    await reads('The story is paused.');
    // What was under way when it was pressed is done by then.
    await page.waitForTimeout(1_500);
    const before = await doing();
    await page.waitForTimeout(1_000);
    expect(await doing()).toBe(before);
    await press('One step');
    await expect.poll(doing, { timeout: PATIENCE }).not.toBe(before);
    await reads('The story is paused.');
  });

  it('waits while the bot is down and answers nobody', async () => {
    await press('Kill the bot');
    await reads('The bot is down.');
    await press('Play on');
    const before = await told();
    const ana = windowOf(page, 'Ana');
    await enterRoom(ana, 'welcome');
    await ana.getByRole('button', { name: 'Sign', exact: true }).click();
    await ana.getByRole('alert').getByText('The application did not respond').waitFor();
    // Whoever was about to do something when it was killed is told of, and nothing else.
    const since = (await told()).slice(before.length);
    expect(since.filter((line) => !line.endsWith('was not answered, and tries again.'))).toEqual([]);
  });

  it('goes on when it is started again, and waits for whoever took over as facilitator meanwhile', async () => {
    await press('I’ll take over as facilitator');
    await page.getByRole('button', { name: 'Let the story play Lena again' }).waitFor();
    await press('Start the bot again');
    await reads('The bot is running.');
    await reads(/All 8 signed/);
    await reads('The story waits for you.');
    await reads(/the story waits until Lena types \/voice-check/);
    await press('Show me where');
    await isIn('Lena', 'staff-room');
  });

  it('leads a window to a room when it is asked to, and not once more when it is opened anew', async () => {
    await become(page, 'Mara');
    await become(page, 'Lena');
    await isIn('Lena', 'general');
    await become(page, 'Mara');
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(`${new URL('/', page.url())}#Lena`);
    const heading = windowOf(elsewhere, 'Lena').getByRole('heading', { level: 1 });
    await heading.getByText('general').waitFor();
    await press('Show me where');
    await isIn('Lena', 'staff-room');
    // It is another page in which nobody asked.
    expect(await heading.textContent()).toBe('general');
    await elsewhere.close();
  });

  it('goes on when it is asked to, and when the facilitator is given back', async () => {
    await press('Let the story do this');
    await reads(/the story waits until Lena presses “Start the check”/);
    await press('Let the story play Lena again');
    await reads('The story is being played.');
    await expect.poll(doing, { timeout: PATIENCE }).toContain('Lena');
  });

  it('has a clock that can be turned', async () => {
    const now = async () => Date.parse((await page.locator('time').first().getAttribute('datetime')) ?? '');
    const before = await now();
    await press('an hour on');
    await expect.poll(now, { timeout: PATIENCE }).toBeGreaterThan(before + 59 * 60_000);
  });

  it('has shown nothing of the group to somebody in none', async () => {
    const oskar = await windowOf(page, 'Oskar').locator('body').textContent();
    expect(oskar).toContain('general');
    expect(oskar).not.toContain('welcome');
  });

  it('ends with Ctrl-C', async () => {
    const ended = once(demo, 'exit');
    demo.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
