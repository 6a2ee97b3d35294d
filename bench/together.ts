/** Measures how long it takes until every room has its card when many sessions begin together, at Discord's own pace. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../sandbox/people.ts';
import type { CallRecord } from '../sandbox/transcript.ts';
import type { PostgresStore } from '../src/adapters/postgres/store.ts';
import { GROUP_ROOM_KINDS, type RoomKind } from '../src/core/rooms.ts';
import { MINUTE, SECOND } from '../src/core/time.ts';
import { keepGroup, storeOf } from './crowd.ts';
import { OPENING } from './least.ts';
import { type Stage, setStage } from './stage.ts';
import { percentile, tableOf } from './table.ts';

const SESSIONS = 500;
/** A server holds 500 channels: five rooms each, and some of its own. */
const GROUPS_IN_SERVER = 70;
const MEMBERS = 2;
/** Requests that Discord takes of a bot, interactions apart. */
const A_SECOND = 50;
/** Presses in a second: enough that people are never what is waited for. */
const PRESSES_A_SECOND = 50;
const PATIENCE = 20 * MINUTE;

/** Calls under the limit that a session's opening needs: the acknowledgement is an interaction's. */
const NEEDED = (OPENING.post ?? 0) + (OPENING.edit ?? 0);
const INTERACTIONS = /^\/(interactions|webhooks)\//;

interface Group {
  readonly id: string;
  readonly lead: Person;
}

/** A group that is about to begin, with the rooms in which its session is opened and shown. */
interface Beginning extends Group {
  readonly staff: string;
  readonly room: string;
}

const serversFor = ({ sandbox }: Stage, sessions: number): readonly string[] =>
  Array.from({ length: Math.ceil(sessions / GROUPS_IN_SERVER) }, (_, index) =>
    index === 0 ? sandbox.guild.id : sandbox.addGuild(`Server ${index + 1}`).id,
  );

const formGroup = async (
  { sandbox, logIn }: Stage,
  store: PostgresStore,
  guildId: string,
  number: number,
): Promise<Group> => {
  const add = (name: string) => sandbox.addPerson(`${name} ${number}`, { guilds: [guildId] });
  add('Lead');
  const company = {
    guildId,
    lead: await logIn(`Lead ${number}`),
    coFacilitator: add('Co-facilitator'),
    members: Array.from({ length: MEMBERS }, (_, index) => add(`Member ${index + 1} of`)),
  };
  const { id } = await keepGroup(store, `Group ${number}`, company);
  return { id, lead: company.lead };
};

const formGroups = async (
  stage: Stage,
  store: PostgresStore,
  sessions: number,
): Promise<readonly Group[]> => {
  const servers = serversFor(stage, sessions);
  const groups: Group[] = [];
  for (let number = 0; number < sessions; number += 1) {
    // Every server was made for a number of these.
    const guildId = servers[number % servers.length] ?? '';
    groups.push(await formGroup(stage, store, guildId, number));
  }
  return groups;
};

const roomsOf = async (store: PostgresStore, group: Group): Promise<Beginning | undefined> => {
  const refs = await store.records.roomRefs.ofCohort(group.id);
  const channel = (kind: RoomKind): string => refs.find((ref) => ref.kind === kind)?.channelId ?? '';
  return refs.length === GROUP_ROOM_KINDS.length
    ? { ...group, staff: channel('staff'), room: channel('group') }
    : undefined;
};

const roomsStand = async (store: PostgresStore, groups: readonly Group[]): Promise<readonly Beginning[]> => {
  const standing: Beginning[] = [];
  const deadline = Date.now() + PATIENCE;
  for (const group of groups) {
    let rooms = await roomsOf(store, group);
    for (; !rooms && Date.now() < deadline; rooms = await roomsOf(store, group)) await sleep(SECOND);
    if (!rooms) throw new Error('not every group has its rooms');
    standing.push(rooms);
  }
  return standing;
};

/** Everybody opens their session; how many were told that it failed. */
const openAll = async (groups: readonly Beginning[]): Promise<number> => {
  const outcomes = await Promise.all(
    groups.map(async ({ lead, staff }, index) => {
      await sleep((index * SECOND) / PRESSES_A_SECOND);
      return lead.press('Open the next session', { in: staff });
    }),
  );
  return outcomes.filter(({ is }) => is === 'failure').length;
};

