/** Pictures of what people see, for people to look at: in a folder outside of the repository, which is told. */
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures that the README shows; `npm run pictures` puts them there. */
const SHOWN = ['session-light.png', 'session-dark.png'];
const README_PICTURES = 'docs';

/** A folder of pictures. */
export interface Pictures {
  /** Takes one in light and one in dark. */
  take(page: Page, name: string): Promise<void>;
  /** Tells where they are, and puts those of the README into the repository when they were asked for. */
  finish(): void;
}

/** Begins a folder. */
export const makePictures = (): Pictures => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-pictures-'));
  const taken: string[] = [];
  return {
    async take(page, name) {
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        const file = `${name}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, file) });
        taken.push(file);
      }
    },
    finish() {
      process.stdout.write(`The pictures are in ${folder}: ${taken.join(', ')}\n`);
      if (process.env['npm_lifecycle_event'] !== 'pictures') return;
      mkdirSync(README_PICTURES, { recursive: true });
      for (const file of SHOWN) copyFileSync(join(folder, file), join(README_PICTURES, file));
    },
  };
};
