/** Notes that somebody has spoken in the session of their group: how long, and nothing else. */
import { allow } from '../core/outcome.ts';
import { addStretch, heardInCall, type Spoken, sharesOf, type Utterance } from '../core/talk-time.ts';
import type { World } from '../ports/world.ts';
import { countsTalkAsTold } from './counts-talk-now.ts';
import { signedMembers } from './signed-members.ts';

/** Whether the panel shows the same of both. */
const looksTheSame = (before: readonly Spoken[], after: readonly Spoken[]): boolean =>
  JSON.stringify([sharesOf(before), [...heardInCall(before)]]) ===
  JSON.stringify([sharesOf(after), [...heardInCall(after)]]);

/**
 * Counts it for a member who has signed the text that tells of it, while a session of their group is open; everything
 * else is let be. To be called in the order in which the stretches of a server end.
 */
export const noteTalk = async (
  world: Pick<World, 'store' | 'catalogue'>,
  { channelId, utterance }: { readonly channelId: string; readonly utterance: Utterance },
): Promise<void> => {
  const ref = await world.store.records.roomRefs.byChannel(channelId);
  if (ref?.kind !== 'voice') return;
  await world.store.change(async (records) => {
    const cohort = await records.cohorts.byId(ref.cohortId);
    const session = await records.sessions.unfinished(ref.cohortId);
    if (!cohort || !session) return allow(null);
    if (!(await countsTalkAsTold(world, records, cohort))) return allow(null);
    const { signed } = await signedMembers(world, records, cohort);
    const member = signed.find(({ person }) => person.account === utterance.account);
    if (!member) return allow(null);
    const { id: personId } = member.person;
    const talk = await records.talkTimes.ofSession(session.id);
    const spoken = addStretch(
      talk.find((each) => each.personId === personId),
      personId,
      utterance,
    );
    await records.talkTimes.put(session.id, spoken);
    const others = talk.filter((each) => each.personId !== personId);
    const inOrder = [...others, spoken].toSorted((a, b) => a.personId.localeCompare(b.personId));
    if (!looksTheSame(talk, inOrder)) {
      await records.jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
    }
    return allow(null);
  });
};
