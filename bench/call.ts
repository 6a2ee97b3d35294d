/** A whole session in its call, at the pace of the clock on the wall: what grows meanwhile, and whether sounds are on time. */
import { createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { english } from '../content/en/index.ts';
import type { Outcome } from '../sandbox/people.ts';
import { catalogueOf } from '../src/adapters/content/catalogue.ts';
import { isSilence } from '../src/adapters/voice/sound/frame.ts';
import { breathingExercise } from '../src/app/start-playback.ts';
import { PHASES } from '../src/core/agenda.ts';
import { courseOf } from '../src/core/exercise.ts';
import { scoreOf } from '../src/core/score-of.ts';
import { MINUTE, SECOND } from '../src/core/time.ts';
import { type Moment, progress, type Sounds, summary } from './call-tables.ts';
import { answered, type Called, groupsOn, isIn, meet, WORD, withVoice } from './called.ts';
import { type Inspected, inspect, USUAL_PORT, voiceChildOf } from './inspected.ts';
import { type Stage, setStage } from './stage.ts';

const MINUTES = 90;
const PEOPLE = 8;
const STAFF = { in: 'staff-room' };
const ROOM = { in: 'group-room' };

/** One round: a part begins with a chime, everybody speaks in turn, one goes and comes back, and all breathe together. */
const ROUND = 3 * MINUTE;
/** All turns of a round together, in milliseconds. */
const TURNS = 64 * SECOND;
/** When a round has all breathe, in milliseconds from its beginning; and for how many minutes. */
const BREATHES_AT = 90 * SECOND;
const BREATHES_FOR = 1;
const AWAY = 2 * SECOND;
/** A sound that has not begun so many milliseconds after the press was not heard. */
const BEGINS_WITHIN = 12 * SECOND;
const LOOK_EVERY = 20;
const FRAME_MS = 20;

/** The breaths as everybody is to hear them: when each tone is due after the press, in milliseconds. */
const SCORE = (() => {
  const found = breathingExercise(catalogueOf(english), undefined);
  if (!found.ok) throw new Error(found.refusal.code);
  return scoreOf(courseOf(found.value, BREATHES_FOR));
})();
const TONES_AT = [...new Set(SCORE.tones.map(({ atMs }) => atMs))];

type Tell = (text: string) => void;

interface Session extends Called {
  readonly stage: Stage;
  readonly bot: Inspected;
  readonly child: Inspected;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
};

/** Opens the session of a group whose agreement tells of talk time, with everybody in the call. */
const open = async (stage: Stage, size: number): Promise<Session> => {
  const [group] = await groupsOn(stage, 1, size, { talkTime: true });
  if (!group) throw new Error('there is no group');
  const port = await freePort();
  const environment = { ...withVoice(stage), NODE_OPTIONS: `--inspect-port=${port}` };
  const hearth = await stage.startHearth('', environment);
  await meet([group]);
  await isIn(stage, [group]);
  return {
    stage,
    ...group,
    bot: await inspect(hearth.pid, port),
    child: await inspect(voiceChildOf(hearth.pid) ?? 0, USUAL_PORT),
  };
};

/** What the first of the people hears of Hearth, from its first sound on. */
const heardOf = ({ stage: { sandbox }, people }: Session) => {
  const heard = sandbox.voice
    .of(people[0]?.id ?? '')
    .heard()
    .filter(({ from }) => from === sandbox.bot.id);
  const first = heard.findIndex(({ packet }) => !isSilence(packet));
  return first < 0 ? [] : heard.slice(first);
};

const forget = ({ stage: { sandbox }, people, lead }: Session): void => {
  for (const { id } of [lead, ...people]) sandbox.voice.of(id).forget();
};

/** Acts, and says how long after that Hearth begins to be heard; undefined when it is not. */
const beginsAfter = async (session: Session, act: () => Promise<Outcome>): Promise<number | undefined> => {
  forget(session);
  const { clock } = session.stage.sandbox;
  const from = clock.now();
  answered(await act());
  for (; clock.now() - from < BEGINS_WITHIN; await sleep(LOOK_EVERY)) {
    const [first] = heardOf(session);
    if (first) return first.at - from;
  }
  return undefined;
};

const notePace = (sounds: Sounds, moments: readonly number[]): void => {
  const [first = 0] = moments;
  moments.forEach((at, index) => void sounds.packets.push(at - first - index * FRAME_MS));
};

const chime = async (session: Session, sounds: Sounds, round: number): Promise<void> => {
  const steps = PHASES.length - 1;
  const label = round % (2 * steps) < steps ? 'Next' : 'Back';
  const after = await beginsAfter(session, () => session.lead.press(label, STAFF));
  if (after === undefined) sounds.missed += 1;
  else sounds.chimes.push(after);
};

const breathe = async (session: Session, sounds: Sounds, stopped: AbortSignal): Promise<void> => {
  const { clock } = session.stage.sandbox;
  const from = clock.now();
  const after = await beginsAfter(session, () =>
    session.lead.run('/breathe start', { minutes: BREATHES_FOR }, ROOM),
  );
  if (after === undefined) {
    sounds.missed += 1;
    return;
  }
  await rest(SCORE.lengthMs + SECOND, stopped);
  if (stopped.aborted) return;
  const frames = Math.ceil(SCORE.lengthMs / FRAME_MS);
  const moments = heardOf(session)
    .map(({ at }) => at)
    .slice(0, frames);
  sounds.lost += frames - moments.length;
  if (moments.length < frames) {
    // Whoever falls too far behind is moved on: which packet is which cannot be told by counting any more.
    sounds.movedOn += 1;
    return;
  }
  notePace(sounds, moments);
  for (const atMs of TONES_AT) {
    const heard = moments[Math.floor(atMs / FRAME_MS)];
    if (heard !== undefined) sounds.breaths.push(heard - from - atMs);
  }
};

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined);

