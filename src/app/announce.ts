/** Which events of a session are announced, and in which room. */
import type { Announcement, Spot } from '../core/board.ts';
import { phaseOf, type Session, type SessionEvent } from '../core/session.ts';
import type { AnnouncementRecord, Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { agreementNow } from './agreement-now.ts';

type Said = Pick<AnnouncementRecord, 'room' | 'announcement'>;
type Context = {
  readonly catalogue: World['catalogue'];
  readonly agreementVersion: string;
  readonly session: Session;
  readonly opening: boolean;
  readonly card?: Spot;
};

/** Kept with what is said, so that it is said in the same words however often it is tried. */
const cardOf = async (
  { cohorts, standingMessages }: Records,
  { cohortId, id }: Session,
): Promise<{ readonly card?: Spot }> => {
  const [cohort, standing] = await Promise.all([
    cohorts.byId(cohortId),
    standingMessages.find(cohortId, 'session-card', id),
  ]);
  const messageId = standing?.messageId;
  if (!cohort || !standing || messageId === undefined) return {};
  return { card: { guildId: cohort.guildId, channelId: standing.channelId, messageId } };
};

const inGroup = (announcement: Announcement): readonly Said[] => [{ room: 'group', announcement }];

const topicOf = ({ catalogue, session }: Context): { readonly topicTitle?: string } => {
  const topic = catalogue.topic(session.topicId);
  return topic ? { topicTitle: topic.title } : {};
};

const ending = (session: Session): readonly Said[] =>
  session.state === 'running'
    ? [
        {
          room: 'staff',
          announcement: {
            kind: 'phase-ending',
            phase: phaseOf(session),
            plannedEndAt: session.plannedEndAt.toISOString(),
          },
        },
      ]
    : [];

const saidOf = (event: SessionEvent, context: Context): readonly Said[] => {
  const { session, agreementVersion, card } = context;
  const where = card ? { card } : {};
  switch (event.kind) {
    case 'opened':
      return inGroup({
        kind: 'session-opened',
        number: session.number,
        agreementVersion,
        ...topicOf(context),
      });
    case 'phase-entered':
      // Opening is announced as such; to announce its first phase as well would say it twice.
      return context.opening
        ? []
        : inGroup({
            kind: 'phase-entered',
            phase: event.phase,
            ...(event.phase === 'topic' && topicOf(context)),
            ...where,
          });
    case 'paused':
      return inGroup({ kind: 'paused' });
    case 'resumed':
      return session.state === 'ended' ? [] : inGroup({ kind: 'resumed', phase: phaseOf(session), ...where });
    case 'ended':
      return inGroup({ kind: 'session-ended' });
    case 'phase-warned':
      return ending(session);
    default:
      return [];
  }
};

/** Keeps what is to be said of these events, in the change that brought them about, and asks that it be said. */
export const announce = async (
  { catalogue, ids }: Pick<World, 'catalogue' | 'ids'>,
  records: Records,
  { next: session, events }: { readonly next: Session; readonly events: readonly SessionEvent[] },
  now: Date,
): Promise<void> => {
  const { announcements, jobs } = records;
  const opening = events.some(({ kind }) => kind === 'opened');
  const { cohortId } = session;
  // While a session opens, its card is still to be posted.
  const card = opening ? {} : await cardOf(records, session);
  const { toSign } = await agreementNow({ catalogue }, records, cohortId);
  const context = { catalogue, session, opening, agreementVersion: toSign.version, ...card };
  for (const said of events.flatMap((event) => saidOf(event, context))) {
    const id = ids.next();
    await announcements.add({ id, cohortId, ...said, madeAt: now });
    await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  }
};
