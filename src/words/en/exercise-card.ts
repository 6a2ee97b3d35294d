/** The card of what the group does or hears together: all of it in words, so that nobody needs to hear it. */
import type { ExerciseCard, Shown } from '../../core/board.ts';
import { open } from '../../core/confidential.ts';
import { type Course, type Cue, type Exercise, lengthOf, type Rhythm } from '../../core/exercise.ts';
import type { Card, CardField } from '../card.ts';
import { literal, moment, quote } from '../markup.ts';
import { counted } from './list.ts';
import { linesUnder } from './people.ts';

/** That it is free, on every card of an exercise. */
export const FREE =
  'Do as much of it as feels right: you may stop at any time, keep your eyes open, breathe as usual, or simply rest. If you feel dizzy or unwell, breathe as usual and look around the room. Passing is always fine.';

/** `3:05` */
export const clock = (ms: number): string => {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** `In for 4, out for 6.`, in seconds; a part that there is not is not told. */
export const rhythmText = ({ inhale, hold, exhale, rest }: Rhythm): string => {
  const parts = [
    `in for ${inhale}`,
    ...(hold > 0 ? [`hold for ${hold}`] : []),
    `out for ${exhale}`,
    ...(rest > 0 ? [`rest for ${rest}`] : []),
  ].join(', ');
  return `${parts.slice(0, 1).toUpperCase()}${parts.slice(1)}.`;
};

const courseText = (course: Course): string =>
  course.kind === 'breathing'
    ? `**${rhythmText(course.rhythm)}** Count the seconds by yourself, or breathe with the tone. ${counted(course.breaths, 'breath', 'breaths')}, ${clock(lengthOf(course))} minutes in all.`
    : `It takes ${clock(lengthOf(course))} minutes. What to do stands below, with its time.`;

const cueLines = (cues: readonly Cue[], course: Course): readonly string[] =>
  course.kind === 'guided'
    ? cues.map(({ text }, index) => `**${clock(course.cuesAtMs[index] ?? 0)}** ${literal(text)}`)
    : [];

const cuesOf = (exercise: Exercise, course: Course): readonly CardField[] =>
  exercise.kind === 'guided' ? linesUnder('Step by step', cueLines(exercise.cues, course)) : [];

const BREATH_SOUNDS =
  'In the voice room a tone rises to breathe in and falls to breathe out; a short quiet tone means to hold or rest, and a bell rings at the beginning and at the end.';
const GUIDED_SOUNDS =
  'In the voice room a soft tone tells that the next step comes, and a bell rings at the beginning and at the end.';

const WITHOUT_SOUND = 'You need not hear it: all of it stands here in words, also when no tone comes.';

const soundsOf = ({ kind }: Exercise): string => (kind === 'breathing' ? BREATH_SOUNDS : GUIDED_SOUNDS);

const timeOf = ({ now, startedAt }: ExerciseCard): string => {
  switch (now.state) {
    case 'playing':
      return `Going on since ${moment(startedAt, 't')}, until ${moment(now.endsAt, 't')} (${moment(now.endsAt, 'R')}).`;
    case 'paused':
      return `It is **paused**, with ${clock(now.leftMs)} minutes left. It goes on when a facilitator resumes it.`;
    case 'over':
      return `It is **over**, since ${moment(now.endedAt, 't')}. Thank you, whatever you did of it.`;
  }
};

const exerciseText = ({ exercise, course }: Extract<Shown, { kind: 'exercise' }>, card: ExerciseCard) => [
  `**${literal(exercise.title)}**: ${literal(exercise.about)}`,
  ...(card.now.state === 'over'
    ? []
    : [courseText(course), ...(card.isHeard ? [`${soundsOf(exercise)} ${WITHOUT_SOUND}`] : []), FREE]),
];

const mediaText = (
  { title, alternative, lengthMs }: Extract<Shown, { kind: 'media' }>,
  card: ExerciseCard,
) => [
  `**${literal(open(title))}** (${clock(lengthMs)} minutes)`,
  ...(card.isHeard
    ? []
    : ['Hearth does not come into the calls of this group, so that it is read here only.']),
  'What is to be heard, in words:',
  quote(open(alternative)),
  ...(card.now.state === 'over' ? [] : ['You need not listen: reading it, or resting, is just as fine.']),
];

const textOf = (card: ExerciseCard): readonly string[] => {
  if (!card.shows) return ['It is no longer part of the programme.'];
  return card.shows.kind === 'exercise' ? exerciseText(card.shows, card) : mediaText(card.shows, card);
};

/** The card, whether it goes on, is paused or is over; its title stays the same. */
export const exerciseCard = (card: ExerciseCard): Card => ({
  title: 'Together now',
  text: [...textOf(card), timeOf(card)].join('\n\n'),
  fields:
    card.shows?.kind === 'exercise' && card.now.state !== 'over'
      ? cuesOf(card.shows.exercise, card.shows.course)
      : [],
});

/** What the exercises are, a line each. */
export const exerciseLines = (exercises: readonly Exercise[]): readonly string[] =>
  exercises.map(
    ({ title, about, minutes }) =>
      `**${literal(title)}** (${counted(minutes, 'minute', 'minutes')}): ${literal(about)}`,
  );
