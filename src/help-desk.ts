/**
 * The help desk of a process: answers whoever asks for help from memory, and tells those who are on call.
 *
 *   asked ─> on this machine's disk ─┬─> told on Discord at once, from memory ──────────┐
 *                                    └─> kept in the database, as soon as it answers ───┴─> off the disk
 *
 * Both ways go at once and again until they have worked; what is told on both is one message, by its id. The database
 * climbs the ladder from there. A process that is killed finds on its disk what it had not done.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { chooseCountry } from './app/choose-country.ts';
import { raiseHelp } from './app/raise-help.ts';
import { type CrisisLines, withOwn } from './core/crisis-line.ts';
import {
  type Asking,
  type CoveredGroup,
  groupAsked,
  type HelpMemory,
  type Plea,
  type Telling,
} from './core/help.ts';
import { isOnCall } from './core/on-call.ts';
import type { HelpDesk } from './ports/help-desk.ts';
import type { Spool } from './ports/spool.ts';
import type { World } from './ports/world.ts';

export interface HelpDeskParts
  extends Pick<World, 'store' | 'messenger' | 'rooms' | 'clock' | 'zones' | 'ids' | 'log'> {
  /** The entries that come with Hearth. */
  readonly lines: readonly CrisisLines[];
  readonly spool: Spool<Plea>;
  /** Milliseconds between two attempts, the last of them ever again. */
  readonly pauses?: readonly number[];
  /** Milliseconds for which one of the ladder is waited for before the next is told as well. */
  readonly nextAfter?: number;
}

export interface OpenHelpDesk extends HelpDesk {
  /** Takes up what an earlier process has left. */
  begin(): Promise<void>;
  /** Waits for what is in hand, but not for what cannot be done now: that stays on the disk. */
  finish(): Promise<void>;
}

/** The first attempts fall within the seconds in which somebody is to be told. */
const PAUSES: readonly number[] = [200, 300, 500, 700, 1_000, 1_000, 2_000];
/** Milliseconds in which an arrival is told of, unless something is amiss on the way to that one person. */
const NEXT_AFTER = 1_000;
/** How long a stop waits, in milliseconds. */
const PATIENCE = 2_000;

const NOTHING: HelpMemory = { groups: [], countries: new Map(), own: new Map() };

/** Milliseconds of an attempt: what hangs on a connection that is dead is tried on another. */
const ATTEMPT = 10_000;

const inTime = async (work: () => Promise<void>): Promise<void> => {
  const stop = new AbortController();
  const late = sleep(ATTEMPT, 'late' as const, { signal: stop.signal }).catch(() => 'done' as const);
  try {
    const ended = await Promise.race([work().then(() => 'done' as const), late]);
    if (ended === 'late') throw new Error('no answer came in time');
  } finally {
    stop.abort();
  }
};

/** Again until it has worked; false when the desk was closed before. */
const again = async (
  { log, pauses = PAUSES }: HelpDeskParts,
  closing: AbortSignal,
  event: string,
  work: () => Promise<void>,
): Promise<boolean> => {
  for (let attempt = 0; !closing.aborted; attempt += 1) {
    try {
      await inTime(work);
      return true;
    } catch (cause) {
      log.fault(event, cause, { attempt: attempt + 1 });
      const pause = pauses[Math.min(attempt, pauses.length - 1)];
      await sleep(pause, undefined, { signal: closing }).catch(() => undefined);
    }
  }
  return false;
};

const toldFacts = (plea: Plea, isOutside: boolean) => ({
  ...{ kind: 'alert' as const, alertId: plea.alertId, what: 'help' as const },
  ...{ at: plea.at.toISOString(), isOutside },
});

const isOutside = ({ zones }: HelpDeskParts, { hours, zone }: CoveredGroup, at: Date): boolean =>
  !isOnCall(hours, zones.wall(at, zone));

const UNREACHED = new Error('nobody reads it there');

/** True as soon as one has arrived; false when none of them can be reached; fails when none arrived for a fault. */
const anyTold = (telling: readonly Promise<boolean>[]): Promise<boolean> =>
  Promise.any(telling.map(async (each) => (await each) || Promise.reject(UNREACHED))).catch(
    ({ errors }: AggregateError) => {
      const fault: unknown = errors.find((cause) => cause !== UNREACHED);
      if (fault !== undefined) throw fault;
      return false;
    },
  );

/** Tells one of the ladder by direct message, and in the staff room: each tells whether it has arrived. */
const tellOne = (
  parts: HelpDeskParts,
  plea: Plea,
  group: CoveredGroup,
  account: string,
  isFirst: boolean,
): readonly Promise<boolean>[] => {
  const { messenger, rooms } = parts;
  const facts = toldFacts(plea, isOutside(parts, group, plea.at));
  const once = { since: plea.at, again: false, others: [] };
  // Only the first is told under the ids under which it is kept: the next is told otherwise in time.
  const named = (id: string): string => (isFirst ? id : `${id}:${account}`);
  const direct = messenger
    .direct(account, { ...facts, cohortId: group.cohortId }, { ...once, id: named(plea.noticeId) })
    .then(({ did }) => did === 'done');
  const inRoom = async (): Promise<boolean> => {
    if (group.staffRoom === undefined) return false;
    // It stands there for everybody, and rings for the first: for the next only if nothing else does.
    if (!isFirst && (await direct.catch(() => false))) return true;
    const { did } = await rooms.say(
      group.staffRoom,
      { ...facts, account },
      { ...once, id: named(plea.sayingId) },
    );
    return did === 'done';
  };
  return [direct, inRoom()];
};

