/** The page as a newcomer meets it: being the admin, a participant and a facilitator in turn, beside somebody who must see nothing. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { phaseTitle } from '../../src/words/en/phase.ts';
import { enter, type Stage, setStage } from '../journey/stage.ts';
import { startChromium } from './chromium.ts';
import { makePictures } from './pictures.ts';
import {
  become,
  enterRoom,
  everShown,
  openForm,
  openWindows,
  press,
  reads,
  runLine,
  windowOf,
} from './windows.ts';
import { wrongIn } from './wrong-in.ts';

const PARTS: Readonly<Record<string, string>> = { Mara: 'admin', Lena: 'facilitator', Oskar: 'in no group' };
const COHORT = 'Tuesday room';
/** Whatever of these stood in the outsider's window would be of the group. */
const OF_THE_GROUP = [COHORT, 'welcome', 'group-room', 'group-voice', 'staff-room', 'Session 1', 'enrolled'];
/** What follows the check-in in a group of this type. */
const LATER = ['grounding', 'review', 'topic', 'discussion', 'exercise', 'reflection'] as const;
const pictures = makePictures();

let stage: Stage;
let hearth: Hearth;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const partOf = (name: string) => (name.startsWith('Owner') ? undefined : (PARTS[name] ?? 'participant'));
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Oskar'], { page: { partOf }, botName: 'Hearth' });
  hearth = await enter(stage);
  browser = await startChromium();
  page = await openWindows(browser, stage.sandbox.pageUrl ?? '', ['Mara', 'Oskar']);
});
afterAll(async () => {
  pictures.finish();
  await browser.close();
  await hearth.stop();
  await stage.strike();
});

/** Moves on until a part of the session is there. */
const moveTo = async (lead: FrameLocator, title: string): Promise<void> => {
  await press(lead, 'Next');
  await lead.locator('.message').getByText(title).first().waitFor();
};

describe('a newcomer', () => {
  it('makes a group as the admin', async () => {
    const mara = await become(page, 'Mara');
    const made = { name: COHORT, type: 'psychoeducation', capacity: '8', minutes: '60', lead: 'Lena' };
    await runLine(mara, '/cohort create', { ...made, 'co-facilitator': 'Tomas' });
    await reads(mara, /The group is made/);
    await mara.getByText('Only you can see this.').waitFor();
    await runLine(mara, '/cohort enrol', { cohort: COHORT, person: 'Ana' });
    await reads(mara, /enrolled/);
    expect(await wrongIn(page)).toEqual([]);
  });

  it('signs as a participant, and finds the rooms of the group', async () => {
    const ana = await become(page, 'Ana');
    await enterRoom(ana, 'welcome');
    const form = await openForm(ana, 'Sign');
    await form.getByRole('textbox').fill('I agree');
    expect(await wrongIn(page)).toEqual([]);
    await pictures.take(page, 'signing');
    await form.getByRole('button', { name: 'Submit' }).click();
    await reads(ana, /it is signed/);
    await enterRoom(ana, 'group-voice');
    await ana.getByRole('button', { name: 'Join the call' }).click();
    await ana.locator('.stage').getByText('Ana').waitFor();
  });

  it('runs a session to its end as the facilitator, with a participant beside', async () => {
    const lead = await become(page, 'Lena');
    await page.getByRole('button', { name: 'Add a window' }).click();
    await page.getByLabel('You are').last().selectOption({ label: 'Ana (participant)' });
    const ana = windowOf(page, 'Ana');
    await enterRoom(ana, 'group-room');
    await enterRoom(lead, 'group-voice');
    await lead.getByRole('button', { name: 'Join the call' }).click();
    await enterRoom(lead, 'staff-room');
    await press(lead, 'Open the next session');
    await reads(ana, /part 1 of/);
    await moveTo(lead, phaseTitle('check-in'));
    await press(ana, 'Pass');
    await reads(ana, /You passed/);
    expect(await wrongIn(page)).toEqual([]);
    await pictures.take(page, 'session');
    for (const phase of LATER) await moveTo(lead, phaseTitle(phase));
    await press(lead, 'End');
    await reads(ana, /This session ended/);
  });

  it('finds who attended', async () => {
    const lead = windowOf(page, 'Lena');
    await runLine(lead, '/attendance show');
    await reads(lead, /@Ana/);
    await pictures.take(page, 'attendance');
  });

  it('is let into a room by hand, and Hearth takes that back, which can be seen while Discord is slow', async () => {
    await page.getByRole('button', { name: 'Twelve seconds slow' }).click();
    await page.getByText('Every call of the bot takes 12 seconds longer.').waitFor();
    const rooms = page.getByLabel('into');
    await rooms.focus();
    await rooms.locator('option', { hasText: 'staff-room' }).waitFor({ state: 'attached' });
    await rooms.selectOption({ label: 'staff-room' });
    await page.getByLabel('Mara lets').selectOption({ label: 'Ana' });
    const entry = windowOf(page, 'Ana').locator('button.room', { hasText: 'staff-room' });
    // Looked for before it is there: it stands for twelve seconds at least, of which nothing is lost on the way here.
    const isSeen = entry.waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Let them in' }).click();
    await page.getByText('It was done, by hand.').waitFor();
    await isSeen;
    await page.getByRole('button', { name: 'Make Discord well again' }).click();
    await entry.waitFor({ state: 'detached' });
  });

  it('has seen nothing of all that in the window of somebody who is in no group', async () => {
    const shown = await everShown(page, 'Oskar');
    expect(shown).toContain('general');
    expect(OF_THE_GROUP.filter((words) => shown.includes(words))).toEqual([]);
  });
});
