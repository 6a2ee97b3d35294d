/** A real Chromium: that of the machine, wherever it stands. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Starts it, with more switches where they are needed; without one, the error says what to do. */
export const startChromium = async (switches: readonly string[] = []): Promise<Browser> => {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find(existsSync);
  if (executablePath === undefined) {
    throw new Error('No Chromium was found: install one, or name its program in CHROMIUM.');
  }
  // As root, in a container, Chromium runs without a sandbox of its own or not at all.
  const args = ['--no-sandbox', '--disable-dev-shm-usage', ...switches];
  return chromium.launch({ executablePath, args });
};
