/** Who wants Hearth's place in the voice of a server at this moment. */
import { GIVEN_UP_AFTER, LONGEST_MEETING } from '../core/occurrence.ts';
import type { GroupClaim } from '../core/seat.ts';
import { after } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { LOBBY_OPENS_BEFORE } from './gather-lobbies.ts';

type Asking = Pick<World, 'clock' | 'presence'>;
type Claiming = Pick<Records, 'claims'>;

/** With whether anybody is in its room; of a room that is not seen nothing is told. */
const seen = async ({ presence }: Asking, claim: GroupClaim): Promise<GroupClaim> => {
  const here = await presence.inRoom(claim.guildId, claim.channelId);
  return here ? { ...claim, isEmpty: here.length === 0 } : claim;
};

/**
 * Groups in a session, and groups that gather before one, of one server or of all. Nobody needs Hearth in an empty room
 * before the session.
 */
export const claimsNow = async (
  world: Asking,
  { claims }: Claiming,
  guildId?: string,
): Promise<readonly GroupClaim[]> => {
  const now = world.clock.now();
  const since = after(now, -(LONGEST_MEETING + GIVEN_UP_AFTER));
  const meetings = await claims.ofMeetings(since, after(now, LOBBY_OPENS_BEFORE), guildId);
  const sessions = await claims.ofSessions(guildId);
  const all = await Promise.all([...sessions, ...meetings].map((claim) => seen(world, claim)));
  return all.filter(({ kind, isEmpty }) => kind === 'session' || isEmpty === false);
};

/** Whether nobody can test a microphone with Hearth now: groups come first, where anybody is. */
export const groupHasVoice = async (world: Asking, records: Claiming, guildId: string): Promise<boolean> =>
  (await claimsNow(world, records, guildId)).some(({ isEmpty }) => !isEmpty);
