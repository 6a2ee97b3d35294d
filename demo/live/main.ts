/** `npm run demo`: the page, on which the story can be watched, taken over, and left for one's own. */
import { told } from '../answers.ts';
import { CAST } from '../cast.ts';
import { inDiscord } from '../manner.ts';
import type { Stage } from '../stage.ts';
import type { Teller } from '../tell.ts';
import { openFront } from './front.ts';
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

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });

/** Opens the page, tells where it is, and stays up until it is stopped. */
export const runLive = async (tell: Teller, port: number): Promise<void> => {
  const live = makeLive();
  const front = await openFront(live.storyteller, port);
  const address = `${front.sandbox.pageUrl}#${SHOWN.join(',')}`;
  tell.chapter('Be anyone');
  tell.line(`Open ${address} in a browser on this machine; nobody else can reach it.`);
  // What takes a while to load is loaded when the page is there.
  const [{ setLiveStage }, { play }] = await Promise.all([import('./stage.ts'), import('../play.ts')]);
  const stage = await setLiveStage(front);
  try {
    const playing = { sandbox: front.sandbox, ...live.playing };
    const who = (name: string) => played(stage.who(name), playing);
    const onStage = { ...stage, who, answers: inDiscord(who) };
    live.ready(stage.machinery, async () => {
      await play(onStage, live.tell);
      await planMeetings(onStage, live.tell);
    });
    tell.line('Hearth is up. Press Ctrl-C to end it; nothing is kept.');
    await untilStopped();
  } finally {
    await stage.strike();
  }
};
