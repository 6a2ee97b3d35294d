/** How a page is visited in a real browser. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const PHONE = { width: 360, height: 640 };

export interface Visit {
  readonly page: Page;
  /** Everything that was asked the network for. */
  readonly asked: readonly string[];
}

/** A page on a phone, in a browser that has nothing in it. */
export const visitIn = async (
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> => {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.goto(address);
  return { page, asked };
};

/** What has the focus, by its name or by what it says; in the browser's own words. */
const FOCUSED = 'document.activeElement.getAttribute("name") ?? document.activeElement.textContent.trim()';
const TOO_WIDE = 'document.documentElement.scrollWidth > window.innerWidth';

/** Presses Tab until the field or button of that name has the focus. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(FOCUSED);
    if (focused === name) return;
  }
  throw new Error(`${name} cannot be reached by keyboard`);
};

/** Whether somebody has to scroll aside. */
export const isTooWide = (page: Page): Promise<boolean> => page.evaluate<boolean>(TOO_WIDE);
