/** Files that people send with a command: what Hearth is told of them, and how they are fetched. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Person } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { discordAttachments } from '../../../src/adapters/discord/attachments.ts';
import { serverCommand } from '../../../src/command.ts';
import { allow } from '../../../src/core/outcome.ts';
import { attachment, text } from '../../../src/option.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { type Connection, connectedSandbox, logIn } from './connected.ts';

type Sent = { readonly name: string; readonly size: number; readonly url: string };

const received: Sent[] = [];
const keep = serverCommand({
  name: 'keep',
  description: 'Keeps a file',
  who: ['admin'],
  input: z.object({
    file: attachment('Which file'),
    other: attachment('Another file').optional(),
    title: text('What it is called', 1, 80),
  }),
  run: async ({ input }) => {
    received.push(...[input.file, input.other].flatMap((each) => each ?? []));
    return allow({ kind: 'tell', card: { text: `${input.title}: ${input.file.name}` } });
  },
});

const bytes = new Uint8Array([1, 2, 3, 0, 255, 254]);
const BELL = { file: 'bell.ogg', bytes, type: 'audio/ogg' };

let world: TestWorld;
let connection: Connection & { sandbox: Sandbox };
let admin: Person;

beforeAll(async () => {
  world = await testWorld();
  connection = await connectedSandbox({ world, commands: [keep] });
  if (!connection.started.ok) throw new Error(connection.started.sentence);
  admin = await logIn(connection.sandbox, 'Noor', true);
});
afterAll(async () => {
  admin.close();
  await connection.discord.stop();
  await connection.sandbox.stop();
  await world.close();
});
beforeEach(() => {
  received.length = 0;
  connection.sandbox.clock.turn(60_000);
});

const fetching = (address: string, most = 100) =>
  discordAttachments(connection.sandbox.restUrl).load(address, most);

describe('a file that goes with a command', () => {
  it('reaches it with its name, its size and where it lies, and nothing else', async () => {
    const outcome = await admin.run('/keep', { file: BELL, title: 'A bell' });
    expect(outcome).toMatchObject({ is: 'reply', text: expect.stringContaining('A bell: bell.ogg') });
    expect(received).toEqual([
      { name: 'bell.ogg', size: 6, url: expect.stringContaining('/ephemeral-attachments/') },
    ]);
    expect(await fetching(received[0]?.url ?? '')).toEqual({ did: 'fetched', bytes });
  });

  it('is told from another', async () => {
    const other = { file: 'rain.ogg', bytes: new Uint8Array([9]) };
    await admin.run('/keep', { other, title: 'Two', file: BELL });
    expect(received.map(({ name }) => name)).toEqual(['bell.ogg', 'rain.ogg']);
  });

  it('is required where the command says so', async () => {
    expect(await admin.run('/keep', { title: 'None' })).toMatchObject({ is: 'failure', code: 50035 });
    expect(received).toEqual([]);
  });

  it('is no text, and no text is a file', async () => {
    expect(await admin.run('/keep', { file: '0', title: 'None' })).toMatchObject({
      is: 'failure',
      code: 50035,
    });
    expect(await admin.run('/keep', { file: BELL, title: BELL })).toMatchObject({ is: 'failure' });
    expect(received).toEqual([]);
  });
});

describe('fetching', () => {
  let server: Server;
  let origin = '';
  let answer: RequestListener = (_request, response) => void response.end();
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    // What listens on a port has an address of this shape.
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const at = (path = '/attachments/1/2/a.ogg', most = 100) =>
    discordAttachments(`${origin}/api`).load(`${origin}${path}`, most);

  it.each([
    'http://127.0.0.1:1/attachments/1/2/a.ogg',
    'http://cdn.discordapp.com/attachments/1/2/a.ogg',
    'https://cdn.discordapp.com.example.org/attachments/1/2/a.ogg',
    'https://cdn.discordapp.com@example.org/attachments/1/2/a.ogg',
    'https://name:word@cdn.discordapp.com/attachments/1/2/a.ogg',
    'https://cdn.discordapp.com/icons/1/2.png',
    'file:///etc/passwd',
    '',
  ])('takes nothing from %s', async (address) => {
    expect(await fetching(address)).toEqual({ did: 'failed', why: 'unreachable' });
  });

  it('takes no more than it may, whatever the file claims', async () => {
    answer = (_request, response) =>
      void response.writeHead(200, { 'content-length': 101 }).end('x'.repeat(101));
    expect(await at()).toEqual({ did: 'failed', why: 'too-big' });
    answer = (_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(60)), 1);
      response.on('close', () => clearInterval(more));
    };
    expect(await at()).toEqual({ did: 'failed', why: 'too-big' });
  });

  it('follows nobody elsewhere, and takes no refusal for a file', async () => {
    answer = (_request, response) =>
      void response.writeHead(302, { location: '/attachments/1/2/b.ogg' }).end();
    expect(await at()).toEqual({ did: 'failed', why: 'unreachable' });
    answer = (_request, response) => void response.writeHead(404).end('gone');
    expect(await at()).toEqual({ did: 'failed', why: 'unreachable' });
    answer = (request) => void request.socket.destroy();
    expect(await at()).toEqual({ did: 'failed', why: 'unreachable' });
  });
});
