/** `npm run demo`: the page, on which the story can be watched, taken over, and left for one's own. */
import { told } from '../answers.ts';
import { CAST } from '../cast.ts';
import { inDiscord } from '../manner.ts';
import type { Stage } from '../stage.ts';
import type { Teller } from '../tell.ts';
import { type Front, openFront } from './front.ts';
import { played } from './played.ts';
import { makeLive } from './storyteller.ts';

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
const untilStopped = (tell: Teller): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      tell.line('Ending, a moment …');
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });

/** Opens the page, tells where it is, and stays up until it is stopped. */
export const runLive = async (tell: Teller, port: number): Promise<void> => {
  const stopped = untilStopped(tell);
  const live = makeLive((id) => [...front.people].find(([, person]) => person.id === id)?.[0] ?? 'Somebody');
  const front: Front = await openFront(live.storyteller, port);
  const address = `${front.sandbox.pageUrl}#${SHOWN.join(',')}`;
  tell.chapter('Be anyone');
  tell.line(`Open ${address} in a browser on this machine; nobody else can reach it.`);
  // What takes a while to load is loaded when the page is there.
  const [{ setLiveStage }, { perform }, { holdWhile }] = await Promise.all([
    import('./stage.ts'),
    import('../play.ts'),
    import('../watch.ts'),
  ]);
  const stage = await setLiveStage(front);
  try {
    const playing = { sandbox: front.sandbox, ...live.playing };
    const who = (name: string) => played(stage.who(name), playing);
    const onStage = { ...stage, who, answers: inDiscord(who) };
    holdWhile(live.isHeld);
    live.ready(stage.machinery, async () => {
      await perform(onStage, live.tell);
      await planMeetings(onStage, live.tell);
    });
    tell.line('Hearth is up. Press Ctrl-C to end it; nothing is kept.');
    await stopped;
  } finally {
    await stage.strike();
  }
};
