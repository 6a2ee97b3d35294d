/** What voice costs a session: the same acts at the same time, once with Hearth in the call and once without. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, SECOND } from '../src/core/time.ts';
import {
  answered,
  type Called,
  cpuOfCalls,
  cpuSeconds,
  groupsOn,
  isIn,
  meet,
  speaks,
  withVoice,
} from './called.ts';
import { type Stage, setStage } from './stage.ts';
import { tableOf } from './table.ts';

const MINUTES = 3;
const PEOPLE = 8;
/** One moves on, and all breathe together for a minute, so often. */
const ROUND = 90 * SECOND;

interface Cost {
  readonly bot: number;
  readonly calls: number;
}

interface Side {
  readonly stage: Stage;
  readonly group: Called;
  readonly hearth: number;
  readonly hasVoice: boolean;
}

const openSide = async (hasVoice: boolean, people: number): Promise<Side> => {
  const stage = await setStage();
  const [group] = await groupsOn(stage, 1, people, { talkTime: true });
  if (!group) throw new Error('there is no group');
  const { pid } = await stage.startHearth('', hasVoice ? withVoice(stage) : {});
  await meet([group]);
  if (hasVoice) await isIn(stage, [group]);
  await stage.settled();
  return { stage, group, hearth: pid, hasVoice };
};

const used = ({ hearth }: Side): Cost => ({ bot: cpuSeconds(hearth), calls: cpuOfCalls(hearth) });

const play = async (side: Side, minutes: number): Promise<Cost> => {
  const { stage, group, hasVoice } = side;
  const before = used(side);
  const stopping = new AbortController();
  // The last one goes for a moment, and does not speak.
  const speakers = { ...group, people: group.people.slice(0, -1) };
  const speaking = hasVoice ? speaks(stage, speakers, stopping.signal) : undefined;
  const begun = performance.now();
  const until = (ms: number) => sleep(Math.max(0, ms - (performance.now() - begun)));
  for (let from = 0; from < minutes * MINUTE; from += ROUND) {
    answered(await group.lead.press('Next', { in: 'staff-room' }));
    await until(from + 5 * SECOND);
    answered(await group.lead.run('/breathe start', { minutes: 1 }, { in: 'group-room' }));
    const goes = group.people.at(-1);
    await goes?.leave();
    await until(from + 8 * SECOND);
    await goes?.join('group-voice');
    await until(Math.min(from + ROUND, minutes * MINUTE));
  }
  stopping.abort();
  await speaking;
  const after = used(side);
  return { bot: after.bot - before.bot, calls: after.calls - before.calls };
};

const tableFor = (minutes: number, people: number, voiced: Cost, without: Cost): string => {
  const row = (name: string, of: (cost: Cost) => number) => {
    const [a, b] = [of(voiced), of(without)];
    return [name, a.toFixed(2), b.toFixed(2), b > 0 ? (a / b).toFixed(2) : ''];
  };
  return tableOf(
    `Seconds of CPU in ${minutes} minutes of a session with ${people} people, of whom one always speaks`,
    ['', 'voice on', 'voice off', 'ratio'],
    [
      row('the bot', ({ bot }) => bot),
      row('the process in the calls', ({ calls }) => calls),
      row('both', ({ bot, calls }) => bot + calls),
    ],
  );
};

/** Plays both sessions side by side, so that whatever else goes on on the machine goes on for both. */
export const measureCallCost = async (
  tell: (text: string) => void,
  minutes: number = MINUTES,
  people: number = PEOPLE,
): Promise<void> => {
  const sides = [await openSide(true, people), await openSide(false, people)] as const;
  try {
    const [voiced, without] = await Promise.all([play(sides[0], minutes), play(sides[1], minutes)]);
    tell(tableFor(minutes, people, voiced, without));
  } finally {
    for (const { stage } of sides) await stage.strike();
  }
};
