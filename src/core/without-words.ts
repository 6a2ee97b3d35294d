/** Boards of a group that answers on pages: who has done something stands in Discord, and never what they told. */
import type { Board, SessionCard, StaffPanel } from './board.ts';

const sessionCard = (card: SessionCard): SessionCard =>
  card.state === 'ended'
    ? { ...card, onPages: true, takeAways: [] }
    : { ...card, onPages: true, arrivals: [], takeAways: [] };

const staffPanel = (panel: StaffPanel): StaffPanel => {
  const { session, last, next } = panel;
  return {
    ...panel,
    onPages: true,
    ...(session && {
      session: {
        ...session,
        checkIns: session.checkIns.map(({ account }) => ({ account })),
        takeAways: [],
      },
    }),
    ...(last && { last: { ...last, takeAways: [] } }),
    ...(next && { next: { ...next, intentions: [] } }),
  };
};

/** The same board without moods, levels, take-aways and intentions. */
export const withoutWords = (board: Board): Board => {
  switch (board.kind) {
    case 'session-card':
      return sessionCard(board);
    case 'staff-panel':
      return staffPanel(board);
    default:
      return board;
  }
};
