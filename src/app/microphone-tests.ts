/** Keeps that somebody has tested their microphone in this cycle, so that nobody is asked twice. */
import type { Cohort } from '../core/cohort.ts';
import type { MicrophoneTest } from '../core/microphone-check.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import type { Asker } from './ask-check.ts';
import { leadOn } from './keep-check.ts';

type Cycle = Pick<Cohort, 'id' | 'consentRound'>;

const membershipOf = async (
  { memberships }: Pick<Records, 'memberships'>,
  cohortId: string,
  personId: string,
): Promise<string | undefined> =>
  (await memberships.roster(cohortId)).find(({ person }) => person.id === personId)?.id;

/** Whether they have, since the group was last asked to sign. Of staff nothing is kept. */
export const hasTested = async (
  records: Pick<Records, 'memberships' | 'microphoneTests'>,
  { id, consentRound }: Cycle,
  personId: string,
): Promise<boolean> => {
  const membershipId = await membershipOf(records, id, personId);
  return membershipId !== undefined && records.microphoneTests.done(membershipId, consentRound);
};

/** Keeps it within a change; of staff, nothing. */
export const keepTest = async (
  records: Pick<Records, 'memberships' | 'microphoneTests'>,
  { id, consentRound }: Cycle,
  { personId, ...test }: Pick<MicrophoneTest, 'how' | 'at'> & { readonly personId: string },
): Promise<void> => {
  const membershipId = await membershipOf(records, id, personId);
  if (membershipId !== undefined) await records.microphoneTests.add({ ...test, membershipId, consentRound });
};

/** They have checked on their own; one that was open with Hearth is over with that. */
export const testedAlone = (
  world: Pick<World, 'store' | 'clock' | 'presence'>,
  { cohort, person }: Asker & { readonly cohort: Cycle },
): Promise<Outcome<null>> =>
  world.store.change<null>(async (records) => {
    await records.microphoneChecks.hold(cohort.guildId);
    await keepTest(records, cohort, { personId: person.id, how: 'self', at: world.clock.now() });
    const open = await records.microphoneChecks.openOf(cohort.guildId, person.id);
    if (open) await leadOn(world, records, open, { kind: 'finish' });
    return allow(null);
  });
