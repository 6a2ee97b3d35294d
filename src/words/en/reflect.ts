/** What is said around the closing reflection. */
import { open } from '../../core/confidential.ts';
import type { AnswerPlace } from '../../core/private-answers.ts';
import type { IntentionReaders, Reflection, TakeAway } from '../../core/reflection.ts';
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

/** Where what was told stands on pages. */
const SHARED_ON_PAGES: Readonly<Record<Reflection['share'], string>> = {
  ...SHARED,
  group: 'Your group can read your take-away on a page of its own.',
};

/** Who may read an intention, as an answer to choose. */
export const INTENTION_READERS: Readonly<Record<IntentionReaders, string>> = {
  'only-me': 'Only me',
  staff: 'My facilitators and I',
};

/** Short: what somebody wrote, escaped, stands beside it. */
const SEEN_BY: Readonly<Record<IntentionReaders, string>> = {
  'only-me': 'It is kept encrypted, nobody else is shown it, and it comes back to you at your next check-in.',
  staff: 'Kept encrypted. It comes back to you at your next check-in; your facilitators see it before then.',
};

/** A reflection was kept. */
export const taken = (reflection: Reflection, place: AnswerPlace): Card => {
  const shared = place === 'link' ? SHARED_ON_PAGES : SHARED;
  const card: Card = { title: 'Thank you for today', text: shared[reflection.share] };
  if (reflection.share === 'pass' || !reflection.intention) return card;
  const note = SEEN_BY[reflection.intentionReaders ?? 'only-me'];
  return {
    ...card,
    fields: [{ name: 'Your intention', value: `${quote(open(reflection.intention))}\n${note}` }],
  };
};
