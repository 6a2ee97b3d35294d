/** Time in the sandbox: it runs by itself, can be turned ahead or given from outside, and timers follow it. */
import { afterEach, expect, test } from 'vitest';
import { type Clock, startClock } from '../../sandbox/clock.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { snowflakes, timeOf } from '../../sandbox/snowflake.ts';
import { caller } from './wire.ts';

const clocks: Clock[] = [];
const start = (...source: Parameters<typeof startClock>): Clock => {
  const clock = startClock(...source);
  clocks.push(clock);
  return clock;
};
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

test('a clock runs with real time and jumps when it is turned', () => {
  const clock = start();
  const before = clock.now();
  clock.turn(60_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
  expect(clock.now() - before).toBeLessThan(61_000);
  expect(() => clock.turn(-1)).toThrow(RangeError);
});

test('timers that fall due ring in order before the turn is over, cancelled ones never', () => {
  const clock = start();
  const rung: string[] = [];
  clock.after(2000, () => rung.push('second'));
  clock.after(1000, () => rung.push('first'));
  clock.after(1500, () => rung.push('never'))();
  clock.after(5000, () => rung.push('later'));
  clock.turn(3000);
  expect(rung).toEqual(['first', 'second']);
});

test('timers ring by themselves, also when time comes from outside', async () => {
  let time = 1000;
  const clock = start({ now: () => time });
  await new Promise<void>((resolve) => {
    clock.after(5000, resolve);
    time += 5000;
  });
  await new Promise<void>((resolve) => start().after(5, resolve));
});

test('ids grow with time, and tell it', () => {
  let time = Date.parse('2026-03-01T12:00:00Z');
  const next = snowflakes({ now: () => time });
  const ids = [next(), next()];
  time -= 1000;
  ids.push(next());
  time += 60_000;
  ids.push(next());
  expect(ids).toEqual([...ids].sort((a, b) => Number(BigInt(a) - BigInt(b))));
  expect(timeOf(ids[3] ?? '0')).toBe(time);
});

test('a sandbox takes its time from outside', async () => {
  const time = Date.parse('2030-01-01T10:00:00Z');
  const sandbox = await startSandbox({ time: { now: () => time } });
  const asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  const [channel] = (await asBot('GET', `/guilds/${sandbox.guild.id}/channels`)).body;
  const sent = await asBot('POST', `/channels/${channel.id}/messages`, { content: 'x' });
  expect(sent.body.timestamp).toBe('2030-01-01T10:00:00.000Z');
  await sandbox.stop();
});
