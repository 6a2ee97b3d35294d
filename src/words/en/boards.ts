/** Boards as cards. */
import type { Board } from '../../core/board.ts';
import type { Card } from '../card.ts';
import { card as agreementCard } from './agreement.ts';
import { exerciseCard } from './exercise-card.ts';
import { withHelp } from './help-now.ts';
import { card as individualCard } from './individual.ts';
import { lobby } from './lobby.ts';
import { linkCard } from './media.ts';
import { sessionCard } from './session-card.ts';
import { staffPanel } from './staff-panel.ts';
import { card as checkCard } from './voice-check.ts';

const cardOf = (facts: Board): Card => {
  switch (facts.kind) {
    case 'session-card':
      return sessionCard(facts);
    case 'staff-panel':
      return staffPanel(facts);
    case 'agreement':
      return agreementCard(facts.agreement, facts.joining);
    case 'individual-card':
      return individualCard(facts);
    case 'check-card':
      return checkCard(facts);
    case 'exercise-card':
      return exerciseCard(facts);
    case 'link-card':
      return linkCard(facts);
    case 'lobby':
      return lobby(facts);
  }
};

/** What a board shows; on all of them but the staff's own, whoever needs help can ask for it. */
export const board = (facts: Board): Card =>
  facts.kind === 'staff-panel' ? cardOf(facts) : withHelp(cardOf(facts));
