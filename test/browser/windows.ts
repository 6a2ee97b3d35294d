/** The page of the sandbox in a real browser: windows of people, and what is done in them as people do it. */
import type { Browser, BrowserContextOptions, Frame, FrameLocator, Locator, Page } from 'playwright-core';

/** Milliseconds for anything to appear: a browser, a bot and a database share the machine. */
export const PATIENCE = 30_000;

/** Everything that a document ever showed is kept in it, for whoever must prove that something was not among it. */
const REMEMBER = `
  globalThis.everShown = new Set();
  const keep = () => document.body && globalThis.everShown.add(document.body.textContent);
  new MutationObserver(keep).observe(document, { childList: true, subtree: true, characterData: true });
`;

/** Opens the page with the windows of these people, side by side. */
export const openWindows = async (
  browser: Browser,
  address: string,
  names: readonly string[],
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.addInitScript(REMEMBER);
  await page.goto(`${address}#${names.join(',')}`);
  return page;
};

/** Somebody's window. */
export const windowOf = (page: Page, name: string): FrameLocator =>
  page.frameLocator(`iframe[title="Window of ${name}"]`);

/** Makes the first window somebody else's. */
export const become = async (page: Page, name: string): Promise<FrameLocator> => {
  const choice = page.getByLabel('You are').first();
  await choice.locator('option').first().waitFor({ state: 'attached' });
  const label = (await choice.locator('option').allTextContents()).find((it) => it.startsWith(`${name} (`));
  await choice.selectOption({ label: label ?? name });
  const window = windowOf(page, name);
  await window.locator('.self b').getByText(name, { exact: true }).waitFor({ state: 'attached' });
  return window;
};

/** Opens a room; in a narrow window the rooms are shown first. */
export const enterRoom = async (window: FrameLocator, room: string): Promise<void> => {
  const entry = window.locator('button.room', { hasText: room });
  await entry.waitFor({ state: 'attached' });
  if (!(await entry.isVisible())) await window.locator('button.menu').click();
  await entry.click();
  await window.getByRole('heading', { level: 1, name: room }).waitFor();
};

const fillOption = async (form: Locator, name: string, value: string): Promise<void> => {
  const field = form.getByLabel(new RegExp(`^${name}( \\(required\\))?$`));
  if ((await field.evaluate((it) => (it as unknown as { tagName: string }).tagName)) === 'SELECT') {
    const offered = await field.locator('option').allTextContents();
    const label = offered.find((it) => it.toLowerCase().startsWith(value.toLowerCase()));
    if (label === undefined) throw new Error(`${name} offers ${offered.join(', ')}, and not ${value}`);
    await field.selectOption({ label });
    return;
  }
  await field.fill(value);
  if ((await field.getAttribute('role')) === 'combobox')
    await form.getByRole('option', { name: value }).first().click();
};

/** Types a slash and a line, fills in its options by name, and runs it. */
export const runLine = async (
  window: FrameLocator,
  line: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const composer = window.locator('.composer').getByRole('textbox');
  await composer.fill(line);
  await window.getByRole('option', { name: line }).first().waitFor();
  await composer.press('Enter');
  const form = window.getByRole('form', { name: line });
  await form.waitFor();
  const more = form.locator('details:not([open]) > summary');
  if ((await more.count()) > 0) await more.click();
  for (const [name, value] of Object.entries(values)) await fillOption(form, name, value);
  await form.getByRole('button', { name: 'Run' }).click();
};

/** Presses the newest button of that name in the open room. */
export const press = async (window: FrameLocator, name: string): Promise<void> =>
  window.locator('.message').getByRole('button', { name, exact: true }).last().click();

/** Presses what asks for words, and answers with the form; what Hearth was too slow to open, it has a button for. */
export const openForm = async (window: FrameLocator, name: string): Promise<Locator> => {
  await press(window, name);
  const form = window.getByRole('dialog');
  const late = window.getByRole('button', { name: 'Open the form' });
  await form.or(late).first().waitFor();
  if (!(await form.isVisible())) await late.click();
  return form;
};

/** Waits until something can be read in the open room. */
export const reads = async (window: FrameLocator, words: string | RegExp): Promise<void> =>
  window.locator('.message').getByText(words).last().waitFor();

/** The document of somebody's window. */
export const frameOf = async (page: Page, name: string): Promise<Frame> => {
  const frame = await (await page.waitForSelector(`iframe[title="Window of ${name}"]`)).contentFrame();
  if (!frame) throw new Error(`${name} has no window`);
  return frame;
};

/** Everything that somebody's window has shown since it was opened. */
export const everShown = async (page: Page, name: string): Promise<string> =>
  (await frameOf(page, name)).evaluate<string>('[...globalThis.everShown].join(" ")');
