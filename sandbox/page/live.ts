/** Tells open pages what does not come by the gateway, as it changes: the time, who speaks, and the story. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageState } from './story.ts';

const LOOK_EVERY = 200;
/** A clock that differs by less was not turned. */
const SAME_TIME = 400;

/** Sends the state at once, and again whenever it is another; until the page goes away. */
export const stream = (
  request: IncomingMessage,
  response: ServerResponse,
  state: () => PageState,
  headers: Record<string, string>,
): void => {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' });
  let sent = '';
  let offset = Number.NaN;
  const look = (): void => {
    const { now, ...rest } = state();
    const told = JSON.stringify(rest);
    const isTurned = !(Math.abs(now - Date.now() - offset) < SAME_TIME);
    if (told === sent && !isTurned) return;
    sent = told;
    offset = now - Date.now();
    response.write(`data: ${JSON.stringify({ now, ...rest })}\n\n`);
  };
  look();
  // What came due or in while the process was held up is taken in first: nobody had fallen silent meanwhile.
  const looking = setInterval(() => setImmediate(look), LOOK_EVERY);
  looking.unref();
  request.once('close', () => clearInterval(looking));
};
