/** Topics for skills training: one thing to practise each time, and to try at home. */
import type { Topic } from '../../../src/core/topic.ts';

export const skillsTopics: readonly Topic[] = [
  {
    id: 'breathing-and-muscle-release',
    groupType: 'skills',
    title: 'Paced breathing and muscle release',
    aim: 'Bring a tense body down a little, with the breath and the muscles.',
    exercise:
      'Rate your tension from 0 to 10. For three minutes breathe in for a count of four and out for six. Then tighten your hands, hold, and let go; the same with your shoulders. Rate again. Breathe as usual whenever this does not feel good.',
    prompts: ['What changed, even by one point?', 'Where could you do this without anybody noticing?'],
    disclosure: 1,
    minutes: 20,
  },
  {
    id: 'five-senses-grounding',
    groupType: 'skills',
    title: 'Five-senses grounding',
    aim: 'Come back to the present by way of what is around you.',
    exercise:
      'Name to yourself five things that you see, four that you can touch, three that you hear, two that you smell, and one that you taste. Go slowly; skip a sense that does not help.',
    prompts: ['Which sense worked best?', 'When in your week would you want this?'],
    disclosure: 1,
    minutes: 20,
  },
  {
    id: 'noticing-without-judging',
    groupType: 'skills',
    title: 'Noticing without judging',
    aim: 'Tell what is there from what we think of it.',
    exercise:
      'Take something from your desk and describe it for two minutes with facts only: shape, colour, weight, marks. Then describe the last ten minutes of your day in the same way.',
    prompts: ['Where did a judgement slip in?', 'What was different when you kept to the facts?'],
    disclosure: 1,
    minutes: 20,
  },
  {
    id: 'catching-thoughts',
    groupType: 'skills',
    title: 'Catching thoughts',
    aim: 'Notice the thought that stands between what happens and how we feel.',
    exercise:
      'Make three columns: what happened, what went through your mind, what you felt and how strongly. Fill in one row from this week.',
    prompts: ['What went through your mind just then?', 'Do you know this thought from other days?'],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'testing-thoughts',
    groupType: 'skills',
    title: 'Testing thoughts',
    aim: 'Look at a thought as a guess, and see what speaks for it and against it.',
    exercise:
      'Write down one thought that troubles you a little. List what speaks for it and what speaks against it. Then write a line that takes account of both.',
    prompts: [
      'How believable is the new line, from 0 to 10?',
      'What would you say to a friend who thought this?',
    ],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'activity-planning',
    groupType: 'skills',
    title: 'Activity planning',
    aim: 'Do small things that matter to you, at a time that you set, whatever the mood.',
    exercise:
      'Plan two activities for the coming days, each no longer than half an hour: what, when, where. Guess what your mood will be afterwards, from 0 to 10, and write down later what it was.',
    prompts: ['What makes this one matter to you?', 'What could get in the way, and what then?'],
    disclosure: 1,
    minutes: 24,
  },
  {
    id: 'problem-solving',
    groupType: 'skills',
    title: 'Problem solving',
    aim: 'Turn a worry into a question that can be answered, and choose something to try.',
    exercise:
      'Put one problem into a single sentence. Write five options in five minutes, also silly ones. Mark what is good and what is hard about the best two, and choose one.',
    prompts: ['What is the smallest next step, and when?', 'Which part of it is not yours to solve?'],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'riding-out-urges',
    groupType: 'skills',
    title: 'Riding out urges',
    aim: 'Find out that an urge rises and falls like a wave, also when nobody gives in to it.',
    exercise:
      'Think of a mild urge, such as reaching for the phone. For five minutes do nothing about it, and rate it each minute from 0 to 10. Watch what it does.',
    prompts: ['What helped you to wait?', 'What did you learn about how long it lasts?'],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'opposite-step',
    groupType: 'skills',
    title: 'The opposite step',
    aim: 'When what a feeling wants does not suit the moment, do a small part of the opposite.',
    exercise:
      'Choose a feeling and write down what it urges you to do. Write the opposite, and make it small enough for this week: to stay, to call, to speak softly, to go outside.',
    prompts: ['When does the urge fit the facts, and when not?', 'How would you know that it helped?'],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'asking-and-saying-no',
    groupType: 'skills',
    title: 'Asking and saying no',
    aim: 'Ask for something, or refuse it, in a way that is clear, short and kind.',
    exercise:
      'In pairs: one asks or refuses, the other plays the other side. Use everyday scenes, nothing from your own family. Swap after three minutes, and tell each other one thing that worked.',
    prompts: [
      'What did you want to protect: what you wanted, the bond, or your self-respect?',
      'Which words felt like your own?',
    ],
    disclosure: 2,
    minutes: 24,
  },
  {
    id: 'graded-steps',
    groupType: 'skills',
    title: 'Graded steps',
    aim: 'Come nearer to something that you avoid, in steps that you choose.',
    exercise:
      'Build a ladder of five steps towards one thing that you avoid, and rate each from 0 to 10 for how hard it is. Talk a step over with your therapist before you take it. You may stop at any time.',
    prompts: ['Which step is a 3 or a 4?', 'What would you expect, and how would you check it?'],
    disclosure: 3,
    minutes: 24,
  },
];