const isCard = ({ body, status }: CallRecord): boolean => {
  const embeds: unknown = Reflect.get(Object(body), 'embeds');
  return status === 200 && Array.isArray(embeds) && embeds.length > 0;
};

const POST = { route: '/channels/:channel/messages', method: 'POST' };

/** When each room got its card. */
const cardsIn = ({ sandbox }: Stage, rooms: ReadonlySet<string>): ReadonlyMap<string, number> => {
  const posted = sandbox.transcript.calls({ ...POST, who: sandbox.bot.id }).filter(isCard);
  const placed = posted.map(({ path, at }) => [path.split('/').at(-2) ?? '', at] as const);
  return new Map(placed.filter(([room]) => rooms.has(room)));
};

interface Measured {
  readonly sessions: number;
  readonly workers: number;
  readonly failures: number;
  /** Seconds after the first press, of each card, in order. */
  readonly cards: readonly number[];
  /** Seconds after the first press until the last call that had to be made. */
  readonly all: number;
  /** Under the limit of requests, those that were refused left out. */
  readonly calls: number;
  readonly refused: number;
}

const cardsShown = async (stage: Stage, rooms: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> => {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(SECOND)) {
    const cards = cardsIn(stage, rooms);
    if (cards.size === rooms.size) return cards;
  }
  throw new Error('not every room got its card');
};

const measure = async (stage: Stage, groups: readonly Beginning[], workers: number): Promise<Measured> => {
  const { sandbox, settled } = stage;
  const { clock, transcript, bot } = sandbox;
  sandbox.stretchWindows(1);
  await sleep(2 * SECOND);
  transcript.clear();
  const begun = clock.now();
  const failures = await openAll(groups);
  const cards = await cardsShown(stage, new Set(groups.map(({ room }) => room)));
  await settled(PATIENCE);
  const calls = transcript
    .calls({ who: bot.id })
    .filter(({ route }) => route !== null && !INTERACTIONS.test(route));
  const since = (at: number): number => (at - begun) / SECOND;
  return {
    sessions: groups.length,
    workers,
    failures,
    cards: [...cards.values()].map(since).toSorted((a, b) => a - b),
    all: since(Math.max(...calls.map(({ at }) => at))),
    calls: calls.filter(({ status }) => status !== 429).length,
    refused: calls.filter(({ status }) => status === 429).length,
  };
};

const tableFor = ({ sessions, workers, failures, cards, all, calls, refused }: Measured): string => {
  const least = (sessions * NEEDED) / A_SECOND;
  const row = (name: string, ours: number, floor: number) =>
    [name, ours.toFixed(1), floor.toFixed(1), (ours / floor).toFixed(2)] as const;
  return tableOf(
    `${sessions} sessions, opened by ${PRESSES_A_SECOND} people a second; Hearth as ${workers} process${workers === 1 ? '' : 'es'}`,
    ['', 'Hearth', 'least', 'ratio'],
    [
      row('seconds until half of the rooms have their card', percentile(cards, 0.5), least / 2),
      row('seconds until every room has its card', percentile(cards, 1), least),
      row('seconds until everything is said and shown', all, least),
      ['calls under the limit', calls, sessions * NEEDED, (calls / (sessions * NEEDED)).toFixed(2)],
      ['calls that Discord refused (429)', refused, 0, ''],
      ['presses that failed', failures, 0, ''],
    ],
  );
};

/** The first process is connected and works, too; the others only work. */
const startAll = async ({ startHearth }: Stage, workers: number): Promise<void> => {
  await startHearth(workers === 1 ? '' : 'gateway,worker');
  for (let more = 1; more < workers; more += 1) await startHearth('worker');
};

/** Has so many sessions opened together by presses, in several servers, by so many processes of Hearth. */
export const measureTogether = async (
  tell: (text: string) => void,
  sessions: number = SESSIONS,
  workers = 1,
): Promise<void> => {
  const stage = await setStage();
  const store = storeOf(stage);
  try {
    const groups = await formGroups(stage, store, sessions);
    await startAll(stage, workers);
    const standing = await roomsStand(store, groups);
    await stage.settled(PATIENCE);
    tell(tableFor(await measure(stage, standing, workers)));
  } finally {
    await store.close();
    await stage.strike();
  }
};
