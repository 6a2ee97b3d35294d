/** Counts what one cohort and one session ask of Discord, beside the least that could do it. */
import { companyOn, JOURNEY, type Part } from './journey.ts';
import { ROUTES } from './least.ts';
import { type Stage, setStage } from './stage.ts';
import { tableOf } from './table.ts';

type Counts = Readonly<Record<string, number>>;

const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const leastOf = ({ least }: Part): Counts =>
  Object.fromEntries(
    Object.entries(least)
      .filter(([, count]) => count > 0)
      .map(([route, count]) => [
        Object.entries(ROUTES).find(([name]) => name === route)?.[1] ?? route,
        count,
      ]),
  );

const tableFor = (part: Part, counted: Counts): string => {
  const least = leastOf(part);
  const routes = [...new Set([...Object.keys(least), ...Object.keys(counted)])];
  return tableOf(
    part.title,
    ['REST calls', 'Hearth', 'least'],
    [
      ...routes.map((route) => [route, counted[route] ?? 0, least[route] ?? 0]),
      ['all', total(counted), total(least)],
    ],
  );
};

const countOn = async (stage: Stage, tell: (text: string) => void): Promise<void> => {
  const { sandbox } = stage;
  await stage.startHearth();
  const company = await companyOn(stage);
  for (const part of JOURNEY) {
    sandbox.transcript.clear();
    await part.play(company);
    tell(tableFor(part, sandbox.transcript.countByRoute(sandbox.bot.id)));
  }
};

/** Plays a journey on a stage of its own, and tells a table for each part. */
export const countCalls = async (tell: (text: string) => void): Promise<void> => {
  const stage = await setStage();
  try {
    await countOn(stage, tell);
  } finally {
    await stage.strike();
  }
};
