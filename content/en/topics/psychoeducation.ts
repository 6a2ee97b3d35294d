/** Topics for psychoeducation: how the mind and the body work, so that what happens makes sense. */
import type { Topic } from '../../../src/core/topic.ts';

export const psychoeducationTopics: readonly Topic[] = [
  {
    id: 'stress-and-the-body',
    groupType: 'psychoeducation',
    title: 'Stress and the body',
    aim: 'See how the body’s alarm works: what sets it off, what it does for us, and how it comes down again.',
    exercise:
      'Draw the outline of a body. Mark where you notice stress, and write one word beside each mark. Circle the sign that comes first.',
    prompts: [
      'Where do you feel it first?',
      'What calms it, even a little?',
      'When is the alarm useful to you?',
    ],
    disclosure: 1,
    minutes: 30,
  },
  {
    id: 'sleep-basics',
    groupType: 'psychoeducation',
    title: 'Sleep basics',
    aim: 'Link the habits of the day and the evening with sleep, and sleep with mood.',
    exercise:
      'Write a wind-down for the next three nights: when screens go off, one quiet thing to do, and when the light goes out. Keep it small enough to do when you are tired.',
    prompts: ['What keeps you up?', 'What is one change that you could try?'],
    disclosure: 1,
    minutes: 25,
  },
  {
    id: 'the-depression-loop',
    groupType: 'psychoeducation',
    title: 'The depression loop',
    aim: 'See how a low mood leads to doing less, and how doing less keeps the mood low.',
    exercise:
      'Draw your own loop in four steps: a moment, a mood, what you stop doing, and what follows from it. Mark one place where you could step out.',
    prompts: ['Which way out is the smallest?', 'What does the loop tell you that is not quite true?'],
    disclosure: 2,
    minutes: 30,
  },
  {
    id: 'how-anxiety-works',
    groupType: 'psychoeducation',
    title: 'How anxiety works',
    aim: 'See why avoiding brings relief now and makes the fear larger later.',
    exercise:
      'Choose one thing that you avoid, a small one. Make two columns: what avoiding gives you today, and what it takes from you over a month.',
    prompts: [
      'What has avoiding cost you?',
      'What did you fear would happen, and what happened when you went?',
    ],
    disclosure: 2,
    minutes: 30,
  },
  {
    id: 'emotions-as-information',
    groupType: 'psychoeducation',
    title: 'Emotions as information',
    aim: 'Tell three things apart: what a feeling is called, what it is for, and what it makes us want to do.',
    exercise:
      'Take one event of this week. Write down the feeling, what it may have wanted to tell you, and what it urged you to do. Then write what you did.',
    prompts: [
      'What was it telling you?',
      'Was there a second feeling under the first?',
      'Did the urge suit the moment?',
    ],
    disclosure: 2,
    minutes: 30,
  },
  {
    id: 'trauma-responses',
    groupType: 'psychoeducation',
    title: 'Trauma responses',
    aim: 'Know common reactions to what was too much, and what tells us that now is different. Nobody tells here what happened to them.',
    exercise:
      'Make a list in two columns, then and now. Leave the left one nearly empty. Fill the right one with what is true in this room and this year: where you are, who is near, what you can do.',
    prompts: [
      'What tells you that today is different?',
      'What helps you to come back when your body goes on alert?',
    ],
    disclosure: 3,
    minutes: 30,
  },
  {
    id: 'warning-signs',
    groupType: 'psychoeducation',
    title: 'Relapse and warning signs',
    aim: 'Learn to see a hard time coming while it is still easy to turn: the early signs, the middle ones and the late ones.',
    exercise:
      'Build your own ladder of three rungs: early, middle and late. Put two signs on each, and beside each rung one thing that helps and one person who may know.',
    prompts: [
      'Who could notice early?',
      'What helps on each rung?',
      'Which sign do you tend to explain away?',
    ],
    disclosure: 2,
    minutes: 30,
  },
];
