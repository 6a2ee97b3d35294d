/** `/breathe`: the short way to paced breathing, with the group or by oneself. */
import { z } from 'zod';
import { breathingExercise, startExercise } from '../src/app/start-playback.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { GROUP, STAFF } from '../src/core/access.ts';
import { allow } from '../src/core/outcome.ts';
import { text } from '../src/option.ts';
import { minutesAsked } from './exercise.ts';

const pattern = () => text('Which rhythm (the gentlest if not given)', 1, 40, 'breathing').optional();

const start = cohortCommand({
  name: 'start',
  description: 'Breathe together with your group',
  who: STAFF,
  input: z.object({ pattern: pattern(), minutes: minutesAsked() }),
  run: async ({ world, words, cohort, request, input }) => {
    const breathing = breathingExercise(world.catalogue, input.pattern);
    if (!breathing.ok) return breathing;
    const { id: exerciseId } = breathing.value;
    const demand = { cohortId: cohort.id, exerciseId, minutes: input.minutes, by: request.account };
    const started = await startExercise(world, demand);
    return started.ok ? allow({ kind: 'done', card: words.exercise.changed(started.value) }) : started;
  },
});

const alone = cohortCommand({
  name: 'alone',
  description: 'See a rhythm for yourself, in words; nobody else sees it',
  who: GROUP,
  input: z.object({ pattern: pattern() }),
  run: async ({ world, words, input }) => {
    const breathing = breathingExercise(world.catalogue, input.pattern);
    return breathing.ok ? allow({ kind: 'tell', card: words.exercise.alone(breathing.value) }) : breathing;
  },
});

export const breathe: CommandGroup = {
  name: 'breathe',
  description: 'Paced breathing, together or alone',
  commands: [start, alone],
};
