/** Gathers the rooms in which people test their microphones, and the card that stands in each. */
import type { CheckCard } from '../core/board.ts';
import type { Cohort } from '../core/cohort.ts';
import { peopleBefore, type VoiceCheck } from '../core/microphone-check.ts';
import type { CheckRoom } from '../core/rooms.ts';
import type { World } from '../ports/world.ts';

/** Numbers of the rooms that stand, or stood. */
const knownRooms = async ({ store }: Pick<World, 'store'>, cohortId: string): Promise<readonly number[]> => {
  const refs = await store.records.roomRefs.ofCohort(cohortId);
  return refs.flatMap(({ kind, number }) => (kind === 'check-voice' && number !== undefined ? [number] : []));
};

/** Every room of the cohort for it, with whoever has it now. */
export const checkRooms = async (
  world: Pick<World, 'store'>,
  cohortId: string,
): Promise<readonly CheckRoom[]> => {
  const open = await world.store.records.microphoneChecks.openOfCohort(cohortId);
  const numbers = new Set([...(await knownRooms(world, cohortId)), ...open.map(({ number }) => number)]);
  return [...numbers].map((number) => {
    const account = open.find((check) => check.number === number)?.person.account;
    return { number, ...(account !== undefined && { account }) };
  });
};

const cardOf = (check: VoiceCheck, ofServer: readonly VoiceCheck[]): CheckCard => {
  const card = { kind: 'check-card', room: check.number, checkId: check.id } as const;
  switch (check.state) {
    case 'ended':
      return { kind: 'check-card', room: check.number, state: 'closed' };
    case 'waiting':
      return { ...card, state: 'waiting', before: peopleBefore(ofServer, check.id) };
    case 'ready':
      return { ...card, state: 'ready', account: check.person.account, askedAt: check.askedAt };
    case 'heard':
      return { ...card, state: 'heard', level: check.level };
    case 'unheard':
      return { ...card, state: 'unheard', why: check.why };
    default:
      return { ...card, state: check.state };
  }
};

/** One in each room; where nobody tests a microphone now, nothing is left of whoever did. */
export const checkCards = async (
  world: Pick<World, 'store'>,
  { id, guildId }: Pick<Cohort, 'id' | 'guildId'>,
): Promise<readonly CheckCard[]> => {
  const rooms = await knownRooms(world, id);
  if (rooms.length === 0) return [];
  const ofServer = await world.store.records.microphoneChecks.openOfServer(guildId);
  return rooms.map((room) => {
    const check = ofServer.find(({ cohortId, number }) => cohortId === id && number === room);
    return check ? cardOf(check, ofServer) : { kind: 'check-card', room, state: 'closed' };
  });
};
