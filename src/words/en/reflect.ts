/** What is said around the closing reflection. */
import { open } from '../../core/confidential.ts';
import type { Reflection, TakeAway } from '../../core/reflection.ts';
import type { Card } from '../card.ts';
import { quote } from '../markup.ts';

export const TAKE_AWAYS: Readonly<Record<TakeAway, string>> = {
  'felt-heard': 'I felt heard',
  'learned-something': 'I learned something',
  'a-skill-to-try': 'I have a skill to try',
  'not-alone': 'I am not alone with this',
  'a-clearer-mind': 'My mind is clearer',
  'still-settling': 'It is still settling in me',
};

const SHARED: Readonly<Record<Reflection['share'], string>> = {
  group: 'Your take-away stands on the card in the group room.',
  staff: 'Only your facilitators can see your take-away.',
  pass: 'You passed, and that is fine. Take care until next time.',
};

const INTENTION = {
  name: 'Your intention',
  note: 'It is kept encrypted, nobody else is shown it, and it comes back to you at your next check-in.',
} as const;

/** A reflection was kept. */
export const taken = (reflection: Reflection): Card => {
  const card: Card = { title: 'Thank you for today', text: SHARED[reflection.share] };
  if (reflection.share === 'pass' || !reflection.intention) return card;
  return {
    ...card,
    fields: [{ name: INTENTION.name, value: `${quote(open(reflection.intention))}\n${INTENTION.note}` }],
  };
};
