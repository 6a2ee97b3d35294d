/** What is said to whoever asks for help now: no reassurance, no advice, and no promise of when anybody answers. */
import type { Action, Card } from '../card.ts';
import { type HelpSentences, helpCard } from '../help-now.ts';

/** Stands on every card. */
export const HELP_NOW: Action = { label: 'Help now', command: 'help-now' };

/** A card with the button beneath everything else; pressed in a direct message, it says itself which group is meant. */
export const withHelp = (card: Card, cohort?: string): Card => ({
  ...card,
  actions: [
    ...(card.actions ?? []).filter((row) => row.length > 0),
    [cohort === undefined ? HELP_NOW : { ...HELP_NOW, given: { cohort } }],
  ],
});

const sentences: HelpSentences = {
  locale: 'en',
  title: 'Help now',
  telling: {
    'on-call':
      'Hearth is telling the people who are on call for your group that somebody asked for help. Who it was they see when they open it. It cannot say when somebody answers: please do not wait for them if you need help now.',
    'outside-hours':
      'Nobody is on call for your group at this time. Hearth keeps that you asked, and tells those who are on call, but they may not see it before their hours begin. Please use the numbers below if you need help now.',
    again:
      'Hearth has told the people who are on call for your group, and now that you asked again. It cannot say when somebody answers: please do not wait for them if you need help now.',
    nobody:
      'Hearth knows of nobody who is on call for a group of yours, so please do not wait for anybody to be told. Please use the numbers below, or ask somebody near you.',
  },
  bot: 'Hearth is software, not a person. Nobody watches it around the clock, and it is no emergency service.',
  danger: 'If a life is in danger',
  dangerAnywhere: 'Call the emergency number of the place where you are.',
  call: 'Call',
  text: 'text',
  linesOf: (country) => `Somebody to talk to: ${country}`,
  linesAnywhere: 'Somebody to talk to',
  directory: 'Lines of every country are listed at findahelpline.com and befrienders.org.',
  whichCountry:
    'Choose where you are, and the numbers of that country stand here from then on. Only you see what you choose.',
  regions: {
    europe: 'Europe',
    americas: 'The Americas',
    'asia-pacific': 'Asia and the Pacific',
    'africa-middle-east': 'Africa and the Middle East',
  },
  notListed: 'Mine is not listed',
  anotherCountry: 'Another country',
};

/** What they asked for, at once. */
export const card = helpCard(sentences);
