/** `npm run demo`: the page on which anyone can be anyone; or a session, or weeks, played at once, which `--json` prints. */
import { parseArgs } from 'node:util';
import type { StoryDocument } from './document.ts';
import { type Teller, tellerTo, whyOf } from './tell.ts';

const USAGE =
  'Usage: npm run demo [-- --port 4000] [-- --once] [-- --once --json] [-- --weeks 8] [-- --weeks 8 --json]';

interface Options {
  readonly once: boolean;
  readonly json: boolean;
  /** Of the page; 0 for a free one. */
  readonly port: number;
  /** Missing for the story of one session. */
  readonly weeks?: number;
}

const MOST_WEEKS = 26;

const refuseToPlay = (): never => {
  process.stderr.write(`${USAGE}\n`);
  process.exit(1);
};

const weeksIn = (written: string | undefined): { readonly weeks?: number } => {
  if (written === undefined) return {};
  const weeks = Number(written);
  return Number.isInteger(weeks) && weeks >= 1 && weeks <= MOST_WEEKS ? { weeks } : refuseToPlay();
};

const portIn = (written: string): number => {
  const port = Number(written);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : refuseToPlay();
};

const optionsGiven = (): Options => {
  try {
    const { values } = parseArgs({
      options: {
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        weeks: { type: 'string' },
        port: { type: 'string', default: '0' },
      },
    });
    return {
      once: values.once ?? false,
      json: values.json ?? false,
      port: portIn(values.port),
      ...weeksIn(values.weeks),
    };
  } catch {
    return refuseToPlay();
  }
};

const tellEnding = (tell: Teller, story: StoryDocument): void => {
  tell.chapter('What is kept in the database');
  tell.line(`phases: ${story.phases.map(({ phase }) => phase).join(', ')}`);
  tell.line(
    `attendance: ${story.attendance.map(({ person, status, minutes }) => `${person} ${status} ${minutes} min`).join('; ')}`,
  );
  const calls = Object.values(story.restCalls).reduce((total, count) => total + count, 0);
  tell.line(`calls to Discord for all of it: ${calls}`);
};

/** Plays the story at once, tells and prints it; answers with the sentences that say what did not come out. */
const runOnce = async (tell: Teller, json: boolean): Promise<readonly string[]> => {
  const [{ setStage }, { play }, { disappointments }] = await Promise.all([
    import('./stage.ts'),
    import('./play.ts'),
    import('./expectations.ts'),
  ]);
  tell.chapter('Setting the stage: a database, a Discord on this machine, and Hearth');
  const stage = await setStage();
  try {
    const story = await play(stage, tell);
    tellEnding(tell, story);
    if (json) process.stdout.write(`${JSON.stringify(story, null, 2)}\n`);
    return disappointments(story);
  } finally {
    await stage.strike();
  }
};

/** Only what is played is loaded, so that the page is there at once. */
const run = async ({ once, json, weeks, port }: Options): Promise<readonly string[]> => {
  const tell = tellerTo(json ? process.stderr : process.stdout);
  if (weeks !== undefined) return (await import('./weeks/main.ts')).runWeeks(weeks, { tell, json });
  if (once || json) return runOnce(tell, json);
  return (await import('./live/main.ts')).runLive(tell, port);
};

const wrong = await run(optionsGiven()).catch((cause: unknown) => [
  `The story could not be played to its end: ${whyOf(cause)}`,
]);
for (const sentence of wrong) process.stderr.write(`${sentence}\n`);
process.exit(wrong.length > 0 ? 1 : 0);
