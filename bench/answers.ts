/** Measures how long an answer takes: from Discord's sending of an interaction to the arrival of its acknowledgement. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inviteBot, newBot } from '../sandbox/new-world.ts';
import type { Transcript } from '../sandbox/transcript.ts';
import { INVITED } from '../src/adapters/discord/permissions.ts';
import { gather, type Participant, PEOPLE } from './crowd.ts';
import { type Program, startProgram } from './program.ts';
import { type Stage, setStage } from './stage.ts';
import { percentile, tableOf } from './table.ts';

/** When people check in: milliseconds between one and the next; and how often they do, after once that is not counted. */
const PACES = [
  { title: `${PEOPLE} people check in at the same moment`, gap: 0, rounds: 5 },
  { title: `${PEOPLE} people check in within ten seconds`, gap: 50, rounds: 2 },
] as const;

const LINES = { hearth: '/check-in', bare: '/bare-check-in' } as const;
type Who = keyof typeof LINES;

const CALLBACK = '/interactions/:interaction/:token/callback';

/** Milliseconds from the sending of each interaction to its acknowledgement, for those on record. */
const delaysIn = (transcript: Transcript, botId: string): readonly number[] => {
  const sent = new Map(
    transcript
      .events({ who: botId, type: 'INTERACTION_CREATE', direction: 'sent' })
      .map(({ data, at }) => [String(Reflect.get(Object(data), 'id')), at]),
  );
  return transcript.calls({ route: CALLBACK, who: botId }).map(({ path, at }) => {
    const id = path.split('/').at(-3) ?? '';
    const dispatched = sent.get(id);
    if (dispatched === undefined) throw new Error(`interaction ${id} was answered and never sent`);
    return at - dispatched;
  });
};

const checkIn = async ({ person, room }: Participant, line: string, round: number): Promise<void> => {
  const arrival = { mood: round, energy: 10 - round, goal: 'on-track', share: 'group' };
  const outcome = await person.run(line, arrival, { in: room });
  if (outcome.is !== 'reply' || !outcome.text.includes('Thank you')) {
    throw new Error(`somebody who checked in was told ${JSON.stringify(outcome)}`);
  }
};

interface Measuring {
  readonly stage: Stage;
  readonly participants: readonly Participant[];
  readonly bots: Readonly<Record<Who, string>>;
}

/** Everybody checks in once at one of the bots; the delays of all. */
const measure = async (
  { stage, participants, bots }: Measuring,
  who: Who,
  { gap, round }: { readonly gap: number; readonly round: number },
): Promise<readonly number[]> => {
  const { transcript } = stage.sandbox;
  transcript.clear();
  await Promise.all(
    participants.map(async (participant, index) => {
      if (gap > 0) await sleep(index * gap);
      await checkIn(participant, LINES[who], round);
    }),
  );
  const delays = delaysIn(transcript, bots[who]);
  await stage.settled();
  if (delays.length !== participants.length) throw new Error('not everybody was answered once');
  return delays;
};

const tableFor = (title: string, hearth: readonly number[], bare: readonly number[]): string => {
  const sorted = { hearth: hearth.toSorted((a, b) => a - b), bare: bare.toSorted((a, b) => a - b) };
  const row = (name: string, part: number) => {
    const [ours, theirs] = [percentile(sorted.hearth, part), percentile(sorted.bare, part)];
    return [name, ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(2)];
  };
  return tableOf(
    `${title} (${hearth.length} answers each)`,
    ['ms to the acknowledgement', 'Hearth', 'bare discord.js', 'ratio'],
    [row('p50', 0.5), row('p99', 0.99)],
  );
};

const measureAll = async (measuring: Measuring, tell: (text: string) => void): Promise<void> => {
  for (const { title, gap, rounds } of PACES) {
    const delays: Record<Who, number[]> = { hearth: [], bare: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const who of ['hearth', 'bare'] as const) {
        const measured = await measure(measuring, who, { gap, round });
        if (round > 0) delays[who].push(...measured);
      }
    }
    tell(tableFor(title, delays.hearth, delays.bare));
  }
};

const startBare = async ({ sandbox, databaseUrl }: Stage): Promise<Program & { readonly id: string }> => {
  const { world, guild, restUrl } = sandbox;
  const bot = newBot(world, 'Bare');
  const server = world.guilds.get(guild.id);
  if (server) inviteBot(world, server, bot, INVITED);
  const program = await startProgram('bench/bare.ts', 'The bare handler is up', {
    BARE_TOKEN: bot.token,
    BARE_API_URL: restUrl,
    BARE_DATABASE_URL: databaseUrl,
  });
  return { ...program, id: bot.id };
};

/** Measures Hearth and a bare handler in turns, and tells a table for each pace. */
export const measureAnswers = async (tell: (text: string) => void): Promise<void> => {
  const stage = await setStage();
  try {
    const participants = await gather(stage);
    const bare = await startBare(stage);
    const bots = { hearth: stage.sandbox.bot.id, bare: bare.id };
    await measureAll({ stage, participants, bots }, tell).finally(bare.stop);
  } finally {
    await stage.strike();
  }
};
