/** Makes what Hearth does in the voice of a server what it ought to be: the same however often it is done. */
import { chimeFor } from '../core/chime.ts';
import { type CheckClaim, type Claim, seatOf } from '../core/seat.ts';
import { phaseOf } from '../core/session.ts';
import type { Score } from '../core/sound.ts';
import { between, SECOND } from '../core/time.ts';
import type { CallOutcome, DesiredCall } from '../ports/voice.ts';
import type { World } from '../ports/world.ts';
import { claimsNow } from './claims-now.ts';
import { countsTalkAsTold } from './counts-talk-now.ts';
import { playNow } from './play-now.ts';
import { checkFor, giveUpCheck, runCheck } from './run-check.ts';

/** What Hearth is to do in the call of whoever has its place: only in a session does it play, or note who speaks. */
export const desiredCall = async (world: World, claim: Claim): Promise<DesiredCall> => {
  const { channelId, kind, id } = claim;
  const cohort = await world.store.records.cohorts.byId(claim.cohortId);
  if (kind !== 'session' || !cohort) return { channelId, notesSpeaking: false };
  const plays = await playNow(world, id, cohort, world.clock.now());
  return {
    channelId,
    notesSpeaking: await countsTalkAsTold(world, world.store.records, cohort),
    ...(plays && { plays }),
  };
};

/** Later than this after a part has begun, a chime would tell of nothing any more; in milliseconds. */
const CHIMES_WITHIN = 10 * SECOND;

/** Which part of which session has just begun, and how that sounds; undefined when nothing is to be told. */
export const chimeNow = async (
  { store, clock }: World,
  { id, cohortId }: Claim,
): Promise<{ readonly key: string; readonly score: Score } | undefined> => {
  const cohort = await store.records.cohorts.byId(cohortId);
  const session = cohort?.settings.chimes ? await store.records.sessions.byId(id) : undefined;
  if (session?.state !== 'running' || between(session.enteredAt, clock.now()) > CHIMES_WITHIN)
    return undefined;
  return { key: `${id} ${session.enteredAt.toISOString()}`, score: chimeFor(phaseOf(session)) };
};

/** A part is told of once: its key is remembered for the server, as long as this process lives. */
export type Chimed = Map<string, string>;

const chimeOnce = async (world: World, claim: Claim, chimed: Chimed): Promise<void> => {
  const chime = claim.kind === 'session' ? await chimeNow(world, claim) : undefined;
  if (!chime || chimed.get(claim.guildId) === chime.key) return;
  if (await world.voice.chime(claim.guildId, claim.channelId, chime.score))
    chimed.set(claim.guildId, chime.key);
};

/** Hearth may still come when it could not be reached; otherwise nobody waits for it. */
const tend = async (world: World, check: CheckClaim, outcome: CallOutcome): Promise<void> => {
  if (outcome.did === 'joined') await runCheck(world, check);
  if (outcome.did === 'failed' && outcome.why !== 'unreachable') await giveUpCheck(world, check, 'no-voice');
};

const stayOn = async (world: World, seat: Claim, outcome: CallOutcome, chimed: Chimed): Promise<void> => {
  if (seat.kind === 'check') await tend(world, seat, outcome);
  else if (outcome.did === 'joined') await chimeOnce(world, seat, chimed);
};

export interface Brought {
  readonly outcome: CallOutcome;
  /** What then goes on in the call for a while: to be called once, and nothing else waits for it. */
  goOn(): Promise<void>;
}

/** Brings Hearth into the call of whoever has its place, and out of every other. */
export const bringVoice = async (
  world: World,
  guildId: string,
  chimed: Chimed = new Map(),
): Promise<Brought> => {
  const check = await checkFor(world.store.records, guildId);
  const seat = seatOf<Claim>([
    ...(await claimsNow(world, world.store.records, guildId)),
    ...(check ? [check] : []),
  ]);
  const outcome = await world.voice.bring(guildId, seat && (await desiredCall(world, seat)));
  return {
    outcome,
    goOn: async () => {
      if (seat) await stayOn(world, seat, outcome, chimed);
    },
  };
};

/** Every server in which somebody wants Hearth now. */
export const serversWithVoice = async (world: World): Promise<ReadonlySet<string>> => {
  const claims = await claimsNow(world, world.store.records);
  const servers = await world.store.records.microphoneChecks.servers();
  return new Set([...claims.map(({ guildId }) => guildId), ...servers]);
};
