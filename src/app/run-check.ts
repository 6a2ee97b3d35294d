/** Listens to somebody's microphone, once Hearth and they are in the room that is theirs, and keeps what came out. */
import { classify } from '../core/level.ts';
import {
  type CheckRequest,
  isActive,
  LISTENS_FOR,
  PROMPT,
  roomOf,
  type UnheardWhy,
} from '../core/microphone-check.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { CheckClaim } from '../core/seat.ts';
import type { Records } from '../ports/store.ts';
import type { CheckOutcome } from '../ports/voice.ts';
import type { World } from '../ports/world.ts';
import { leadOn } from './keep-check.ts';
import { keepTest } from './microphone-tests.ts';

/** The one of a server whose turn it is, or which runs; undefined when there is none, or its room does not stand yet. */
export const checkFor = async (
  { microphoneChecks, roomRefs }: Pick<Records, 'microphoneChecks' | 'roomRefs'>,
  guildId: string,
): Promise<CheckClaim | undefined> => {
  const check = (await microphoneChecks.openOfServer(guildId)).find(isActive);
  if (!check) return undefined;
  const { id, cohortId, person, askedAt: since } = check;
  const channelId = await roomRefs.channelOf(cohortId, roomOf(check));
  const { account } = person;
  return channelId === undefined
    ? undefined
    : { kind: 'check', id, guildId, cohortId, channelId, account, since };
};

type Which = Pick<CheckClaim, 'id' | 'guildId'>;

const note = (world: World, { id, guildId }: Which, request: CheckRequest): Promise<Outcome<null>> =>
  world.store.change<null>(async (records) => {
    await records.microphoneChecks.hold(guildId);
    const check = await records.microphoneChecks.byId(id);
    if (!check) return refuse({ code: 'check-is-over' });
    const led = await leadOn(world, records, check, request);
    if (!led.ok) return led;
    const cohort = await records.cohorts.byId(check.cohortId);
    // Whoever was not heard has something to look at still.
    if (cohort && request.kind === 'hear' && request.level !== 'nothing') {
      const test = { personId: check.person.id, how: 'heard', at: world.clock.now() } as const;
      await keepTest(records, cohort, test);
    }
    return allow(null);
  });

/** Hearth cannot be with them after all: they are told, and may check on their own. */
export const giveUpCheck = async (world: World, which: Which, why: UnheardWhy): Promise<void> => {
  await note(world, which, { kind: 'fail', why });
};

const WHY: Readonly<Record<Extract<CheckOutcome, { did: 'failed' }>['why'], UnheardWhy>> = {
  'not-in-call': 'interrupted',
  'person-left': 'left',
  interrupted: 'interrupted',
};

const resultOf = (outcome: CheckOutcome): CheckRequest =>
  outcome.did === 'heard'
    ? { kind: 'hear', level: classify(outcome.reading) }
    : { kind: 'fail', why: WHY[outcome.why] };

/**
 * Runs it from the tone to the end, where both are in the room and it has not begun; else it does nothing. Only what
 * was measured is kept, as one word.
 */
export const runCheck = async (world: World, check: CheckClaim): Promise<void> => {
  const { guildId, channelId, account } = check;
  const present = (await world.presence.inRoom(guildId, channelId)) ?? [];
  if (!present.includes(account)) return;
  const begun = await note(world, check, { kind: 'listen' });
  if (!begun.ok) return;
  let noted: Promise<unknown> = Promise.resolve();
  const outcome = await world.voice.check({
    ...{ guildId, channelId, account },
    prompt: PROMPT,
    listenMs: LISTENS_FOR,
    begun: (stage) => {
      if (stage === 'playing-back') {
        // A card that could not be changed meanwhile says a little too long that Hearth listens, and no more.
        noted = note(world, check, { kind: 'play-back' }).catch((cause: unknown) =>
          world.log.fault('check-stage', cause),
        );
      }
    },
  });
  await noted;
  await note(world, check, resultOf(outcome));
};
