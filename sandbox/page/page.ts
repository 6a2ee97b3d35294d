/** Serves the page of a sandbox: a client in the browser, as which anyone can be anyone; to this machine only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from '../address-of.ts';
import { ApiError, refuse } from '../errors.ts';
import { readBody } from '../rest/request-body.ts';
import type { Snowflake, World } from '../world.ts';
import { type ActParts, actsOn, toldBy } from './acts.ts';
import { DOCUMENTS, pageFiles } from './bundle.ts';
import { headersFor, isForHere, isFromPage } from './guard.ts';
import { stream } from './live.ts';
import type { PagePerson, PageState, Storyteller } from './story.ts';

/** What a page shows beside what people see. */
export type PageOptions = {
  /** What somebody is in the story, by name; people without a word are not offered. */
  readonly partOf?: (name: string) => string | undefined;
  readonly storyteller?: Storyteller;
};

/** What the page works with. */
export type PageParts = ActParts & {
  readonly people: () => Iterable<Omit<PagePerson, 'part'>>;
  readonly options: PageOptions;
};

/** Answers a request if it is one for the page. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

type Answer = { readonly status: number; readonly type?: string; readonly text?: string };

const json = (body: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  text: JSON.stringify(body),
});

const nextEvent = (world: World): PageState['next'] => {
  const now = world.clock.now();
  const coming = [...world.guilds.values()]
    .flatMap(({ scheduledEvents }) => [...scheduledEvents.values()])
    .filter(({ status, startsAt }) => status === 1 && startsAt > now)
    .sort((a, b) => a.startsAt - b.startsAt)[0];
  return coming ? { name: coming.name, at: coming.startsAt } : null;
};

const closedDms = (world: World): Snowflake[] =>
  [...world.users.values()].filter(({ dmsClosed }) => dmsClosed).map(({ id }) => id);

const offered = ({ people, options }: PageParts): PagePerson[] =>
  [...people()].flatMap((it) => {
    const part = options.partOf ? options.partOf(it.name) : 'member';
    return part === undefined ? [] : [{ ...it, part }];
  });

const refusal = (error: unknown): Answer => {
  if (error instanceof ApiError) return { ...json(error.body()), status: error.status };
  console.error('the page could not do that:', error);
  const message = error instanceof Error ? error.message : 'It could not be done.';
  return { ...json({ message }), status: 500 };
};

/** Opens the page over a sandbox. */
export const startPage = (parts: PageParts): Page => {
  const { world, voice, faults, options } = parts;
  const { storyteller } = options;
  // Made before anybody asks, so that the first who does need not wait.
  void pageFiles().catch(() => undefined);
  const acts = { ...actsOn(parts), ...storyteller?.acts };
  const state = (): PageState => ({
    now: world.clock.now(),
    speaking: voice.speaking(),
    closedDms: closedDms(world),
    faults: faults.inForce(),
    next: nextEvent(world),
    story: storyteller?.state() ?? null,
  });
  const act = async (name: string, request: IncomingMessage): Promise<Answer> => {
    const it = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (!it) throw refuse('notFound');
    await it(toldBy((await readBody(request)).body));
    return { status: 204 };
  };
  const answer = async (path: string, request: IncomingMessage): Promise<Answer> => {
    if (request.method === 'POST') return await act(path.replace('/page/act/', ''), request);
    if (path === '/page/people') return json(offered(parts));
    const file = DOCUMENTS.get(path) ?? (await pageFiles()).get(path);
    return file ? { status: 200, ...file } : { status: 404 };
  };
  const send = (response: ServerResponse, { status, type, text }: Answer, headers: Record<string, string>) =>
    response.writeHead(status, { ...headers, ...(type ? { 'Content-Type': type } : {}) }).end(text);

  return (request, response) => {
    const { pathname } = addressOf(request);
    if (!DOCUMENTS.has(pathname) && !pathname.startsWith('/page/')) return false;
    const headers = headersFor(request.headers.host ?? '');
    const isOwn = DOCUMENTS.has(pathname) || isFromPage(request);
    if (!isForHere(request) || !isOwn) response.writeHead(403).end();
    else if (pathname === '/page/live') stream(request, response, state, headers);
    else {
      answer(pathname, request)
        .catch(refusal)
        .then((it) => send(response, it, headers))
        .catch(() => response.destroy());
    }
    return true;
  };
};
