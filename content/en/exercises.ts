/**
 * Guided exercises of the programme, in its own words.
 *
 * None asks for effort or for memories, none holds the breath for longer than four seconds, and none promises anything. Whoever
 * feels dizzy or unwell goes back to breathing as usual: the card of every exercise says so, and that one may stop.
 */
import type { Exercise } from '../../src/core/exercise.ts';

export const exercises: readonly Exercise[] = [
  {
    kind: 'breathing',
    id: 'longer-out',
    title: 'A longer breath out',
    about: 'The breath out takes a little longer than the breath in. Gentle, and a good one to begin with.',
    minutes: 3,
    rhythm: { inhale: 4, hold: 0, exhale: 6, rest: 0 },
  },
  {
    kind: 'breathing',
    id: 'even-breath',
    title: 'An even breath',
    about: 'In and out for the same time, slowly and without effort, six breaths a minute.',
    minutes: 3,
    rhythm: { inhale: 5, hold: 0, exhale: 5, rest: 0 },
  },
  {
    kind: 'breathing',
    id: 'box',
    title: 'Box breathing',
    about:
      'Four equal sides: in, hold, out, rest. Leave the holds out if they are uncomfortable, or if you were advised not to hold your breath.',
    minutes: 2,
    rhythm: { inhale: 4, hold: 4, exhale: 4, rest: 4 },
  },
  {
    kind: 'breathing',
    id: 'short-hold',
    title: 'A short hold',
    about: 'In, a short moment of stillness, and a long breath out. The stillness may be left out.',
    minutes: 2,
    rhythm: { inhale: 4, hold: 2, exhale: 6, rest: 0 },
  },
  {
    kind: 'guided',
    id: 'pause',
    title: 'A quiet pause',
    about: 'Nothing to do, and nothing to achieve: a moment for everybody to arrive.',
    minutes: 1,
    cues: [
      { atPercent: 0, text: 'Sit as is comfortable for you. Your feet may touch the floor.' },
      {
        atPercent: 30,
        text: 'Let your shoulders be as they are. Look at one thing in the room, or rest your gaze.',
      },
      { atPercent: 70, text: 'Notice one sound near you. There is nothing that you need to do with it.' },
      { atPercent: 90, text: 'Come back to the group in your own time.' },
    ],
  },
  {
    kind: 'guided',
    id: 'five-senses',
    title: 'Five senses',
    about: 'Looking around with all the senses, one after the other, to notice where you are now.',
    minutes: 4,
    cues: [
      { atPercent: 0, text: 'Look around, with open eyes. Name for yourself five things that you can see.' },
      { atPercent: 25, text: 'Name four things that you can feel: the chair, the floor, your sleeves.' },
      { atPercent: 47, text: 'Name three things that you can hear, near or far.' },
      { atPercent: 65, text: 'Name two things that you can smell, or two smells that you like.' },
      { atPercent: 80, text: 'Name one thing that you can taste, or take a sip of water.' },
      { atPercent: 93, text: 'Notice the room around you, and come back to the group.' },
    ],
  },
  {
    kind: 'guided',
    id: 'body-scan',
    title: 'A walk through the body',
    about:
      'Giving each part of the body a moment of attention. Leave out any part that you would rather not attend to, or look around the room instead.',
    minutes: 5,
    cues: [
      { atPercent: 0, text: 'Sit or stand comfortably. Your eyes may stay open.' },
      { atPercent: 12, text: 'Notice your feet: warm or cool, heavy or light. Whatever you find is fine.' },
      { atPercent: 28, text: 'Go on to your legs, and to where the chair carries you.' },
      { atPercent: 44, text: 'Notice your back, and your hands, wherever they rest.' },
      { atPercent: 60, text: 'Notice your shoulders. They may sink a little, or stay as they are.' },
      { atPercent: 75, text: 'Notice your jaw and your forehead, and let them be soft if they like to.' },
      { atPercent: 90, text: 'Look around, move your fingers and toes, and come back to the group.' },
    ],
  },
  {
    kind: 'guided',
    id: 'muscle-release',
    title: 'Tense and let go',
    about:
      'Tensing a muscle a little, and letting go. Use half of your strength at most, and leave out every place that hurts or is injured.',
    minutes: 4,
    cues: [
      {
        atPercent: 0,
        text: 'Sit comfortably, and breathe as usual. Each time: tense for about five seconds, then let go.',
      },
      { atPercent: 12, text: 'Make loose fists, a little firmer … and let go. Notice the difference.' },
      { atPercent: 30, text: 'Draw your shoulders up towards your ears … and let them sink.' },
      { atPercent: 48, text: 'Wrinkle your forehead and press your lips together, gently … and let go.' },
      { atPercent: 66, text: 'Press your feet to the floor … and let go.' },
      { atPercent: 82, text: 'Rest for a moment, as you are now.' },
      { atPercent: 94, text: 'Stretch if you like, and come back to the group.' },
    ],
  },
  {
    kind: 'guided',
    id: 'mindful-listening',
    title: 'Listening to what is here',
    about:
      'Letting sounds come and go. Whoever does not hear, or would rather not listen, may watch light and shadow in the room instead.',
    minutes: 3,
    cues: [
      { atPercent: 0, text: 'Let your ears do nothing but hear, or your eyes nothing but see.' },
      { atPercent: 20, text: 'What is nearest to you? It needs no name.' },
      { atPercent: 45, text: 'What is farthest away? Let it come, and let it go.' },
      {
        atPercent: 70,
        text: 'When thoughts come along, that is what thoughts do. Come back to the next sound, or to the light.',
      },
      { atPercent: 92, text: 'Look around, and come back to the group.' },
    ],
  },
];
