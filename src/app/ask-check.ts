/** Asks that somebody may test their microphone with Hearth, and what they do on the way. */
import type { Cohort } from '../core/cohort.ts';
import {
  type CheckRequest,
  freeRoom,
  peopleBefore,
  roomOf,
  type VoiceCheck,
} from '../core/microphone-check.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { groupHasVoice } from './claims-now.ts';
import { callNext, leadOn } from './keep-check.ts';

export interface Asker {
  readonly cohort: Pick<Cohort, 'id' | 'guildId'>;
  readonly person: Person;
}

/** `busy`: a group has Hearth. `full`: every room of the cohort is taken. */
export type AskedCheck =
  | {
      readonly did: 'asked';
      readonly check: VoiceCheck;
      /** People whose turn comes first. */
      readonly before: number;
      /** Of the room, once it stands. */
      readonly channelId?: string;
    }
  | { readonly did: 'busy' | 'full' };

const asked = async (records: Records, id: string): Promise<Outcome<AskedCheck>> => {
  const check = await records.microphoneChecks.byId(id);
  if (!check) return refuse({ code: 'check-is-over' });
  const before = peopleBefore(await records.microphoneChecks.openOfServer(check.guildId), id);
  const channelId = await records.roomRefs.channelOf(check.cohortId, roomOf(check));
  return allow({ did: 'asked', check, before, ...(channelId !== undefined && { channelId }) });
};

const begin = async (
  world: World,
  records: Records,
  { cohort, person }: Asker,
): Promise<Outcome<AskedCheck>> => {
  const number = freeRoom(await records.microphoneChecks.openOfCohort(cohort.id));
  if (number === undefined) return allow({ did: 'full' });
  const now = world.clock.now();
  const { id: cohortId, guildId } = cohort;
  const kept = { id: world.ids.next(), guildId, cohortId, person, number };
  const check: VoiceCheck = { ...kept, askedAt: now, changedAt: now, version: 0, state: 'waiting' };
  await records.microphoneChecks.add(check);
  await bringAll(records, cohortId);
  await callNext(world, records, guildId, now);
  return asked(records, check.id);
};

/** Whoever has been heard already, or was not, asks anew; whoever waits keeps their place. */
const goOn = async (world: World, records: Records, open: VoiceCheck): Promise<Outcome<AskedCheck>> => {
  if (open.state === 'heard' || open.state === 'unheard') {
    const again = await leadOn(world, records, open, { kind: 'again' });
    if (!again.ok) return again;
  }
  return asked(records, open.id);
};

/** Puts them in the queue of the server, and has a room made for them; with one that is open already, it goes on. */
export const askForCheck = (world: World, asker: Asker): Promise<Outcome<AskedCheck>> =>
  world.store.change<AskedCheck>(async (records) => {
    const { cohort, person } = asker;
    const active = await activeCohort(records, cohort.id);
    if (!active.ok) return active;
    await records.microphoneChecks.hold(cohort.guildId);
    if (await groupHasVoice(world, records, cohort.guildId)) return allow({ did: 'busy' });
    const open = await records.microphoneChecks.openOf(cohort.guildId, person.id);
    return open ? goOn(world, records, open) : begin(world, records, asker);
  });

/** Leads their own check on; refused with `check-is-over` when there is none, or it has gone on already. */
export const leadCheckOn = (
  world: World,
  { cohort, person }: Asker,
  request: CheckRequest,
): Promise<Outcome<VoiceCheck>> =>
  world.store.change<VoiceCheck>(async (records) => {
    await records.microphoneChecks.hold(cohort.guildId);
    const open = await records.microphoneChecks.openOf(cohort.guildId, person.id);
    return open ? leadOn(world, records, open, request) : refuse({ code: 'check-is-over' });
  });
