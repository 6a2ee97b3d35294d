/** What people of the story write, word for word, and what only their answers can have brought anywhere. */

/** In the demo as it is told, and beside it. */
export const WRITTEN = {
  goal: 'Take a walk on three mornings a week',
  own: 'Call my sister on Sundays',
  intention: 'Ten minutes outside before lunch',
  correction: 'a train had to be caught',
  note: 'the canary sang on two of them',
  report: 'a canary was frightened after the group',
  end: 'the canary and I have spoken',
  emergency: 'no keeper of the canary can be reached',
} as const;

/** Of what was chosen: as it is worded on a card. */
export const CHOSEN: readonly string[] = ['mood 6 of', 'mood 2 of', 'energy 5 of', 'still settling in me'];

/** Typed into a command of Discord's, though the group answers on pages. */
export const TYPED = 'the canary was typed into Discord';

/** Let out on purpose. */
export const LEAK = 'the canary has flown';
