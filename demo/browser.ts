/** A browser of the story: it keeps cookies, sends forms, and signs its owner in by Discord and by their device. */
import { Secret, TOTP } from 'otpauth';
import type { Person } from '../sandbox/people.ts';
import type { Browser, Fields } from './manner.ts';

const SIGN_IN = 401;

/** What can be read on a page. */
const readable = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const bodyOf = (fields: Fields): URLSearchParams => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) body.append(name, String(each));
  }
  return body;
};

export interface Around {
  /** What the clock on their device shows. */
  now(): number;
  /** Registers the address to which Discord may send people back: whoever runs Hearth has done that. */
  register(address: string): void;
}

/** The browser of somebody. */
export const openBrowser = (person: Person, { now, register }: Around): Browser => {
  const cookies = new Map<string, string>();
  let secret: string | undefined;
  const go = async (address: string, body?: URLSearchParams) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) } as const;
    const answer = await fetch(address, init);
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() };
  };
  /** There is no code of the same half minute twice: the next one is as good. */
  let last = 0;
  const code = (): string => {
    const timestamp = Math.max(now(), last + 30_000);
    last = timestamp;
    return new TOTP({ secret: Secret.fromBase32(secret ?? '') }).generate({ timestamp });
  };
  const signIn = async (address: string): Promise<void> => {
    const [, origin = '', token = ''] = /^(.*)\/answer\/(.*)$/.exec(address) ?? [];
    register(`${origin}/sign-in/back`);
    const way = await go(`${origin}/sign-in/${token}`);
    const back = await go(await person.authorize(way.to));
    secret ??= /<code>([A-Z2-7]{32})<\/code>/.exec(back.text)?.[1];
    const proved = await go(`${origin}/sign-in/code`, new URLSearchParams({ to: token, code: code() }));
    if (proved.status >= 400) throw new Error(`nobody was signed in: ${readable(proved.text)}`);
  };
  return async (address, fields) => {
    const first = await go(address, bodyOf(fields));
    if (first.status === SIGN_IN) await signIn(address);
    const answer = first.status === SIGN_IN ? await go(address, bodyOf(fields)) : first;
    if (answer.status !== 200) throw new Error(`a page answered ${answer.status}: ${readable(answer.text)}`);
    return readable(answer.text);
  };
};
