/** How many calls one core carries: more and more calls on servers of their own, in which Hearth sits, notes, or plays. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isSilence } from '../src/adapters/voice/sound/frame.ts';
import { SECOND } from '../src/core/time.ts';
import {
  answered,
  awaited,
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
import { percentile, tableOf } from './table.ts';

const CALLS = 24;
/** In each call, beside its lead: one speaks, the other hears. */
const PEOPLE = 2;
/** Seconds that are looked at. */
const LOOKS_FOR = 20;
const SETTLES_FOR = 3 * SECOND;
/** Minutes of an exercise: longer than any look at it. */
const EXERCISE = 10;
const FRAME_MS = 20;

interface Load {
  readonly state: string;
  readonly calls: number;
  /** Cores. */
  readonly child: number;
  readonly bot: number;
  /** Milliseconds by which packets came later than the pace of the one that was least late, in order; none where nothing sounds. */
  readonly late: readonly number[];
}

interface Scene {
  readonly stage: Stage;
  readonly groups: readonly Called[];
  readonly hearth: number;
}

/** What somebody in the call heard of Hearth, against the pace of the packet that was least late. */
const lateIn = ({ stage: { sandbox } }: Scene, { people }: Called): readonly number[] => {
  const heard = sandbox.voice
    .of(people[0]?.id ?? '')
    .heard()
    .filter(({ from }) => from === sandbox.bot.id);
  const first = heard.find(({ packet }) => !isSilence(packet));
  if (!first) return [];
  const since = heard.slice(heard.indexOf(first));
  const moments = since.map(({ at }, index) => at - index * FRAME_MS);
  const earliest = moments.reduce((least, each) => Math.min(least, each), first.at);
  return moments.map((at) => at - earliest);
};

const look = async (scene: Scene, state: string, busy: readonly Called[], calls: number): Promise<Load> => {
  const { hearth, groups, stage } = scene;
  await sleep(SETTLES_FOR);
  for (const { people, lead } of groups)
    for (const { id } of [lead, ...people]) stage.sandbox.voice.of(id).forget();
  const [from, bot, child] = [performance.now(), cpuSeconds(hearth), cpuOfCalls(hearth)];
  await sleep(LOOKS_FOR * SECOND);
  const seconds = (performance.now() - from) / SECOND;
  return {
    state,
    calls,
    child: (cpuOfCalls(hearth) - child) / seconds,
    bot: (cpuSeconds(hearth) - bot) / seconds,
    late: busy.flatMap((group) => lateIn(scene, group)).toSorted((a, b) => a - b),
  };
};

/** A quarter of the calls, a half, and all. */
const stepsOf = (calls: number): readonly number[] => [
  ...new Set([0.25, 0.5, 1].map((part) => Math.ceil(calls * part))),
];

const speaking = async (scene: Scene, tell: (load: Load) => void): Promise<void> => {
  const { stage, groups } = scene;
  for (const number of stepsOf(groups.length)) {
    const stopping = new AbortController();
    const spoken = groups.slice(0, number).map((group) => speaks(stage, group, stopping.signal));
    tell(await look(scene, 'notes who speaks, one always does', [], number));
    stopping.abort();
    await Promise.all(spoken);
  }
};

/** On a busy machine an answer may come too late for Discord, and what was asked is asked again. */
const breathe = async ({ lead }: Called): Promise<void> => {
  const ask = () => lead.run('/breathe start', { minutes: EXERCISE }, { in: 'group-room' });
  const first = await ask();
  answered(first.is === 'failure' ? await ask() : first);
};

const playing = async (scene: Scene, tell: (load: Load) => void): Promise<void> => {
  const { groups } = scene;
  let begun = 0;
  for (const number of stepsOf(groups.length)) {
    for (const group of groups.slice(begun, number)) await breathe(group);
    begun = number;
    tell(await look(scene, 'plays an exercise', groups.slice(0, number), number));
  }
};

/** Ears are opened in every call by what its group asks for from now on. */
const note = async ({ stage, groups }: Scene): Promise<void> => {
  const { pool, sandbox } = stage;
  await pool.query('UPDATE cohort SET talk_time = true');
  await awaited('Hearth hears in every call', () =>
    groups.every(
      ({ guildId }) => sandbox.world.guilds.get(guildId)?.voiceStates.get(sandbox.bot.id)?.selfDeaf === false,
    ),
  );
};

const progress = ({ state, calls, child, bot, late }: Load): string =>
  `${calls} calls, ${state}: ${child.toFixed(3)} cores in the calls, ${bot.toFixed(3)} in the bot${late.length > 0 ? `, packets late by ${percentile(late, 0.5).toFixed(1)} ms (p50), ${percentile(late, 0.99).toFixed(1)} ms (p99)` : ''}`;

const tableFor = (loads: readonly Load[]): string =>
  tableOf(
    'Cores that calls take, and how many calls one core would carry at that rate; milliseconds by which packets are late',
    ['', 'calls', 'cores', 'calls a core', 'cores of the bot', 'late p50', 'late p99'],
    loads.map(({ state, calls, child, bot, late }) => [
      state,
      calls,
      child.toFixed(3),
      child > 0 ? Math.floor(calls / child) : '',
      bot.toFixed(3),
      ...[0.5, 0.99].map((part) => (late.length > 0 ? percentile(late, part).toFixed(1) : '')),
    ]),
  );

/** Opens so many calls, and looks at them as they sit deafened, as people speak in more and more, and as more and more play. */
export const measureCallsPerCore = async (
  tell: (text: string) => void,
  calls: number = CALLS,
): Promise<void> => {
  const stage = await setStage();
  const loads: Load[] = [];
  const keep = (load: Load): void => {
    loads.push(load);
    tell(progress(load));
  };
  try {
    const groups = await groupsOn(stage, calls, PEOPLE, { talkTime: false });
    const { pid } = await stage.startHearth('', withVoice(stage));
    const scene = { stage, groups, hearth: pid };
    await meet(groups);
    await isIn(stage, groups);
    keep(await look(scene, 'sits deafened', [], calls));
    await playing(scene, keep);
    for (const { lead } of groups) answered(await lead.run('/exercise stop', {}, { in: 'group-room' }));
    await note(scene);
    await speaking(scene, keep);
  } finally {
    if (loads.length > 0) tell(tableFor(loads));
    await stage.strike();
  }
};
