/** Shows the group a link to something that it watches together, and asks Discord for an invitation to do so. */
import type { Confidential } from '../core/confidential.ts';
import { confidential } from '../core/confidential.ts';
import { readAddress, type SharedLink } from '../core/link.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { runningSession } from './start-playback.ts';

export interface NewLink {
  readonly cohortId: string;
  readonly address: string;
  readonly title: Confidential<string>;
  /** What is to be seen and heard, in words. */
  readonly alternative?: Confidential<string>;
  /** Account. */
  readonly by: string;
}

const keep = async (records: Records, link: SharedLink): Promise<void> => {
  await records.sharedLinks.put(link);
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: link.cohortId });
};

/** Keeps the link; it stands in the group's room, also when nothing comes of the invitation. */
const show = (
  { store, ids, clock }: World,
  { cohortId, title, alternative, by }: NewLink,
  address: string,
): Promise<Outcome<SharedLink>> =>
  store.change<SharedLink>(async (records) => {
    const session = await runningSession(records, cohortId);
    if (!session.ok) return session;
    const link: SharedLink = {
      id: ids.next(),
      ...{ cohortId, title, sessionId: session.value.id },
      address: confidential(address),
      ...(alternative && { alternative }),
      ...{ sharedBy: by, sharedAt: clock.now() },
    };
    await keep(records, link);
    return allow(link);
  });

/** The invitation, when the group has a voice room and Discord gives one. */
const invite = async ({ store, rooms }: World, cohortId: string): Promise<string | undefined> => {
  const channelId = await store.records.roomRefs.channelOf(cohortId, { kind: 'voice' });
  return channelId === undefined ? undefined : (await rooms.inviteToWatch(channelId))?.address;
};

/** Shows it; refused with `link-unreadable`, and where no session goes on. */
export const shareLink = async (
  world: World,
  demand: NewLink,
): Promise<Outcome<'invited' | 'not-invited'>> => {
  const address = readAddress(demand.address);
  if (!address.ok) return address;
  const shown = await show(world, demand, address.value);
  if (!shown.ok) return shown;
  const invitation = await invite(world, demand.cohortId);
  if (invitation === undefined) return allow('not-invited');
  return world.store.change(async (records) => {
    await keep(records, { ...shown.value, invitation: confidential(invitation) });
    return allow('invited' as const);
  });
};
