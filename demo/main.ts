/** `npm run demo`: a group session, or a programme of weeks, played on a Discord of our own; `--json` prints it. */
import { parseArgs } from 'node:util';
import { CAST } from './cast.ts';
import type { StoryDocument } from './document.ts';
import { disappointments } from './expectations.ts';
import { play } from './play.ts';
import { type Stage, setStage } from './stage.ts';
import { type Teller, tellerTo } from './tell.ts';
import { runWeeks } from './weeks/main.ts';

const USAGE = 'Usage: npm run demo [-- --once] [-- --once --json] [-- --weeks 8] [-- --weeks 8 --json]';

interface Options {
  readonly once: boolean;
  readonly json: boolean;
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

const optionsGiven = (): Options => {
  try {
    const { values } = parseArgs({
      options: { once: { type: 'boolean' }, json: { type: 'boolean' }, weeks: { type: 'string' } },
    });
    return { once: values.once ?? false, json: values.json ?? false, ...weeksIn(values.weeks) };
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

const stayUp = async (tell: Teller, { sandbox }: Stage): Promise<void> => {
  tell.chapter('What to try next');
  tell.line(`This Discord stays up at ${sandbox.restUrl} until you press Ctrl-C.`);
  tell.line(
    `Any client of Discord's protocol can log in, for example as ${CAST.admin}: ${sandbox.people.get(CAST.admin)?.token}`,
  );
  tell.line('Other things to try: npm test, npm run sandbox, and npm start with a token of your own.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
};

/** Plays, tells and prints; answers with the sentences that say what did not come out. */
const run = async ({ once, json, weeks }: Options): Promise<readonly string[]> => {
  const tell = tellerTo(json ? process.stderr : process.stdout);
  if (weeks !== undefined) return runWeeks(weeks, { tell, json });
  tell.chapter('Setting the stage: a database, a Discord on this machine, and Hearth');
  const stage = await setStage();
  try {
    const story = await play(stage, tell);
    const wrong = disappointments(story);
    tellEnding(tell, story);
    if (json) process.stdout.write(`${JSON.stringify(story, null, 2)}\n`);
    if (!once) await stayUp(tell, stage);
    return wrong;
  } finally {
    await stage.strike();
  }
};

const wrong = await run(optionsGiven()).catch((cause: unknown) => [
  `The story could not be played to its end: ${cause instanceof Error ? cause.message : String(cause)}`,
]);
for (const sentence of wrong) process.stderr.write(`${sentence}\n`);
process.exit(wrong.length > 0 ? 1 : 0);
