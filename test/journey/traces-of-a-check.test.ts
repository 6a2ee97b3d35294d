/** A test of a microphone leaves nothing of what was said: no file, not even for a moment, and no bytes in memory. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packetsOf } from '../../sandbox/voice/sound.ts';
import { until } from '../adapters/jobs/until.ts';
import { callProcesses } from '../adapters/voice/call-processes.ts';
import { type Bot, startBot } from './bot.ts';
import { makeGroup, sign } from './group.ts';
import { type Stage, setStage, WITH_VOICE } from './stage.ts';
import { sees } from './watch.ts';

let folder: string;
let elsewhere: string;
let stage: Stage;
/** Is in the calls; the other does the jobs, among which are writings that have nothing to do with what is said. */
let bot: Bot;
let hands: Bot;

const ana = () => stage.who('Ana');

beforeAll(async () => {
  // Everything that Hearth could take for its own is in here.
  folder = mkdtempSync(join(tmpdir(), 'hearth-traces-'));
  for (const name of ['home', 'temporary', 'data']) mkdirSync(join(folder, name));
  stage = await setStage(['Lena', 'Tomas', 'Ana']);
  elsewhere = mkdtempSync(join(tmpdir(), 'hearth-hands-'));
  hands = startBot({ ...stage.environment, HEARTH_ROLES: 'worker', HEARTH_DATA: elsewhere });
  bot = startBot(
    {
      ...stage.environment,
      ...WITH_VOICE,
      HEARTH_ROLES: 'gateway',
      HEARTH_LOG: 'info',
      HEARTH_DATA: join(folder, 'data'),
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'temporary'),
      NODE_EXTRA_CA_CERTS: stage.sandbox.voice.certificateFile(),
    },
    folder,
  );
  await Promise.all([bot.isUp(), hands.isUp()]);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  await sign(ana(), 120);
}, 300_000);
afterAll(async () => {
  for (const each of [bot, hands]) each.signal('SIGTERM');
  await Promise.all([bot.ended(), hands.ended()]);
  await stage.strike();
  for (const each of [folder, elsewhere]) rmSync(each, { recursive: true });
});

/** The process that is in the calls of the bot. */
const child = (): number => callProcesses(bot.pid)[0] ?? Number.NaN;

/** Bytes that a process has had written to any disk, as the kernel counts them: also to a file that is gone by now. */
const bytesWritten = (io: string): number => Number(/^write_bytes: (\d+)$/m.exec(io)?.[1]);
const writtenBy = (pid: number): number => bytesWritten(readFileSync(`/proc/${pid}/io`, 'utf8'));

/** Every file and folder, with when it was changed: a file that came and went changes its folder. */
const standing = (path: string): readonly string[] => [
  `${path} ${statSync(path).mtimeMs}`,
  ...readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? standing(inner) : [`${inner} ${statSync(inner).mtimeMs}`];
  }),
];

/** The lowest two bits of the flags of an open file: 0 for reading only. */
const WRITES = 0o3;

/** Files on a disk, or in a memory that looks like one, that a process has open for writing. */
const openForWriting = (pid: number): readonly string[] =>
  readdirSync(`/proc/${pid}/fd`).flatMap((number) => {
    try {
      const path = readlinkSync(`/proc/${pid}/fd/${number}`);
      const flags = /^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${number}`, 'utf8'))?.[1];
      const isFile = (path.startsWith('/') && !path.startsWith('/dev/')) || path.startsWith('/dev/shm');
      return isFile && Number.parseInt(flags ?? '0', 8) & WRITES ? [path] : [];
    } catch {
      // It was closed between two looks.
      return [];
    }
  });

/** All memory of a process that it can write, in pieces. */
const memoryOf = (pid: number): readonly Buffer[] => {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pieces = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from = '0', to = '0', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (!rights.startsWith('rw')) return [];
      const begin = Number.parseInt(from, 16);
      const bytes = Buffer.alloc(Number.parseInt(to, 16) - begin);
      try {
        readSync(memory, bytes, 0, bytes.length, begin);
        return [bytes];
      } catch {
        // Given back meanwhile.
        return [];
      }
    });
  closeSync(memory);
  return pieces;
};

/** How many of these are somewhere in there. */
const found = (needles: readonly Buffer[], memory: readonly Buffer[]): number =>
  needles.filter((needle) => memory.some((bytes) => bytes.includes(needle))).length;

/** What Ana says: a tone that is another each second, so that no two packets are alike. */
const SAID = Array.from({ length: 9 }, (_, second) =>
  packetsOf({ tone: { hertz: 300 + 37 * second, dBFS: -24 }, ms: 1_000 }),
);
/** Some of it, to be looked for in memory. */
const NEEDLES = SAID.flatMap((second) => second.filter((_, index) => index % 10 === 5));

/** Says all of it, or as much as there is time for. */
const sayAll = async (): Promise<void> => {
  for (const packets of SAID) await stage.sandbox.voice.of(ana().id).speak({ packets });
};

it('a test of a microphone writes to no disk, and forgets what it heard', async () => {
  await ana().run('/voice-check', {}, { in: 'group-room' });
  await ana().press('Start the check');
  const ownRoom = () =>
    ana()
      .rooms()
      .find(({ name }) => name.includes('mic'));
  await until('a room of her own stands', () => ownRoom() !== undefined, 120);
  const { name = '' } = ownRoom() ?? {};
  await ana().join(name);
  const { heard } = stage.sandbox.voice.of(ana().id);
  await until('she hears the tone', () => heard().length >= 10, 120);

  const pids = [bot.pid, child()];
  const before = { files: standing(folder), bytes: pids.map(writtenBy) };
  const opened = new Set<string>();
  const watching = setInterval(() => {
    for (const path of pids.flatMap(openForWriting)) opened.add(path);
  }, 50);
  try {
    const said = sayAll().catch(() => 'the check was over before');
    const own = new Set(SAID.flat().map((packet) => packet.toString('hex')));
    await until(
      'she hears herself',
      () => heard().some(({ packet }) => own.has(packet.toString('hex'))),
      120,
    );
    const meanwhile = memoryOf(child());
    await sees(ana(), name, 'Good.');
    await said;
    expect(found(NEEDLES, meanwhile)).toBeGreaterThan(0);
  } finally {
    clearInterval(watching);
  }
  expect.soft(pids.map(writtenBy)).toEqual(before.bytes);
  expect.soft(standing(folder)).toEqual(before.files);
  expect.soft([...opened]).toEqual([]);
  expect.soft(found(NEEDLES, memoryOf(child()))).toBe(0);
}, 300_000);

it('such a writing would be seen', () => {
  const before = standing(folder);
  const program = `
    const fs = require('node:fs');
    const path = ${JSON.stringify(join(folder, 'temporary', 'sound'))};
    const io = () => fs.readFileSync('/proc/self/io', 'utf8');
    const before = io();
    fs.writeFileSync(path, Buffer.alloc(60, 1));
    fs.unlinkSync(path);
    process.stdout.write(JSON.stringify([before, io()]));`;
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  // What the program itself tells.
  const [first = '', then = ''] = JSON.parse(stdout) as string[];
  expect(bytesWritten(then)).toBeGreaterThan(bytesWritten(first));
  expect(standing(folder)).not.toEqual(before);
});
