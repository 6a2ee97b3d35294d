/** Private pages as people meet them: from a press in Discord to a real browser, by keyboard, on a phone, in the dark. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { addressIn } from '../journey/address.ts';
import { done, makeGroup, says, sign } from '../journey/group.ts';
import { ADMIN, enter, type Stage, setStage } from '../journey/stage.ts';
import { sees } from '../journey/watch.ts';
import { startChromium } from './chromium.ts';
import { isTooWide, tabTo, type Visit, visitIn } from './visiting.ts';
import { wrongIn } from './wrong-in.ts';

const HERE = { in: 'group-room' };

let stage: Stage;
let hearth: Hearth;
let browser: Browser;

const who = (name: string) => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana']);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  says(
    await who(ADMIN).run('/cohort policy', { cohort: 'Tuesday', 'private-answers': 'link' }),
    'pages of Hearth’s own',
  );
  await sign(who('Ana'));
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await hearth.stop();
  await stage.strike();
});

const visit = (address: string, options?: BrowserContextOptions): Promise<Visit> =>
  visitIn(browser, address, options);

const checkInAddress = async (): Promise<string> => addressIn(await who('Ana').press('Check in', HERE));
const goalAddress = async (): Promise<string> => addressIn(await who('Ana').run('/goal set', {}, HERE));

describe('a check-in', () => {
  it('is made by keyboard alone, on a phone, and stands in Discord as made', async () => {
    const { page, asked } = await visit(await checkInAddress());
    expect(await isTooWide(page)).toBe(false);
    await tabTo(page, 'share');
    await page.keyboard.press('Space');
    await tabTo(page, 'mood');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'energy');
    await page.keyboard.press('Space');
    await tabTo(page, 'words');
    await page.keyboard.press('Space');
    await tabTo(page, 'goal');
    await page.keyboard.press('Space');
    await tabTo(page, 'Send');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Thank you for checking in');
    expect(await page.textContent('main')).toContain('mood 1 of 10, energy 0 of 10; calm');
    await sees(who('Lena'), 'staff-room', 'Check-ins');
    await sees(who('Ana'), 'group-room', 'Have checked in');
    const { origin } = new URL(page.url());
    expect(asked.filter((each) => new URL(each).origin !== origin)).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  it('leaves on every page nothing that axe finds wrong, in the light and in the dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visit(await checkInAddress(), { colorScheme });
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
      await page.click('form button');
      await page.waitForSelector('[role=alert]');
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
      await page.context().close();
    }
  });
});

describe('a goal', () => {
  it('that is amiss leads to what is amiss, keeps what was written, and is kept in the end', async () => {
    const { page } = await visit(await goalAddress());
    await page.fill('[name=goal]', 'To walk "a little" <each> day\nand to rest');
    await page.check('[name=readers][value=staff]');
    await page.click('form button');
    await page.waitForSelector('[role=alert]');
    expect(await page.title()).toMatch(/^Almost there/);
    expect(await page.inputValue('[name=goal]')).toBe('To walk "a little" <each> day\nand to rest');
    await tabTo(page, (await page.textContent('[role=alert] a')) ?? '');
    await page.keyboard.press('Enter');
    await page.keyboard.type('2030-01-01');
    expect(await page.inputValue('[name=review-on]')).toBe('2030-01-01');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=is kept');
    expect(await page.textContent('blockquote')).toContain('To walk "a little" <each> day');
    expect(await wrongIn(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.click('text=Add an update');
    await page.check('[name=level][value="1"]');
    await page.click('form button');
    await page.waitForSelector('text=is up to date');
    await page.context().close();
  });

  it('can be set without scripts, and its address says in the reader’s language that it is used or unknown', async () => {
    const address = await goalAddress();
    const { page } = await visit(address, { javaScriptEnabled: false, locale: 'es-ES' });
    await page.fill('[name=goal]', 'Caminar');
    await page.fill('[name=review-on]', '2030-01-01');
    await page.check('[name=readers][value=only-me]');
    await page.click('form button');
    await page.waitForSelector('text=is kept');
    await page.context().close();
    const after = await visit(address, { locale: 'es-ES' });
    expect(await after.page.textContent('h1')).toBe('This page was used already');
    expect(await wrongIn(after.page)).toEqual([]);
    await after.page.context().close();
    const gone = await visit(address.replace(/.{43}$/, 'a'.repeat(43)), { locale: 'es-ES' });
    expect(await gone.page.textContent('h1')).toBe('Aquí no hay ninguna página');
    await gone.page.context().close();
  });
});
