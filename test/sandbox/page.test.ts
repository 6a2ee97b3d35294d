/** Keeps whom the page is served to: the browser of this machine, and nobody through it. */
import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stream } from '../../sandbox/page/live.ts';
import type { PageState } from '../../sandbox/page/story.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ page: { partOf: (name) => (name === 'Ana' ? 'participant' : undefined) } });
  sandbox.addPerson('Ana');
});
afterAll(() => sandbox.stop());

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const asking = request(new URL(path, sandbox.pageUrl), { method, headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
      asking.on('error', reject).end(method === 'POST' ? '{}' : undefined);
    },
  );

test('the page stands on loopback, and runs and loads nothing of anybody else’s', async () => {
  expect(new URL(sandbox.pageUrl ?? '').hostname).toBe('127.0.0.1');
  const { status, headers, text } = await ask('/');
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(text).not.toMatch(/https?:\/\//);
  expect((await ask('/page/shell.js')).headers['content-type']).toMatch(/javascript/);
});

test('only people with a part are offered, each with a token that logs them in', async () => {
  const people = JSON.parse((await ask('/page/people')).text);
  expect(people).toEqual([{ ...sandbox.people.get('Ana'), part: 'participant' }]);
});

test('a name of somebody else’s that leads here is refused, whatever is asked', async () => {
  for (const path of ['/', '/as', '/page/people', '/page/live'])
    expect((await ask(path, { host: 'somewhere.example' })).status).toBe(403);
});

test('another site learns no token and does nothing', async () => {
  const foreign = { origin: 'https://somewhere.example', 'sec-fetch-site': 'cross-site' };
  expect((await ask('/page/people', foreign)).status).toBe(403);
  expect((await ask('/page/act/clear-faults', foreign, 'POST')).status).toBe(403);
  expect((await ask('/page/people', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
});

/** Does nothing, and lets nothing else be done. */
const holdUp = (ms: number): void => {
  for (const begun = performance.now(); performance.now() - begun < ms; );
};

test('while everything is held up, nobody is told that somebody has fallen silent who has not', async () => {
  const told: string[] = [];
  const incoming = new EventEmitter() as IncomingMessage;
  const response = { writeHead: () => undefined, write: (text: string) => told.push(text) };
  let saidAt = performance.now();
  const state = (): PageState => ({
    ...{ now: Date.now(), closedDms: [], faults: { failing: {}, slowMs: 0 }, next: null, story: null },
    speaking: performance.now() - saidAt < 400 ? ['1'] : [],
  });
  stream(incoming, response as unknown as ServerResponse, state, {});
  // Due after a look at what is told, and as late as that.
  setTimeout(() => {
    saidAt = performance.now();
  }, 250);
  holdUp(500);
  await sleep(100);
  incoming.emit('close');
  expect(told.map((text) => JSON.parse(text.slice('data: '.length)).speaking)).toEqual([['1']]);
});

test('an address that is none is not found, and ends nothing', async () => {
  const { port } = new URL(sandbox.pageUrl ?? '');
  const answer = (path: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, path, headers });
      asking.on('response', (response) => resolve(response.resume().statusCode));
      asking.on('error', reject).end();
    });
  const upgrade = {
    ...{ connection: 'Upgrade', upgrade: 'websocket' },
    ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
  };
  for (const path of ['//', '//[', '//page/people', 'http://[', '*'])
    expect([path, await answer(path), await answer(path, upgrade)]).toEqual([path, 404, 404]);
  expect((await ask('/')).status).toBe(200);
});

test('who asks for a websocket and breaks off before the answer ends nothing', async () => {
  const { port } = new URL(sandbox.pageUrl ?? '');
  const head = [
    'HTTP/1.1\r\nHost: somewhere.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  ];
  for (const path of ['/nowhere', '/page/hear', '/page/speak']) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${path} ${head.join('')}`, () => socket.resetAndDestroy());
    await once(socket, 'close');
    expect((await ask('/')).status).toBe(200);
  }
});

test('an act is held to its form, and one that is unknown is refused', async () => {
  const json = { 'content-type': 'application/json' };
  expect((await ask('/page/act/clear-faults', json, 'POST')).status).toBe(204);
  expect((await ask('/page/act/slow', json, 'POST')).status).toBe(400);
  expect((await ask('/page/act/toString', json, 'POST')).status).toBe(404);
});

test('what is no address, and whoever hangs up before they are refused, end nothing', async () => {
  const { host, hostname, port } = new URL(sandbox.pageUrl ?? '');
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  for (const [path, from, more] of [
    ['//', host, ''],
    ['//', host, upgrade],
    ['/page/hear', 'somewhere.example', upgrade],
  ]) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${from}\r\n${more}\r\n`);
    await once(socket, 'data');
    // The server is still to be told that nobody reads any more.
    socket.resetAndDestroy();
    expect((await ask('/page/people')).status).toBe(200);
  }
});

test('a sandbox that was not asked for a page has none', async () => {
  const without = await startSandbox();
  const { origin } = new URL(without.restUrl);
  expect(without.pageUrl).toBeUndefined();
  for (const path of ['/', '/as', '/page/people']) expect((await fetch(origin + path)).status).toBe(404);
  await without.stop();
});
