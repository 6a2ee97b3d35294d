/** `/exercise`: facilitators lead a guided exercise: everybody sees it in words, and hears it where the group wants that. */
import { z } from 'zod';
import { type Control, changePlayback } from '../src/app/change-playback.ts';
import { startExercise } from '../src/app/start-playback.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { EXERCISE_MINUTES } from '../src/core/exercise.ts';
import { isId } from '../src/core/id.ts';
import { allow } from '../src/core/outcome.ts';
import { carried, text, whole } from '../src/option.ts';

/** Minutes that staff may ask for. */
export const minutesAsked = () =>
  whole('Minutes (as usual if not given)', EXERCISE_MINUTES.least, EXERCISE_MINUTES.most).optional();

const start = cohortCommand({
  name: 'start',
  description: 'Start a guided exercise with your group',
  who: STAFF,
  input: z.object({ name: text('Which exercise', 1, 40, 'exercise'), minutes: minutesAsked() }),
  run: async ({ world, words, cohort, request, input }) => {
    const { name: exerciseId, minutes } = input;
    const demand = { cohortId: cohort.id, exerciseId, minutes, by: request.account };
    const started = await startExercise(world, demand);
    return started.ok ? allow({ kind: 'done', card: words.exercise.changed(started.value) }) : started;
  },
});

/** What sounds, whatever it is, is paused, resumed and stopped in the same way. */
export const control = (name: Control, description: string) =>
  cohortCommand({
    name,
    description,
    who: STAFF,
    input: z.object({ playback: carried(z.string().refine(isId)).optional() }),
    run: async ({ world, words, cohort, input }) => {
      const demand = { cohortId: cohort.id, control: name, meant: input.playback?.toString() };
      const changed = await changePlayback(world, demand);
      return changed.ok ? allow({ kind: 'done', card: words.exercise.changed(changed.value) }) : changed;
    },
  });

const list = cohortCommand({
  name: 'list',
  description: 'See the exercises of the programme',
  who: STAFF,
  input: z.object({}),
  run: async ({ world, words }) =>
    allow({ kind: 'tell', card: words.exercise.listedAll(world.catalogue.exercises()) }),
});

export const exercise: CommandGroup = {
  name: 'exercise',
  description: 'Lead a guided exercise in a session',
  commands: [
    start,
    control('pause', 'Pause what the group does or hears together'),
    control('resume', 'Go on after a pause'),
    control('stop', 'Stop what the group does or hears together'),
    list,
  ],
};
