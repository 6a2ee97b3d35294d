/** Who is in the voice room and has neither had a turn nor spoken yet. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { heardInCall } from '../core/talk-time.ts';
import { notYetHeard as unheard } from '../core/turns.ts';
import type { World } from '../ports/world.ts';
import { signedMembers } from './signed-members.ts';
import { accountsPresent, membersAmong } from './write-presence.ts';

/** Accounts of signed members who are there, and have neither spoken nor passed; refused when no session is open. */
export const notYetHeard = async (world: World, cohort: Cohort): Promise<Outcome<readonly string[]>> => {
  const { records } = world.store;
  const session = await records.sessions.unfinished(cohort.id);
  if (!session) return refuse({ code: 'no-session' });
  const { signed } = await signedMembers(world, records, cohort);
  const here = membersAmong(signed, (await accountsPresent(world, records, cohort)) ?? []);
  const people = new Set(
    unheard(
      session.turns,
      here.map(({ person }) => person.id),
      heardInCall(await records.talkTimes.ofSession(session.id)),
    ),
  );
  return allow(here.filter(({ person }) => people.has(person.id)).map(({ person }) => person.account));
};
