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

/** What to do now, for everybody in the group. */
export const PHASE_GUIDES: Readonly<Record<Phase, string>> = {
  welcome:
    'Arrive in your own time. Find a seat where nobody else hears or sees the group, and make yourself comfortable.',
  'check-in': 'Say how you arrive: press **Check in**, or press **Pass**. Both are welcome.',
  grounding:
    'A facilitator guides a short exercise to settle. Do as much of it as feels right; you may simply rest.',
  review:
    'Look back at the time since last session: what you tried, and what got in the way. Raise your hand when you would like to speak.',
  topic:
    'A facilitator introduces the topic. Listen, and raise your hand when you have a question or a thought.',
  discussion:
    'Share what the topic means to you, as much as you like. Raise your hand to speak; you may always pass.',
  exercise:
    'Try the exercise at your own pace. You may change it or leave it out. Raise your hand to share what you noticed.',
  reflection: 'Look at what you take with you: press **Reflect**, or press **Pass**. Both are welcome.',
};

/** As a heading. */
export const phaseTitle = (phase: Phase): string => {
  const name = PHASE_NAMES[phase];
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
};
