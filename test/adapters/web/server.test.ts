/** The web server as a stranger, a monitor and a calendar app meet it, over real HTTP. */
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Pages, startWeb, type WebServer } from '../../../src/adapters/web/server.ts';

const TOKEN = 'a'.repeat(43);
const REVOKED = 'b'.repeat(43);
const TEXT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';

const faults: unknown[] = [];
let isWell = true;
let asked = 0;
let breaks = false;
let server: WebServer;

const pages: Pages = {
  isWell: async () => {
    asked += 1;
    return isWell;
  },
  feed: async (token) => {
    if (breaks) throw new Error('a secret in a message');
    return token === TOKEN ? TEXT : undefined;
  },
  desk: () => {
    throw new Error('no private page is asked for here');
  },
};

const log = {
  info: () => undefined,
  warn: () => undefined,
  fault: (_event: string, cause: unknown) => {
    faults.push(cause);
    return 'ref-1234';
  },
};

beforeAll(async () => {
  server = await startWeb({ host: '127.0.0.1', port: 0, log }, pages);
});
afterAll(() => server.stop());
beforeEach(() => {
  isWell = true;
  breaks = false;
  faults.length = 0;
});

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, init);

/** Everything that an answer tells, but for the moment at which it was told. */
const all = async (answer: Response) => {
  const { date: _date, ...headers } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers, text: await answer.text() };
};

describe('health', () => {
  it('is well while the database answers, and says so in very few words', async () => {
    const answer = await ask('/health');
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
    isWell = false;
    await sleep(1_100);
    const other = await ask('/health');
    expect([other.status, await other.json()]).toEqual([503, { ok: false }]);
    isWell = true;
    await sleep(1_100);
  });

  it('costs one question, however many ask at once', async () => {
    asked = 0;
    await Promise.all(Array.from({ length: 20 }, () => ask('/health')));
    expect(asked).toBeLessThanOrEqual(2);
  });
});

describe('every answer', () => {
  it.each(['/health', `/calendar/${TOKEN}.ics`, '/nowhere'])('of %s is strict', async (path) => {
    const { headers } = await ask(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([headers.get('server'), headers.get('x-powered-by'), headers.get('set-cookie')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('what is not there', () => {
  const NOWHERE = [
    '/',
    '/health/',
    '/calendar',
    '/calendar/',
    `/calendar/${REVOKED}.ics`,
    `/calendar/${TOKEN}`,
    `/calendar/${TOKEN}.ics/more`,
    `/calendar/${'a'.repeat(42)}.ics`,
    `/calendar/${'a'.repeat(500)}.ics`,
    `/calendar/${'a'.repeat(42)}%00.ics`,
    '/calendar/%zz.ics',
    '/%c3%28',
    '/..%2f..%2fetc%2fpasswd',
  ];

  it('is the same small answer, whatever was asked', async () => {
    const first = await all(await ask('/nowhere'));
    expect(first.status).toBe(404);
    expect(first.text).toBe('Not found\n');
    for (const path of NOWHERE) expect({ path, ...(await all(await ask(path))) }).toEqual({ path, ...first });
    expect(await all(await ask('/health', { method: 'POST', body: '{' }))).toEqual(first);
    expect(await all(await ask(`/calendar/${TOKEN}.ics`, { method: 'DELETE' }))).toEqual(first);
    expect(faults).toEqual([]);
  });

  it.each([
    ['not understood', '{'],
    ['too large', JSON.stringify('a'.repeat(2_000_000))],
  ])('is a body that is %s, and nothing of it is logged', async (_what, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/health', { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([404, 'Not found\n']);
    expect(faults).toEqual([]);
  });

  it('is no request at all, and the server stays well', async () => {
    const socket = createConnection(server.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.end('what is this\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await ask('/health')).status).toBe(200);
  });
});

describe('a calendar', () => {
  it('is given whole, and not again while it is the same', async () => {
    const answer = await ask(`/calendar/${TOKEN}.ics`);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(await answer.text()).toBe(TEXT);
    const tag = answer.headers.get('etag') ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ask(`/calendar/${TOKEN}.ics`, { headers: { 'if-none-match': known } });
      expect([known, again.status, await again.text()]).toEqual([known, 304, '']);
    }
    const changed = await ask(`/calendar/${TOKEN}.ics`, { headers: { 'if-none-match': '"other"' } });
    expect(changed.status).toBe(200);
  });

  it('that fails is told by a reference, and nothing else', async () => {
    breaks = true;
    const answer = await ask(`/calendar/${TOKEN}.ics`);
    expect([answer.status, await answer.text()]).toEqual([500, 'Something went wrong (ref-1234)\n']);
    expect(faults).toHaveLength(1);
  });
});

describe('whoever asks for calendars very often', () => {
  const from = (address: string): RequestInit => ({ headers: { 'x-forwarded-for': address } });
  const askOften = (times: number, path: string, address: string) =>
    Promise.all(Array.from({ length: times }, () => ask(path, from(address))));

  it('is asked to wait in plain words, and nobody else is', async () => {
    for (const { status } of await askOften(60, `/calendar/${TOKEN}.ics`, '203.0.113.7')) {
      expect(status).toBe(200);
    }
    const answer = await ask(`/calendar/${TOKEN}.ics`, from('203.0.113.7'));
    expect(answer.status).toBe(429);
    expect(await answer.text()).toContain('Please try again in a minute.');
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await ask(`/calendar/${TOKEN}.ics`, from('203.0.113.8'))).status).toBe(200);
    expect((await ask('/health', from('203.0.113.7'))).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('is asked to wait before it is looked whether there is anything', async () => {
    await askOften(60, `/calendar/${REVOKED}.ics`, '203.0.113.9');
    expect((await ask(`/calendar/${TOKEN}.ics`, from('203.0.113.9'))).status).toBe(429);
  });

  it('is told by who stands between, and can pretend nothing beyond that', async () => {
    await askOften(60, `/calendar/${TOKEN}.ics`, '198.51.100.1, 203.0.113.10');
    expect((await ask(`/calendar/${TOKEN}.ics`, from('198.51.100.2, 203.0.113.10'))).status).toBe(429);
  });
});

it('a port that is taken is said by its code', async () => {
  await expect(startWeb({ host: '127.0.0.1', port: server.port, log }, pages)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
