/** Topics for process groups: what happens between us, here and now. */
import type { Topic } from '../../../src/core/topic.ts';

export const processTopics: readonly Topic[] = [
  {
    id: 'arriving',
    groupType: 'process',
    title: 'Arriving',
    aim: 'Agree on how we want to be together, and give hopes and worries a place.',
    exercise: 'Each names one hope and one worry about this group. Nobody comments; we only listen.',
    prompts: ['What would help you to feel safe enough?', 'How will we notice that it is going well?'],
    disclosure: 1,
    minutes: 35,
  },
  {
    id: 'being-seen',
    groupType: 'process',
    title: 'Being seen',
    aim: 'Practise to give feedback, and to take it, with care.',
    exercise:
      'Ask somebody whether they want feedback. If they do, say: “When you …, I felt …”. The other answers with thanks only. Then swap, or pass.',
    prompts: ['What was hard to hear?', 'What was easy to say?', 'What would you have liked to be told?'],
    disclosure: 3,
    minutes: 35,
  },
  {
    id: 'closeness-and-distance',
    groupType: 'process',
    title: 'Closeness and distance',
    aim: 'Notice how near we let people come, and what we do when it is too much or too little.',
    exercise:
      'Imagine a line from far to near. Choose your place on it in this group today, say it, and speak from there for a minute.',
    prompts: ['Does it happen here, too?', 'What would bring you one step nearer, or back?'],
    disclosure: 3,
    minutes: 35,
  },
  {
    id: 'anger-and-conflict',
    groupType: 'process',
    title: 'Anger and conflict',
    aim: 'See that a rupture can be mended, and what mending needs.',
    exercise:
      'Two people who are willing replay a small misunderstanding from this group, slowly. After each sentence we stop, and each says what it did to them.',
    prompts: ['What did you need then?', 'What makes it possible to come back after a quarrel?'],
    disclosure: 3,
    minutes: 35,
  },
  {
    id: 'silence',
    groupType: 'process',
    title: 'Silence',
    aim: 'Find out what silence holds for each of us.',
    exercise: 'Two minutes without words. Then each shares what it was like, or passes.',
    prompts: ['What was the silence like?', 'Who in your life is silent, and how is that for you?'],
    disclosure: 2,
    minutes: 35,
  },
  {
    id: 'endings',
    groupType: 'process',
    title: 'Endings',
    aim: 'Say goodbye, and choose what to carry on.',
    exercise: 'Each names one thing that they take from the group, and, if they like, from whom.',
    prompts: [
      'What do you leave here?',
      'How do you usually end things, and how would you like to end this?',
    ],
    disclosure: 2,
    minutes: 35,
  },
];
