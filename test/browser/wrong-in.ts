/** What keeps people out of a page in a real browser, as axe finds it. */
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong in the page and in each of its windows, or in these alone, by the best that WCAG 2.2 asks for at AA. */
export const wrongIn = async (
  page: Page,
  frames: readonly Frame[] = page.frames(),
): Promise<readonly string[]> => {
  const found = await Promise.all(
    frames.map(async (frame) => {
      await frame.evaluate(axe.source);
      const { violations } = await frame.evaluate(
        // The name under which axe stands in the page.
        (values) =>
          (globalThis as unknown as { axe: typeof axe }).axe.run({
            runOnly: { type: 'tag', values },
            iframes: false,
          }),
        TAGS,
      );
      return violations.map(
        ({ id, nodes }) => `${frame.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      );
    }),
  );
  return found.flat();
};
