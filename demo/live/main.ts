/** `npm run demo`: the page, on which the story can be watched, taken over, and left for one's own. */
import { once } from 'node:events';
import { pageFiles } from '../../sandbox/page/bundle.ts';
import { told } from '../answers.ts';
import { CAST } from '../cast.ts';
import { inDiscord } from '../manner.ts';
import type { Stage } from '../stage.ts';
import { type Teller, whyOf } from '../tell.ts';
import { type Front, openFront, PortTaken } from './front.ts';
import { played } from './played.ts';
import { type Live, makeLive } from './storyteller.ts';

/** Whose windows are open at first: one who leads, one who takes part, and one who must see nothing of it. */
const SHOWN = [CAST.lead, CAST.participants[0], CAST.outsider];

/** The meetings to come, so that there is something to turn the clock to. */
const planMeetings = async ({ who }: Stage, tell: Teller): Promise<void> => {
  tell.chapter('The next meetings');
  const here = { in: 'staff-room' };
  told(await who(CAST.lead).run('/schedule set', { when: 'Mon Wed Fri 18:00', weeks: 4 }, here));
  told(await who(CAST.lead).press('Save this schedule'));
  tell.line('The group meets three times a week. Turn the clock, and see what happens before a meeting.');
};

/** Ctrl-C may be pressed before everything is up, and again by those who cannot wait: what was started is ended either way. */
const listenForStop = (tell: Teller): AbortSignal => {
  const stopping = new AbortController();
  const stop = (): void => {
    tell.line('Ending, a moment …');
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stopping.signal;
};

const untilStopped = async (stopped: AbortSignal): Promise<void> => {
  if (!stopped.aborted) await once(stopped, 'abort');
};

/** Puts Hearth behind the page, and keeps both up until it is stopped. */
const keepUp = async (front: Front, live: Live, tell: Teller, stopped: AbortSignal): Promise<void> => {
  // What takes a while to load is loaded when the page is there.
  const { setLiveStage } = await import('./stage.ts');
  const stage = await setLiveStage(front, stopped);
  try {
    const { perform } = await import('../play.ts');
    const playing = { sandbox: front.sandbox, ...live.playing };
    const who = (name: string) => played(stage.who(name), playing);
    const onStage = { ...stage, who, aside: live.aside, answers: inDiscord(who) };
    live.ready(stage.machinery, async () => {
      await perform(onStage, live.tell);
      await planMeetings(onStage, live.tell);
    });
    tell.line('Hearth is up. Press Ctrl-C to end it; nothing is kept.');
    await untilStopped(stopped);
  } finally {
    await stage.strike();
  }
};

/** Opens the page, tells where it is, and stays up until it is stopped; answers with what went wrong, in sentences. */
export const runLive = async (tell: Teller, port: number): Promise<readonly string[]> => {
  const stopped = listenForStop(tell);
  const live = makeLive((id) => [...front.people].find(([, person]) => person.id === id)?.[0] ?? 'Somebody');
  let front: Front;
  try {
    front = await openFront(live.storyteller, port);
  } catch (cause) {
    if (cause instanceof PortTaken) return [cause.message];
    throw cause;
  }
  const address = `${front.sandbox.pageUrl}#${SHOWN.join(',')}`;
  tell.chapter('Be anyone');
  tell.line(`Open ${address} in a browser on this machine; nobody else can reach it.`);
  await pageFiles();
  try {
    await keepUp(front, live, tell, stopped);
  } catch (cause) {
    if (!stopped.aborted) return [`Hearth could not be kept up: ${whyOf(cause)}`];
  }
  return [];
};
