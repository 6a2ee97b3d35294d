/** Keeps how a check of a microphone goes on, and calls whoever is next: the same for a press, a job and the call itself. */
import {
  type CheckRequest,
  changeCheck,
  isActive,
  lapsesAt,
  nextInTurn,
  type VoiceCheck,
} from '../core/microphone-check.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';
import { groupHasVoice } from './claims-now.ts';

type Keeping = Pick<World, 'clock' | 'presence'>;

/** Shows it in the room, which closes when it is over, and has it end by itself in its time. */
const follow = async (records: Records, check: VoiceCheck): Promise<void> => {
  const { id: checkId, cohortId, version } = check;
  if (check.state === 'ended') await bringAll(records, cohortId);
  else await records.jobs.enqueue({ name: 'bring-boards', cohortId });
  await records.signals.voiceOf(cohortId);
  const at = lapsesAt(check);
  if (at) await records.jobs.enqueue({ name: 'check-due', cohortId, checkId, version }, at);
};

const keep = async (
  records: Records,
  check: VoiceCheck,
  request: CheckRequest,
  now: Date,
): Promise<Outcome<VoiceCheck>> => {
  const changed = changeCheck(check, request, now);
  if (!changed.ok) return changed;
  await records.microphoneChecks.save(changed.value);
  const kept = { ...changed.value, version: changed.value.version + 1 };
  await follow(records, kept);
  return allow(kept);
};

/** Those who wait see that fewer are before them. */
const showPlaces = async ({ jobs }: Records, waiting: readonly VoiceCheck[]): Promise<void> => {
  for (const cohortId of new Set(waiting.map((check) => check.cohortId))) {
    await jobs.enqueue({ name: 'bring-boards', cohortId });
  }
};

/**
 * Within a change that holds the server's queue, calls whoever is next when Hearth is free. While a group has it, nobody
 * is left waiting for who knows how long: each is told, and may check on their own.
 */
export const callNext = async (
  world: Keeping,
  records: Records,
  guildId: string,
  now: Date,
): Promise<void> => {
  const open = await records.microphoneChecks.openOfServer(guildId);
  const next = nextInTurn(open);
  if (!next) return;
  const waiting = open.filter(({ state }) => state === 'waiting');
  if (await groupHasVoice(world, records, guildId)) {
    for (const check of waiting) await keep(records, check, { kind: 'fail', why: 'session' }, now);
    return;
  }
  await keep(records, next, { kind: 'call' }, now);
  await showPlaces(records, waiting);
};

/** Nobody is told that they came too late, or that something broke, when a session has taken Hearth meanwhile. */
const truly = async (
  world: Keeping,
  records: Records,
  { guildId }: VoiceCheck,
  request: CheckRequest,
): Promise<CheckRequest> => {
  if (request.kind !== 'fail' || request.why === 'left') return request;
  return (await groupHasVoice(world, records, guildId)) ? { kind: 'fail', why: 'session' } : request;
};

/** Within a change that holds the server's queue, leads a check on, and with it the queue. */
export const leadOn = async (
  world: Keeping,
  records: Records,
  check: VoiceCheck,
  request: CheckRequest,
): Promise<Outcome<VoiceCheck>> => {
  const now = world.clock.now();
  const kept = await keep(records, check, await truly(world, records, check, request), now);
  if (!kept.ok || isActive(kept.value)) return kept;
  await callNext(world, records, check.guildId, now);
  return allow((await records.microphoneChecks.byId(check.id)) ?? kept.value);
};
