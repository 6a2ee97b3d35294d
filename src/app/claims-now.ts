/** Who wants Hearth's place in the voice of a server at this moment. */
import { GIVEN_UP_AFTER, LONGEST_MEETING } from '../core/occurrence.ts';
import type { GroupClaim } from '../core/seat.ts';
import { after } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { LOBBY_OPENS_BEFORE } from './gather-lobbies.ts';

type Asking = Pick<World, 'clock' | 'presence'>;
type Claiming = Pick<Records, 'claims'>;

/** Nobody needs Hearth in an empty room before the session. */
const isAwaited = async ({ presence }: Asking, { guildId, channelId }: GroupClaim): Promise<boolean> =>
  ((await presence.inRoom(guildId, channelId)) ?? []).length > 0;

/** Groups in a session, and groups that gather before one, of one server or of all. */
export const claimsNow = async (
  world: Asking,
  { claims }: Claiming,
  guildId?: string,
): Promise<readonly GroupClaim[]> => {
  const now = world.clock.now();
  const since = after(now, -(LONGEST_MEETING + GIVEN_UP_AFTER));
  const meetings = await claims.ofMeetings(since, after(now, LOBBY_OPENS_BEFORE), guildId);
  const gathering = await Promise.all(
    meetings.map(async (claim) => ((await isAwaited(world, claim)) ? [claim] : [])),
  );
  return [...(await claims.ofSessions(guildId)), ...gathering.flat()];
};

/** Whether nobody can test a microphone with Hearth now: groups come first. */
export const groupHasVoice = async (world: Asking, records: Claiming, guildId: string): Promise<boolean> =>
  (await claimsNow(world, records, guildId)).length > 0;
