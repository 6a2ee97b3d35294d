/** What the phases of a session are called in English. */
import type { Phase } from '../../core/agenda.ts';

/** As it stands in a sentence: "the group is in **guided discussion**". */
export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  welcome: 'welcome',
  'check-in': 'opening check-in',
  grounding: 'grounding',
  review: 'review',
  topic: 'focus topic',
  discussion: 'guided discussion',
  exercise: 'skill exercise',
  reflection: 'closing reflection',
};
