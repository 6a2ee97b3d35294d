/** Fetches what somebody sent with a command: from where Discord keeps it, and from nowhere else. */
import { SECOND } from '../../core/time.ts';
import type { Attachments, Fetched } from '../../ports/attachments.ts';

/** How long a file may take to arrive, in milliseconds. */
const PATIENCE = 20 * SECOND;

const DISCORDS: ReadonlySet<string> = new Set(['https://cdn.discordapp.com', 'https://media.discordapp.net']);
const PATH = /^\/(?:ephemeral-)?attachments\//;

/** Whether an address is one of Discord's files; `origin` is where its REST interface is, which a sandbox shares with them. */
const isDiscords = (address: string, origin: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const bare = url.username === '' && url.password === '';
  return bare && PATH.test(url.pathname) && (DISCORDS.has(url.origin) || url.origin === origin);
};

const UNREACHABLE: Fetched = { did: 'failed', why: 'unreachable' };
const TOO_BIG: Fetched = { did: 'failed', why: 'too-big' };

/** Reads no further than it must: what claims to be small may not be. */
const readUpTo = async (body: AsyncIterable<Uint8Array>, most: number): Promise<Fetched> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) return TOO_BIG;
    parts.push(part);
  }
  return { did: 'fetched', bytes: new Uint8Array(Buffer.concat(parts)) };
};

const read = async (address: string, most: number): Promise<Fetched> => {
  // Whoever is sent on elsewhere is not fetched: only Discord says where Discord's files are.
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  if (Number(response.headers.get('content-length')) > most) {
    await response.body?.cancel();
    return TOO_BIG;
  }
  return response.ok && response.body ? readUpTo(response.body, most) : UNREACHABLE;
};

/** The port, for a Discord whose REST interface is there. */
export const discordAttachments = (apiUrl: string): Attachments => {
  const { origin } = new URL(apiUrl);
  return {
    load: async (address, most) => {
      if (!isDiscords(address, origin)) return UNREACHABLE;
      // A file that does not come is ordinary: whoever sent it is told so, and sends it again.
      return read(address, most).catch(() => UNREACHABLE);
    },
  };
};
