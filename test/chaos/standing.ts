/** What must stand in Discord for what is kept, neither more nor less, whatever happened on the way. */
import { expect } from 'vitest';
import type { Message } from '../../sandbox/world.ts';
import { phaseOf, type Session, type SessionEvent } from '../../src/core/session.ts';
import { PHASE_NAMES, phaseTitle } from '../../src/words/en/phase.ts';
import { channelsOf, groupCalled } from '../journey/group.ts';
import type { Stage } from '../journey/stage.ts';

/** How an announcement of an event of the session begins; undefined when it is not announced. */
const beginningOf = (event: SessionEvent, first: boolean): string | undefined => {
  switch (event.kind) {
    case 'opened':
      return 'Welcome. Session 1 is open';
    case 'phase-entered':
      return first ? undefined : `We move on to **${PHASE_NAMES[event.phase]}**`;
    case 'paused':
      return 'The session is paused';
    case 'resumed':
      return 'The session goes on with';
    case 'ended':
      return 'The session has ended';
    default:
      return undefined;
  }
};

const messagesIn = ({ sandbox }: Stage, channelId: string): readonly Message[] =>
  [...(sandbox.world.messages.get(channelId)?.values() ?? [])].filter(({ onlyFor }) => onlyFor === null);

/** The one board of that title in a room, as text; more or fewer than one fail. */
const boardIn = (stage: Stage, channelId: string, title: string): string => {
  const boards = messagesIn(stage, channelId).filter(({ embeds }) => embeds[0]?.title?.startsWith(title));
  expect(boards, `boards called ${title}`).toHaveLength(1);
  return JSON.stringify([boards[0]?.embeds, boards[0]?.components]);
};

/** The session of the group: the one that is going on, or the last. */
export const sessionOf = async (stage: Stage, group: string): Promise<Session | undefined> => {
  const { id } = await groupCalled(stage, group);
  return (await stage.records.sessions.unfinished(id)) ?? stage.records.sessions.lastEnded(id);
};

/** The group has its five rooms in Discord, each once, and the agreement and the panel stand once. */
export const expectRooms = async (stage: Stage, group: string): Promise<void> => {
  const channels = [...stage.sandbox.world.channels.values()];
  const categories = channels.filter(({ name, type }) => name === group && type === 4);
  expect(categories, `categories called ${group}`).toHaveLength(1);
  const within = channels.filter(({ parentId }) => parentId === categories[0]?.id);
  const names = within.map(({ name }) => name).toSorted();
  expect(names).toEqual(['group-room', 'group-voice', 'staff-room', 'welcome']);
  const known = await channelsOf(stage, (await groupCalled(stage, group)).id);
  const standing = [...categories, ...within].map(({ id }) => id).toSorted();
  expect(standing).toEqual(Object.values(known).toSorted());
  boardIn(stage, known.welcome, 'Our agreement');
  boardIn(stage, known.staff, 'Facilitators: ');
};

export interface Found {
  /** Boards in all rooms of the group: the session's card, the panel and the agreement. */
  readonly boards: number;
  /** Announcements in the group's room. */
  readonly said: number;
  /** How many came after one that they should have come before. */
  readonly outOfOrder: number;
}

/** Every event of the session that is announced was said exactly once. */
const expectAnnounced = async (
  stage: Stage,
  session: Session,
  room: string,
): Promise<Omit<Found, 'boards'>> => {
  const events = await stage.records.sessions.events(session.id);
  const entered = events.find(({ event }) => event.kind === 'phase-entered');
  const expected = events.flatMap((each) => beginningOf(each.event, each === entered) ?? []);
  const said = messagesIn(stage, room)
    .filter(({ content }) => content !== '')
    .map(({ content }) => expected.find((beginning) => content.startsWith(beginning)) ?? content);
  expect(said.toSorted()).toEqual(expected.toSorted());
  const outOfOrder = said.filter((each, index) => each !== expected[index]).length;
  return { said: said.length, outOfOrder };
};

const expectBoards = (
  stage: Stage,
  session: Session,
  rooms: Awaited<ReturnType<typeof channelsOf>>,
): void => {
  const card = boardIn(stage, rooms.group, 'Session 1');
  const panel = boardIn(stage, rooms.staff, 'Facilitators: ');
  if (session.state === 'ended') {
    expect(card).toContain('This session ended');
    expect(panel).toContain('No session is open');
    return;
  }
  for (const board of [card, panel]) {
    expect(board).toContain(`**${phaseTitle(phaseOf(session))}**`);
    expect(board.includes('is **paused**')).toBe(session.state === 'paused');
  }
};

/** Rooms, boards and announcements are those of the session as it is kept. */
export const expectSession = async (stage: Stage, group: string): Promise<Found> => {
  await expectRooms(stage, group);
  const session = await sessionOf(stage, group);
  const rooms = await channelsOf(stage, (await groupCalled(stage, group)).id);
  const boards = Object.values(rooms)
    .flatMap((channelId) => messagesIn(stage, channelId))
    .filter(({ embeds }) => embeds.length > 0).length;
  if (!session) return { boards, said: 0, outOfOrder: 0 };
  expect(boards).toBe(3);
  expectBoards(stage, session, rooms);
  return { boards, ...(await expectAnnounced(stage, session, rooms.group)) };
};
