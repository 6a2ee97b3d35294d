/** Makes what Hearth does in the voice of a server what it ought to be: the same however often it is done. */
import { type CheckClaim, type Claim, seatOf } from '../core/seat.ts';
import { countsTalk } from '../core/talk-time.ts';
import type { CallOutcome, DesiredCall } from '../ports/voice.ts';
import type { World } from '../ports/world.ts';
import { claimsNow } from './claims-now.ts';
import { checkFor, giveUpCheck, runCheck } from './run-check.ts';

const notesSpeaking = async ({ store, catalogue }: World, claim: Claim): Promise<boolean> => {
  if (claim.kind !== 'session') return false;
  const cohort = await store.records.cohorts.byId(claim.cohortId);
  return cohort !== undefined && countsTalk(cohort.settings, catalogue.agreement().text);
};

/** What Hearth is to do in the call of whoever has its place. */
export const desiredCall = async (world: World, claim: Claim): Promise<DesiredCall> => ({
  channelId: claim.channelId,
  notesSpeaking: await notesSpeaking(world, claim),
});

/** Hearth may still come when it could not be reached; otherwise nobody waits for it. */
const tend = async (world: World, check: CheckClaim, outcome: CallOutcome): Promise<void> => {
  if (outcome.did === 'joined') await runCheck(world, check);
  if (outcome.did === 'failed' && outcome.why !== 'unreachable') await giveUpCheck(world, check, 'no-voice');
};

export interface Brought {
  readonly outcome: CallOutcome;
  /** What goes on in the call for a while, and what nothing else waits for. */
  readonly lasting: Promise<void>;
}

/** Brings Hearth into the call of whoever has its place, and out of every other. */
export const bringVoice = async (world: World, guildId: string): Promise<Brought> => {
  const check = await checkFor(world.store.records, guildId);
  const seat = seatOf<Claim>([...(await claimsNow(world, guildId)), ...(check ? [check] : [])]);
  const outcome = await world.voice.bring(guildId, seat && (await desiredCall(world, seat)));
  return { outcome, lasting: seat?.kind === 'check' ? tend(world, seat, outcome) : Promise.resolve() };
};

/** Every server in which somebody wants Hearth now. */
export const serversWithVoice = async (world: World): Promise<ReadonlySet<string>> => {
  const claims = await claimsNow(world);
  const servers = await world.store.records.microphoneChecks.servers();
  return new Set([...claims.map(({ guildId }) => guildId), ...servers]);
};