/** Tells the first of the ladder who can be reached, and the next as well when that takes too long. */
const tellNow = async (parts: HelpDeskParts, plea: Plea, group: CoveredGroup): Promise<void> => {
  const ladder = group.ladder.filter((account) => account !== plea.account);
  const telling: Promise<boolean>[] = [];
  for (const [index, account] of ladder.entries()) {
    telling.push(...tellOne(parts, plea, group, account, index === 0));
    const soon = sleep(parts.nextAfter ?? NEXT_AFTER, false, { ref: false });
    if (await Promise.race([anyTold(telling).catch(() => false), soon])) return;
  }
  if (await anyTold(telling)) return;
  parts.log.warn('help-not-told-directly', { cohort: group.cohortId, alert: plea.alertId });
};

const Asked = z.object({
  id: z.string(),
  account: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  cohortId: z.string().exactOptional(),
  at: z.coerce.date(),
  alertId: z.uuid(),
  noticeId: z.uuid(),
  sayingId: z.uuid(),
  toldIn: z.uuid().exactOptional(),
});

/** What is left on the disk, as it was put there; undefined for what a kill has torn. */
export const pleaIn = (text: string): Plea | undefined => {
  try {
    return Asked.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Opens the desk; it knows nothing before it has looked. */
export const openHelpDesk = (parts: HelpDeskParts): OpenHelpDesk => {
  const { store, ids, log, lines, spool } = parts;
  const closing = new AbortController();
  const inHand = new Set<Promise<void>>();
  let memory = NOTHING;
  /** Alerts of pleas that this process has seen since it last looked, by account and group; undefined for a closed one. */
  const seen = new Map<string, string | undefined>();

  const keyOf = (account: string, cohortId: string): string => `${cohortId}:${account}`;
  const openAlert = (account: string, { cohortId, open }: CoveredGroup): string | undefined => {
    const key = keyOf(account, cohortId);
    return seen.has(key) ? seen.get(key) : open.find((each) => each.account === account)?.alertId;
  };

  const linesIn: HelpDesk['linesIn'] = (guildId) => withOwn(lines, memory.own.get(guildId));

  const tellingOf = (asking: Asking, group: CoveredGroup | undefined): Telling => {
    if (!group) return 'nobody';
    if (openAlert(asking.account, group) !== undefined) return 'again';
    return isOutside(parts, group, asking.at) ? 'outside-hours' : 'on-call';
  };

  const track = (work: Promise<void>): void => {
    const tracked = work
      .catch((cause: unknown) => void log.fault('help-desk', cause))
      .finally(() => inHand.delete(tracked));
    inHand.add(tracked);
  };

  const see = async (plea: Plea, direct: CoveredGroup | undefined): Promise<void> => {
    const keep = async (): Promise<void> => {
      const raised = await raiseHelp(parts, plea);
      // It may have been added to another alert than this process knew of.
      if (raised.ok && raised.value) {
        seen.set(keyOf(plea.account, raised.value.cohortId), raised.value.alertId);
      }
    };
    const [kept, told] = await Promise.all([
      again(parts, closing.signal, 'help-not-kept', keep),
      direct === undefined ||
        again(parts, closing.signal, 'help-not-told', () => tellNow(parts, plea, direct)),
    ]);
    if (kept && told) spool.remove(plea.id);
  };

  const refresh = async (): Promise<void> => {
    const [before, wasBusy] = [[...seen], inHand.size > 0];
    memory = await store.records.onCalls.memory();
    // What was seen while it looked is newer than what it found.
    if (wasBusy || inHand.size > 0) return;
    for (const [key, alertId] of before) if (seen.get(key) === alertId) seen.delete(key);
  };

  return {
    linesIn,
    countriesOf: (region) => lines.filter((each) => each.region === region).map(({ country }) => country),
    recall: (asking) => {
      const group = groupAsked(memory.groups, asking);
      const country = memory.countries.get(asking.account);
      const found = linesIn(group?.guildId ?? asking.guildId).find((each) => each.country === country);
      return { telling: tellingOf(asking, group), ...(found && { lines: found }) };
    },
    raise: (asking) => {
      const group = groupAsked(memory.groups, asking);
      const before = group && openAlert(asking.account, group);
      const alertId = before ?? ids.next();
      const plea: Plea = {
        ...{ ...asking, alertId, noticeId: ids.next(), sayingId: ids.next() },
        ...(group && { toldIn: group.cohortId }),
      };
      spool.put(plea.id, plea);
      if (group) seen.set(keyOf(asking.account, group.cohortId), alertId);
      track(see(plea, before === undefined ? group : undefined));
    },
    closed: (cohortId, account) => void seen.set(keyOf(account, cohortId), undefined),
    choose: (account, country) => {
      const countries = new Map(memory.countries);
      if (country === undefined) countries.delete(account);
      else countries.set(account, country);
      memory = { ...memory, countries };
      const keep = async (): Promise<void> => void (await chooseCountry(parts, account, country));
      track(again(parts, closing.signal, 'country-not-kept', keep).then(() => undefined));
    },
    refresh,
    begin: async () => {
      await refresh();
      for (const plea of spool.left()) {
        log.info('help-taken-up', { alert: plea.alertId });
        track(see(plea, groupAsked(memory.groups, plea)));
      }
    },
    finish: async () => {
      const done = Promise.all(inHand).then(() => undefined);
      await Promise.race([done, sleep(inHand.size > 0 ? PATIENCE : 0, undefined, { ref: false })]);
      closing.abort();
      await Promise.all(inHand);
    },
  };
};