const speak = async ({ stage, people }: Session, stopped: AbortSignal): Promise<void> => {
  const words = Math.max(1, Math.floor(TURNS / people.length / SECOND));
  for (const { id } of people) {
    for (let word = 0; word < words && !stopped.aborted; word += 1)
      await stage.sandbox.voice.of(id).speak(WORD);
  }
};

/** Somebody leaves for a moment: never the first, who listens. */
const comeAndGo = async ({ people }: Session, round: number, stopped: AbortSignal): Promise<void> => {
  const goes = people[1 + (round % (people.length - 1))];
  await goes?.leave();
  await rest(AWAY, stopped);
  await goes?.join('group-voice');
};

const playRound = async (
  session: Session,
  sounds: Sounds,
  round: number,
  stopped: AbortSignal,
): Promise<void> => {
  const begun = performance.now();
  const left = (ms: number): number => ms - (performance.now() - begun);
  // What fails once is counted, and the session goes on.
  const attempt = (act: Promise<void>): Promise<void> =>
    act.catch(() => {
      sounds.failed += 1;
    });
  await attempt(chime(session, sounds, round));
  await attempt(speak(session, stopped));
  await attempt(comeAndGo(session, round, stopped));
  await rest(left(BREATHES_AT), stopped);
  await attempt(breathe(session, sounds, stopped));
  forget(session);
  session.stage.sandbox.transcript.clear();
  await rest(left(ROUND), stopped);
};

/** Has a session of so many minutes, with so many people; a signal to stop ends it with what was seen until then. */
export const measureCall = async (
  tell: Tell,
  minutes: number = MINUTES,
  size: number = PEOPLE,
): Promise<void> => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const stage = await setStage();
  const moments: Moment[] = [];
  const sounds: Sounds = { chimes: [], breaths: [], packets: [], missed: 0, lost: 0, movedOn: 0, failed: 0 };
  const loop = monitorEventLoopDelay({ resolution: 5 });
  let session: Session | undefined;
  try {
    session = await open(stage, Math.max(2, size));
    const { bot, child } = session;
    const begun = performance.now();
    const minute = (): number => (performance.now() - begun) / MINUTE;
    const look = async (): Promise<void> => {
      const moment = {
        minute: minute(),
        bot: await bot.vitals(),
        child: await child.vitals(),
      };
      moments.push(moment);
      tell(progress(moment, sounds));
    };
    loop.enable();
    await look();
    for (let round = 0; minute() < minutes && !stopping.signal.aborted; round += 1) {
      await playRound(session, sounds, round, stopping.signal);
      await look();
    }
  } finally {
    const inMs = (percent: number): number => loop.percentile(percent) / 1e6 - 5;
    if (moments.length > 1) tell(summary(moments, sounds, [inMs(50), inMs(99), inMs(100)]));
    // A process that is looked into does not end.
    session?.bot.close();
    session?.child.close();
    await stage.strike();
  }
};
