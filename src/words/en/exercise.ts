/** What is said about exercises: to staff who lead one, and to whoever breathes alone. */
import type { BreathingExercise, Exercise } from '../../core/exercise.ts';
import { endsAtOf, type Playback } from '../../core/playback.ts';
import type { Action, Card } from '../card.ts';
import { literal, moment } from '../markup.ts';
import { exerciseLines, FREE, rhythmText } from './exercise-card.ts';

const CONTROLS = 'The staff panel has buttons to pause and to stop it, as this card has.';

/** Whatever it is, it is held by the same buttons, here and on the panel. */
const controls = ({ id, state }: Playback): readonly Action[] => {
  const given = { playback: id };
  return [
    state === 'paused'
      ? { label: 'Resume', command: 'exercise resume', given, style: 'primary' }
      : { label: 'Pause', command: 'exercise pause', given },
    { label: 'Stop', command: 'exercise stop', given },
  ];
};

/** How it stands after a facilitator started, paused, resumed or stopped it. */
export const changed = (playback: Playback): Card => {
  switch (playback.state) {
    case 'playing':
      return {
        text: `It goes on until ${moment(endsAtOf(playback), 't')} and ends by itself. The card in the group room says all of it in words. ${CONTROLS} It stops when you leave this part of the session.`,
        actions: [controls(playback)],
      };
    case 'paused':
      return {
        text: 'It is paused. Go on with **Resume**, here or on the staff panel.',
        actions: [controls(playback)],
      };
    case 'ended':
      return { text: 'It has ended. The card in the group room says so.' };
  }
};

/** What there is, for staff. */
export const listedAll = (exercises: readonly Exercise[]): Card => ({
  title: 'Exercises of the programme',
  text: [
    ...exerciseLines(exercises).map((line) => `- ${line}`),
    '',
    'Start one with `/exercise start`, or a breath with `/breathe start`.',
  ].join('\n'),
});

/** For somebody by themselves: the rhythm in words, and no sound. */
export const alone = ({ title, about, rhythm }: BreathingExercise): Card => ({
  title: 'Breathing for yourself',
  text: [
    `**${literal(title)}**: ${literal(about)}`,
    `**${rhythmText(rhythm)}** Count the seconds silently, for as many breaths as you like. Six are a good beginning.`,
    FREE,
    'Nobody sees that you asked for this.',
  ].join('\n\n'),
});
