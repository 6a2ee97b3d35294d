/** Has the make-ups of a meeting follow what becomes of it. */
import { changeMakeUp, type MakeUp, type MakeUpRequest } from '../core/make-up.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Changes a make-up within a change; what changes nothing is not written. */
export const saveMakeUp = async (
  { clock }: Pick<World, 'clock'>,
  { makeUps }: Pick<Records, 'makeUps'>,
  makeUp: MakeUp,
  request: MakeUpRequest,
): Promise<MakeUp> => {
  const changed = changeMakeUp(makeUp, request, clock.now());
  if (!changed.ok || changed.value === makeUp) return makeUp;
  await makeUps.save(changed.value);
  return changed.value;
};

/** For every make-up that is booked in the meeting: it is moved with it, or is due again when it does not take place. */
export const followMakeUps = async (
  world: Pick<World, 'clock'>,
  records: Pick<Records, 'makeUps'>,
  occurrenceId: string,
  request: Extract<MakeUpRequest, { kind: 'moved' | 'fell-through' }>,
): Promise<void> => {
  for (const makeUp of await records.makeUps.ofOccurrence(occurrenceId)) {
    await saveMakeUp(world, records, makeUp, request);
  }
};
