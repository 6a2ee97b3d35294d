/** Groups whose sessions are open, each on a server of its own, with people in its call: what measurements of calls share. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Person } from '../sandbox/people.ts';
import { packetsOf } from '../sandbox/voice/sound.ts';
import { MINUTE, SECOND } from '../src/core/time.ts';
import { keepGroup, storeOf } from './crowd.ts';
import { voiceChildOf } from './inspected.ts';
import type { Stage } from './stage.ts';

/** Milliseconds until something has come about, also on a busy machine. */
const PATIENCE = 5 * MINUTE;
const LOOK_EVERY = 100;
/** A second of sound, made once: whoever speaks says this again and again. */
export const WORD = { packets: packetsOf({ tone: { hertz: 300, dBFS: -24 }, ms: SECOND }) };
/** Clock ticks of Linux in which it counts what a process uses. */
const TICKS_A_SECOND = 100;

/** A group that meets. */
export interface Called {
  readonly guildId: string;
  readonly lead: Person;
  readonly people: readonly Person[];
}

/** Waits until it is so; gives up with a sentence that says what was waited for. */
export const awaited = async (what: string, look: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(LOOK_EVERY))
    if (look()) return;
  throw new Error(`waited in vain until ${what}`);
};

/** An outcome that is no failure. */
export const answered = (outcome: Outcome): void => {
  if (outcome.is === 'failure') throw new Error(`Discord says ${outcome.code}: ${outcome.why}`);
};

/** Keeps one group a server, each with so many people beside its lead; to be done before Hearth starts. */
export const groupsOn = async (
  stage: Stage,
  number: number,
  size: number,
  settings: { readonly talkTime: boolean },
): Promise<readonly Called[]> => {
  const { sandbox, logIn } = stage;
  const store = storeOf(stage);
  const groups: Called[] = [];
  for (let index = 0; index < number; index += 1) {
    const guildId = index === 0 ? sandbox.guild.id : sandbox.addGuild(`Server ${index + 1}`).id;
    const named = async (name: string): Promise<Person> => {
      sandbox.addPerson(`${name} ${index + 1}`, { guilds: [guildId] });
      return logIn(`${name} ${index + 1}`);
    };
    const [lead, coFacilitator] = [await named('Lead'), await named('Co-facilitator')];
    const people: Person[] = [];
    for (let one = 0; one < size; one += 1) people.push(await named(`Member ${one + 1} of`));
    await keepGroup(store, 'Group', { guildId, lead, coFacilitator, members: people, settings });
    groups.push({ guildId, lead, people });
  }
  await store.close();
  return groups;
};

/** What Hearth is told in its environment where it is to come into the calls of this stage. */
export const withVoice = ({ sandbox }: Stage) => ({
  HEARTH_VOICE: 'on',
  NODE_EXTRA_CA_CERTS: sandbox.voice.certificateFile(),
});

/** Everybody comes into the room, and the session is opened; `isIn` waits for Hearth. */
export const meet = async (groups: readonly Called[]): Promise<void> => {
  for (const { lead, people } of groups) {
    await awaited('everybody sees the voice room', () =>
      [lead, ...people].every((each) => each.sees('group-voice') && lead.sees('staff-room')),
    );
    for (const each of [lead, ...people]) await each.join('group-voice');
    answered(await lead.press('Open the next session', { in: 'staff-room' }));
  }
};

/** Waits until Hearth is in the calls of all of them, encrypted with everybody. */
export const isIn = ({ sandbox: { voice } }: Stage, groups: readonly Called[]): Promise<void> =>
  awaited('Hearth is in every call, encrypted with everybody', () =>
    groups.every(({ people }) => people.every(({ id }) => voice.of(id).privacyCode() !== undefined)),
  );

/** One says word after word until the signal; nobody is heard where Hearth is not. */
export const speaks = async ({ sandbox }: Stage, { people }: Called, stopped: AbortSignal): Promise<void> => {
  for (let turn = 0; !stopped.aborted; turn += 1) {
    const { id = '' } = people[turn % people.length] ?? {};
    await sandbox.voice.of(id).speak(WORD);
  }
};

/** Seconds of CPU that a process has used since it began, as Linux counts them. */
export const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: user and system are the 14th and 15th of all.
  const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(after[11]) + Number(after[12])) / TICKS_A_SECOND;
};

/** The same for the process of Hearth that is in the calls; 0 while there is none. */
export const cpuOfCalls = (hearth: number): number => {
  const child = voiceChildOf(hearth);
  return child ? cpuSeconds(child) : 0;
};
