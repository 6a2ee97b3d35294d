/** A fault that nobody caught: Hearth ends with a reference, and prints nothing of what the fault holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { type Stage, setStage } from './stage.ts';

const CANARY = 'canary';
/** Throws in the middle of things, as the library does that was refused a message; a frame may hold this script itself. */
const THROW = `const words = ['can', 'ary'].join('');
  setTimeout(() => Promise.reject(Object.assign(new Error(words), { body: words })), 1000)`;

let stage: Stage;
let bot: Bot | undefined;

beforeAll(async () => {
  stage = await setStage([]);
});
afterAll(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended();
  await stage.strike();
});

it('is told of by its reference alone', async () => {
  const thrower = `data:text/javascript,${encodeURIComponent(THROW)}`;
  bot = startBot({ ...stage.environment, NODE_OPTIONS: `--import=${thrower}` });
  expect(await bot.ended()).toBe(1);
  expect(bot.said()).toMatch(/a fault that it did not foresee \([\da-f]{8}\)/);
  expect(bot.said()).not.toContain(CANARY);
});
