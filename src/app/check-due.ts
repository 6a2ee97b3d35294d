/** The step that ends a check of a microphone in its time: nobody waits for somebody who does not come. */
import { lapse, roomOf } from '../core/microphone-check.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { leadOn } from './keep-check.ts';
import { accountsPresent } from './write-presence.ts';

type DueJob = Extract<Job, { name: 'check-due' }>;

/** One that has gone on meanwhile has a step of its own. */
export const checkDue = async (
  world: Pick<World, 'clock' | 'presence'>,
  records: Records,
  { checkId, version }: DueJob,
): Promise<Outcome<null>> => {
  const found = await records.microphoneChecks.byId(checkId);
  if (!found) return allow(null);
  await records.microphoneChecks.hold(found.guildId);
  const check = await records.microphoneChecks.byId(checkId);
  if (check?.version !== version) return allow(null);
  const { cohortId: id, guildId, person } = check;
  const present = (await accountsPresent(world, records, { id, guildId }, roomOf(check))) ?? [];
  await leadOn(world, records, check, lapse(check, present.includes(person.account)));
  return allow(null);
};
