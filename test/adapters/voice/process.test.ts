/** The process that is in the calls: what it is given, and what becomes of it when it, or the bot, comes to an end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import type { Question } from '../../../src/adapters/voice/messages.ts';
import { type OpenVoice, openVoice } from '../../../src/adapters/voice/voice.ts';
import { type OpenLine, openVoiceProcess } from '../../../src/adapters/voice/voice-process.ts';
import { callProcesses } from './call-processes.ts';
import { keptLog, standInGateway } from './standing-in.ts';

const WISH = { channelId: '200', notesSpeaking: false };
const hooks = { encryptionChanged: () => undefined, spoke: () => undefined };

let opened: OpenVoice | undefined;
afterEach(async () => {
  await opened?.stop();
  opened = undefined;
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const open = () => {
  const [gateway, log] = [standInGateway(), keptLog()];
  opened = openVoice({ gateway, log, clock: { now: () => new Date() }, hooks });
  return { gateway, log, ...opened };
};

it('is begun at the first wish, with nothing of the environment', async () => {
  process.env['DISCORD_TOKEN'] = 'a-secret-token';
  const { voice } = open();
  expect(callProcesses()).toEqual([]);
  void voice.bring('100', WISH);
  void voice.bring('101', WISH);
  await expect.poll(() => callProcesses()).toHaveLength(1);
  const [pid = 0] = callProcesses();
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
  expect(environment.split('\0').filter((line) => line !== '' && !line.startsWith('NODE_CHANNEL_'))).toEqual(
    [],
  );
});

it('is begun anew when it was killed, and every wish is brought to it again', async () => {
  const { voice, log, gateway } = open();
  void voice.bring('100', WISH);
  await expect.poll(() => callProcesses()).toHaveLength(1);
  const [pid = 0] = callProcesses();
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => callProcesses().filter((each) => each !== pid), { timeout: 10_000 })
    .toHaveLength(1);
  expect(log.events).toContain('voice-process-ended');
  expect(await voice.bring('100', WISH)).toEqual({ did: 'failed', why: 'unreachable' });
  await expect.poll(() => gateway.asked.map(({ channelId }) => channelId)).toEqual(['200', undefined, '200']);
});

/** A process of its own, and a line of it that leads nowhere. */
const openLine = (log: ReturnType<typeof keptLog>) => {
  const process = openVoiceProcess(log, []);
  const ears = { ready() {}, connecting() {}, lost() {}, stirred() {}, spoke() {} };
  const line: OpenLine = process.open('100', '200', ears) ?? expect.fail('no line was opened');
  return { line, stop: process.stop };
};

it('answers also what it fails at, for somebody waits', async () => {
  const log = keptLog();
  const { line, stop } = openLine(log);
  const senseless = { about: 'once', score: undefined } as unknown as Question<'once'>;
  expect(await line.ask<'once'>(senseless)).toBeUndefined();
  expect(log.events).toEqual(['voice']);
  expect(await line.ask({ about: 'forget' })).toBe(true);
  await stop();
});

it('is left only when the gateway could be asked, and is to be wished again until then', async () => {
  const { voice, gateway } = open();
  gateway.stands = '200';
  const { ask } = gateway;
  Object.assign(gateway, { ask: () => false });
  expect(await voice.bring('100', undefined)).toEqual({ did: 'failed', why: 'unreachable' });
  Object.assign(gateway, { ask });
  expect(await voice.bring('100', undefined)).toEqual({ did: 'left' });
  expect(gateway.stands).toBeUndefined();
});

it('is ended when it hangs, and whoever waits for an answer has one', async () => {
  const log = keptLog();
  const { line, stop } = openLine(log);
  expect(await line.ask({ about: 'forget' })).toBe(true);
  const [pid = 0] = callProcesses();
  process.kill(pid, 'SIGSTOP');
  const begun = performance.now();
  expect(await line.ask({ about: 'group' })).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(25_000);
  expect(isAlive(pid)).toBe(false);
  expect(log.events).toEqual(['voice-process-hangs', 'voice-process-ended']);
  await stop();
});

it('is begun as soon as the machine has room for it', async () => {
  // A program of its own, which may open few files and has opened all of them.
  const program = `
    const { closeSync, openSync } = await import('node:fs');
    const { openVoiceProcess } = await import(${JSON.stringify(new URL('../../../src/adapters/voice/voice-process.ts', import.meta.url).href)});
    const { keptLog } = await import(${JSON.stringify(new URL('./standing-in.ts', import.meta.url).href)});
    const voice = openVoiceProcess(keptLog(), []);
    const open = () => new Promise((lost) => {
      const ears = { ready() {}, connecting() {}, lost: () => lost('lost'), stirred() {}, spoke() {} };
      const line = voice.open('100', '200', ears);
      if (!line) lost('rests');
      line?.ask({ about: 'forget' }).then((answer) => lost(answer ? 'answered' : 'lost'));
    });
    const files = [];
    try { for (;;) files.push(openSync('/dev/null')); } catch {}
    const told = [await open(), await open()];
    files.forEach((file) => closeSync(file));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    told.push(await open());
    await voice.stop();
    console.log(told.join());`;
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  const bot = spawn('sh', ['-c', 'ulimit -n 100; exec "$@"', 'sh', ...node, program]);
  const told: string[] = [];
  bot.stdout.on('data', (data) => told.push(String(data)));
  await once(bot, 'exit');
  expect(told.join('').trim()).toBe('lost,rests,answered');
});

it('leaves signals to the bot, and ends when it is told to', async () => {
  const { voice, stop, gateway } = open();
  const brought = voice.bring('100', WISH);
  const nowhere = {
    guild_id: '100',
    channel_id: '200',
    user_id: '9',
    session_id: 's',
    endpoint: '127.0.0.1:1',
    token: 't',
  };
  for (const what of ['state', 'server'] as const) gateway.ears?.packet('100', what, nowhere);
  // It has begun when it has found that nobody is there.
  expect(await brought).toEqual({ did: 'failed', why: 'unreachable' });
  const [pid = 0] = callProcesses();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
  await sleep(200);
  expect(isAlive(pid)).toBe(true);
  await stop();
  expect(isAlive(pid)).toBe(false);
});

it('ends by itself when there is no bot any more', async () => {
  const program = `
    const { openVoice } = await import(${JSON.stringify(new URL('../../../src/adapters/voice/voice.ts', import.meta.url).href)});
    const { standInGateway, keptLog } = await import(${JSON.stringify(new URL('./standing-in.ts', import.meta.url).href)});
    const hooks = { encryptionChanged() {}, spoke() {} };
    openVoice({ gateway: standInGateway(), log: keptLog(), clock: { now: () => new Date() }, hooks })
      .voice.bring('100', { channelId: '200', notesSpeaking: false });
    setInterval(() => undefined, 1_000);`;
  const bot = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program,
  ]);
  await expect.poll(() => callProcesses(bot.pid), { timeout: 20_000 }).toHaveLength(1);
  const [pid = 0] = callProcesses(bot.pid);
  await sleep(1_000);
  bot.kill('SIGKILL');
  await once(bot, 'exit');
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
});
