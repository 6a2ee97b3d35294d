/** Topics for support groups: carrying the week together. */
import type { Topic } from '../../../src/core/topic.ts';

export const supportTopics: readonly Topic[] = [
  {
    id: 'the-weeks-weather',
    groupType: 'support',
    title: 'The week’s weather',
    aim: 'Share what the week was like, so that nobody carries it alone.',
    exercise: 'Each tells one high, one low, and one thing to ask of the group. A word for each is enough.',
    prompts: ['What support do you want: listening, ideas or company?', 'What made the high possible?'],
    disclosure: 1,
    minutes: 30,
  },
  {
    id: 'loneliness-and-connection',
    groupType: 'support',
    title: 'Loneliness and connection',
    aim: 'Look at who is in our lives, and widen the circle by one.',
    exercise:
      'Draw three circles around yourself: near, middle and far. Put people in them with initials only. Choose one to be in touch with this week, and how.',
    prompts: ['Whom would you like one step closer?', 'When were you alone lately and not lonely?'],
    disclosure: 2,
    minutes: 30,
  },
  {
    id: 'self-kindness',
    groupType: 'support',
    title: 'Self-kindness',
    aim: 'Speak to ourselves as we would to a friend.',
    exercise:
      'Write a short letter to yourself, as a good friend would who knows how this week was. It stays private; read out one sentence only if you like.',
    prompts: ['Which sentence can you accept?', 'What makes kindness towards yourself hard?'],
    disclosure: 2,
    minutes: 30,
  },
  {
    id: 'hope-and-meaning',
    groupType: 'support',
    title: 'Hope and meaning',
    aim: 'Find what matters to us in small acts.',
    exercise:
      'Choose one thing that you value, such as fairness, care or learning. Write down one act of this week that would serve it, no longer than ten minutes.',
    prompts: ['When did you last feel like yourself?', 'What, or who, keeps hope for you when you cannot?'],
    disclosure: 2,
    minutes: 30,
  },
];
