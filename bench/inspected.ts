/** A running process of Node, looked into from outside: what it uses after all garbage is collected, and what it keeps. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../src/core/time.ts';

/** What a process uses and keeps at one moment, after its garbage was collected. */
export interface Vitals {
  readonly rssMB: number;
  readonly heapMB: number;
  /** Outside of the heap, but held by it: buffers, and the memory of WebAssembly. */
  readonly externalMB: number;
  /** Since the process began. */
  readonly cpuSeconds: number;
  /** Sockets, pipes and timers that are open. */
  readonly handles: number;
  readonly emitters: number;
  readonly listeners: number;
  /** Warnings of Node's own since it was first looked at: too many listeners are one. */
  readonly warnings: readonly string[];
}

export interface Inspected {
  readonly pid: number;
  vitals(): Promise<Vitals>;
  close(): void;
}

/** Where a process that is told nothing else lets itself be looked into. */
export const USUAL_PORT = 9_229;

const OPENS_WITHIN = 5 * SECOND;
const LOOK_EVERY = 50;

const MEASURE = `(() => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const MB = 2 ** 20;
  return {
    rssMB: rss / MB, heapMB: heapUsed / MB, externalMB: external / MB,
    cpuSeconds: (user + system) / 1e6,
    handles: process.getActiveResourcesInfo().length,
    warnings: globalThis.warned,
  };
})()`;
const NOTE_WARNINGS = `if (!globalThis.warned) {
  globalThis.warned = [];
  process.on('warning', ({ name }) => void globalThis.warned.push(name));
}`;
const EMITTERS = `process.getBuiltinModule('node:events').EventEmitter.prototype`;
const COUNT = `function () {
  let listeners = 0;
  for (const each of this) {
    for (const name of Reflect.ownKeys(each._events ?? {})) listeners += [each._events[name]].flat().length;
  }
  return { emitters: this.length, listeners };
}`;

interface Answer {
  readonly id: number;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

type Call = (method: string, parameters?: object) => Promise<unknown>;

const at = (thing: unknown, ...path: readonly string[]): unknown =>
  path.reduce((found, name) => Reflect.get(Object(found), name), thing);

const socketOf = async (port: number): Promise<string> => {
  for (const deadline = Date.now() + OPENS_WITHIN; Date.now() < deadline; await sleep(LOOK_EVERY)) {
    const listed = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
    const url = at(await listed?.json(), '0', 'webSocketDebuggerUrl');
    if (typeof url === 'string') return url;
  }
  throw new Error(`nothing can be looked into at port ${port}`);
};

const openedSocket = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return socket;
};

const callsOver = (socket: WebSocket): Call => {
  const waiting = new Map<number, (answer: Answer) => void>();
  let number = 0;
  socket.addEventListener('message', ({ data }) => {
    // The inspector answers each call in this form.
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  socket.addEventListener('close', () => {
    for (const [id, tell] of waiting) tell({ id, error: { message: 'the process has ended' } });
  });
  return async (method, params = {}) => {
    number += 1;
    const id = number;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
};

const countIn = async (call: Call): Promise<unknown> => {
  const found = await call('Runtime.evaluate', { expression: EMITTERS });
  const prototypeObjectId = at(found, 'result', 'objectId');
  const { objectId } = at(await call('Runtime.queryObjects', { prototypeObjectId }), 'objects') as {
    objectId: string;
  };
  const counted = await call('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: COUNT,
    returnByValue: true,
  });
  await call('Runtime.releaseObject', { objectId });
  return at(counted, 'result', 'value');
};

/** Looks into a process that listens, once it is asked to, on that port; only where signals ask for that. */
export const inspect = async (pid: number, port: number = USUAL_PORT): Promise<Inspected> => {
  process.kill(pid, 'SIGUSR1');
  const socket = await openedSocket(await socketOf(port));
  const call = callsOver(socket);
  const evaluate = async (expression: string): Promise<unknown> =>
    at(await call('Runtime.evaluate', { expression, returnByValue: true }), 'result', 'value');
  if ((await evaluate('process.pid')) !== pid) throw new Error(`port ${port} belongs to another process`);
  await evaluate(NOTE_WARNINGS);
  return {
    pid,
    vitals: async () => {
      await call('HeapProfiler.collectGarbage');
      const [measured, counted] = [await evaluate(MEASURE), await countIn(call)];
      // Just what the two expressions give.
      return { ...(measured as Vitals), ...(counted as Pick<Vitals, 'emitters' | 'listeners'>) };
    },
    close: () => socket.close(),
  };
};

/** The process that is in the calls, which a process of Hearth has begun; undefined while there is none. */
export const voiceChildOf = (pid: number): number | undefined => {
  const line = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='])
    .toString()
    .split('\n')
    .map((each) => each.trim().split(/\s+/))
    .find(
      ([, parent, ...args]) => parent === String(pid) && args.some((each) => each.includes('voice/child')),
    );
  return line && Number(line[0]);
};
