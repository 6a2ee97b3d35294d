/** Discord's refusals as outcomes: what is gone and what is forbidden are part of ordinary life, the rest is a fault. */
import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Attempt } from '../../ports/rooms.ts';

const GONE: ReadonlySet<string | number> = new Set([
  Code.UnknownChannel,
  Code.UnknownGuild,
  Code.UnknownMessage,
]);
const FORBIDDEN: ReadonlySet<string | number> = new Set([Code.MissingAccess, Code.MissingPermissions]);

/** Whether Discord refused with this code. */
export const refusedWith = (cause: unknown, code: Code): boolean =>
  cause instanceof DiscordAPIError && cause.code === code;

/** What came of a piece of work; `missing` finds the rights that may be lacking. Throws on anything else. */
export const attempt = async <Value>(
  work: () => Promise<Value>,
  missing: () => Promise<readonly string[]>,
): Promise<Attempt<Value>> => {
  try {
    return { did: 'done', value: await work() };
  } catch (cause) {
    const code = cause instanceof DiscordAPIError ? cause.code : 0;
    if (GONE.has(code)) return { did: 'gone' };
    if (FORBIDDEN.has(code)) return { did: 'forbidden', missing: await missing() };
    throw cause;
  }
};
