/** Keeps the promise that the sandbox can be started alone, and that its one line is enough to use it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { person } from '../../sandbox/people.ts';
import { caller } from './wire.ts';

let running: ReturnType<typeof start> | undefined;

const start = (...options: string[]) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'sandbox/main.ts', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

afterEach(() => {
  running?.kill('SIGKILL');
});

test('one line of JSON tells a bot and a person how to come in, and SIGTERM ends it well', async () => {
  running = start('--json', '--people', '2');
  const lines: string[] = [];
  const reader = createInterface(running.stdout).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const told = JSON.parse(lines[0] ?? '');
  expect(told.people.map(({ role }: { role: string }) => role)).toEqual([
    'owner',
    'admin',
    'member',
    'member',
  ]);

  const self = await caller(told.restUrl, `Bot ${told.botToken}`)('GET', '/users/@me');
  expect(self.body).toMatchObject({ id: told.applicationId, bot: true });
  const ana = await person({ ...told, token: told.people[2].token });
  expect(ana.sees('general')).toBe(true);
  ana.close();

  running.kill('SIGTERM');
  const [code] = await once(running, 'exit');
  expect([code, lines.length]).toEqual([0, 1]);
});

test('an option that makes no sense is told in a sentence', async () => {
  running = start('--port', 'many');
  let said = '';
  running.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(running, 'exit');
  expect(code).toBe(1);
  expect(said).toContain('--port takes a whole number from 0 to 65535, not "many".');
});
