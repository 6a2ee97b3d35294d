/** `npm run demo -- --weeks 8`: a programme of three groups over weeks, told by week, with a bar that shows how far it is. */
import { Presets, SingleBar } from 'cli-progress';
import type { Teller } from '../tell.ts';
import type { ProgrammeDocument } from './document.ts';
import { disappointmentsOfWeeks } from './expectations.ts';
import { beginning } from './programme.ts';
import { reportOnWeeks } from './report.ts';
import { setWeeksStage } from './stage.ts';
import { playWeeks } from './story.ts';

/** A bar on standard error where somebody looks on; nothing where nobody does. */
const startBar = (weeks: number) => {
  const bar = new SingleBar(
    { format: `  {bar} {percentage}% of ${weeks} weeks`, stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  const isSeen = process.stderr.isTTY;
  if (isSeen) bar.start(1_000, 0);
  return {
    show: (share: number): void => {
      if (isSeen) bar.update(Math.round(share * 1_000));
    },
    end: (): void => bar.stop(),
  };
};

const counted = <Item>(items: readonly Item[], by: (item: Item) => string): string =>
  [...Map.groupBy(items, by)].map(([key, { length }]) => `${length} ${key}`).join(', ');

const tellSums = (tell: Teller, story: ProgrammeDocument): void => {
  tell.chapter('What came of it');
  tell.line(`meetings: ${counted(story.occurrences, ({ state }) => state)}`);
  tell.line(`reminders: ${counted(story.reminders, ({ outcome, why }) => why ?? outcome)}`);
  tell.line(`attendance: ${counted(story.attendance, ({ status }) => status)}`);
  tell.line(`make-ups: ${counted(story.makeUps, ({ state }) => state)}`);
  const { kills, drops, refusals } = story.troubles;
  tell.line(
    `processes killed ${kills} times, sockets cut ${drops} times, ${refusals} calls answered with 429`,
  );
};

/** Plays, tells and prints; answers with the sentences that say what did not come out. */
export const runWeeks = async (
  weeks: number,
  { tell, json }: { readonly tell: Teller; readonly json: boolean },
): Promise<readonly string[]> => {
  tell.chapter(
    `Setting the stage for ${weeks} weeks: a database, a Discord on this machine, three processes of Hearth`,
  );
  const stage = await setWeeksStage(beginning(Date.now(), weeks));
  const bar = startBar(weeks);
  try {
    const played = await playWeeks(stage, weeks, { tell, progress: bar.show });
    bar.end();
    const story = await reportOnWeeks(stage, weeks, played);
    tellSums(tell, story);
    if (json) process.stdout.write(`${JSON.stringify(story, null, 2)}\n`);
    return disappointmentsOfWeeks(story);
  } finally {
    bar.end();
    await stage.strike();
  }
};
