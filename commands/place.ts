/** `/place`: before a session somebody tells where they are and whom to call for them; whoever needs it can look. */
import { z } from 'zod';
import { showPlace } from '../src/app/show-place.ts';
import { mayTellPlace, repeatPlace, tellPlace } from '../src/app/tell-place.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { CARING } from '../src/core/access.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow } from '../src/core/outcome.ts';
import { PLACE_LENGTH } from '../src/core/place.ts';
import { account, choice, hinted, text } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const { fewest, most } = PLACE_LENGTH;

const confirm = cohortCommand({
  name: 'confirm',
  description: 'Say where you are during the session, and whom to call for you',
  who: ['participant'],
  direct: true,
  private: true,
  form: 'Where you are now',
  input: z.object({
    alone: choice('Are you where nobody else hears or sees us?', ['private', 'not-private'], en.place.ALONE),
    place: hinted(text('Where you are now', fewest, most), 'An address, or how somebody would find you'),
    contact: hinted(
      text('Whom we may call in an emergency', fewest, most),
      'A name and a number, of somebody who agrees to it',
    ),
  }),
  ready: ({ world, cohort, person }) => mayTellPlace(world, { cohortId: cohort.id, person }),
  run: async ({ world, words, cohort, person, input }) => {
    const { alone: how, place, contact } = input;
    const said = { how, place: confidential(place), contact: confidential(contact) };
    const done = await tellPlace(world, { cohortId: cohort.id, person }, said);
    return done.ok ? allow({ kind: 'tell', card: words.place.told(how) }) : done;
  },
});

const same = cohortCommand({
  name: 'same',
  description: 'Confirm that you are where you were last time, in private',
  who: ['participant'],
  direct: true,
  input: z.object({}),
  run: async ({ world, words, cohort, person }) => {
    const done = await repeatPlace(world, { cohortId: cohort.id, person });
    if (!done.ok) return done;
    return allow({ kind: 'tell', card: done.value ? words.place.repeated() : words.place.nothingKept() });
  },
});

const pass = cohortCommand({
  name: 'pass',
  description: 'Rather not say where you are',
  who: ['participant'],
  direct: true,
  input: z.object({}),
  run: async ({ world, words, cohort, person }) => {
    const done = await tellPlace(world, { cohortId: cohort.id, person }, { how: 'passed' });
    return done.ok ? allow({ kind: 'tell', card: words.place.passed() }) : done;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See where somebody of your group is, and whom to call; that you looked is noted',
  who: [...CARING, 'supervisor', 'admin'],
  direct: true,
  private: true,
  input: z.object({
    person: account('Who'),
    cohort: text('Name of the group, if you have several', 1, 40, 'cohort').optional(),
  }),
  run: async ({ world, words, cohort, person: asker, standings, input }) => {
    const found = await showPlace(world, { cohort, asker, standings, account: input.person });
    return found.ok ? allow({ kind: 'tell', card: words.place.shown(found.value) }) : found;
  },
});

export const place: CommandGroup = {
  name: 'place',
  description: 'Where you are during a session, and whom to call for you',
  commands: [confirm, same, pass, show],
};
