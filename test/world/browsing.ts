/** Private pages as a browser without scripts meets them: over real HTTP, read by a parser. */
import { type HTMLElement, parse } from 'node-html-parser';
import { commands } from '../../commands/index.ts';
import { startWeb } from '../../src/adapters/web/server.ts';
import type { Reply } from '../../src/command.ts';
import type { TestWorld } from '../world.ts';

/** What a page is answered with. */
export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly root: HTMLElement;
  /** Everything that can be read, in one text. */
  readonly text: string;
  /** Names of the fields that it asks for. */
  readonly fields: readonly string[];
  /** Secret part of the address under that button or link. */
  step(label: string): string;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface Browsing {
  readonly base: string;
  /** Everything that the server answers. */
  readonly routes: readonly string[];
  look(token: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
  send(token: string, fields?: Fields, headers?: Readonly<Record<string, string>>): Promise<Shown>;
  stop(): Promise<void>;
}

const textOf = (root: HTMLElement): string =>
  (root.querySelector('main') ?? root).textContent.replace(/\s+/g, ' ').trim();

const shown = async (answer: Response): Promise<Shown> => {
  const html = await answer.text();
  const root = parse(html);
  const named = root.querySelectorAll('[name]').filter(({ tagName }) => tagName !== 'META');
  return {
    status: answer.status,
    headers: answer.headers,
    html,
    root,
    text: textOf(root),
    fields: [...new Set(named.map((each) => each.getAttribute('name') ?? ''))],
    step: (label) => {
      const link = root.querySelectorAll('a.button').find((each) => each.textContent.trim() === label);
      const form = root
        .querySelectorAll('form')
        .find((each) => each.querySelector('button')?.textContent.trim() === label);
      const token = link?.getAttribute('href') ?? form?.getAttribute('action');
      if (token === undefined) throw new Error(`there is no “${label}” on the page: ${textOf(root)}`);
      return token;
    },
  };
};

const bodyOf = (fields: Fields): URLSearchParams => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) body.append(name, each);
  }
  return body;
};

/** A web server on that world. */
export const browsing = async (
  world: TestWorld,
  feed: (token: string) => Promise<string | undefined> = async () => undefined,
): Promise<Browsing> => {
  const server = await startWeb(
    { host: '127.0.0.1', port: 0, log: world.log },
    { isWell: async () => true, feed, desk: () => ({ world, commands }) },
  );
  const base = `http://127.0.0.1:${server.port}`;
  const ask = async (token: string, init: RequestInit): Promise<Shown> =>
    shown(await fetch(`${base}/answer/${token}`, init));
  return {
    base,
    routes: server.routes,
    look: (token, headers = {}) => ask(token, { headers }),
    send: (token, fields = {}, headers = {}) => ask(token, { method: 'POST', headers, body: bodyOf(fields) }),
    stop: server.stop,
  };
};

/** Secret part of the address that somebody was given instead of an answer. */
export const tokenIn = (reply: Reply): string => {
  const [link] = reply.kind === 'tell' ? (reply.card.links ?? []) : [];
  const [, token] = /\/answer\/([\w-]{43})$/.exec(link?.address ?? '') ?? [];
  if (token === undefined) throw new Error(`no address was given: ${JSON.stringify(reply)}`);
  return token;
};
