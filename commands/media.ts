/** `/media`: recordings that the programme owns, kept for a group and played to it, and links to watch together. */
import { z } from 'zod';
import { addMedia } from '../src/app/add-media.ts';
import { mediaOf, playMedia } from '../src/app/play-media.ts';
import { removeMedia } from '../src/app/remove-media.ts';
import { shareLink } from '../src/app/share-link.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { confidential } from '../src/core/confidential.ts';
import { ADDRESS_LENGTH } from '../src/core/link.ts';
import { ALTERNATIVE_LENGTH, MEDIA_TITLE_LENGTH } from '../src/core/media.ts';
import { allow } from '../src/core/outcome.ts';
import { attachment, carried, text } from '../src/option.ts';
import { control } from './exercise.ts';

/** Who looks after what the group has; who plays it is another matter. */
const KEEPERS = [...STAFF, 'admin'] as const;

/** Characters: whatever they are, they can be carried by a button. */
const MOST_TYPED = 8;

const whichCohort = text('Name of the group, if you are in none of its rooms', 1, 40, 'cohort').optional();
const whichMedia = text('Number of the recording', 1, MOST_TYPED, 'media');
const titled = (description: string) => text(description, MEDIA_TITLE_LENGTH.fewest, MEDIA_TITLE_LENGTH.most);
const inWords = (description: string) =>
  text(description, ALTERNATIVE_LENGTH.fewest, ALTERNATIVE_LENGTH.most);

/** No recording has the number 0: what is no number names none. */
const numberOf = (written: string): number => (/^\d{1,6}$/.test(written) ? Number(written) : 0);

const add = cohortCommand({
  name: 'add',
  description: 'Keep a recording that your programme owns, for one group alone',
  who: KEEPERS,
  input: z.object({
    file: attachment('Ogg or WebM with Opus, 8 MiB and 20 minutes at most'),
    title: titled('What it is called'),
    'in-words': inWords('What is to be heard, in words, for everybody who does not hear it'),
    cohort: whichCohort,
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const added = await addMedia(world, {
      cohortId: cohort.id,
      file: input.file,
      title: confidential(input.title),
      alternative: confidential(input['in-words']),
      by: request.account,
    });
    return added.ok ? allow({ kind: 'tell', card: words.media.added(added.value) }) : added;
  },
});

const list = cohortCommand({
  name: 'list',
  description: 'See the recordings of a group',
  who: KEEPERS,
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort }) => {
    const items = await world.store.records.media.ofCohort(cohort.id);
    return allow({ kind: 'tell', card: words.media.listed(items) });
  },
});

const play = cohortCommand({
  name: 'play',
  description: 'Play a recording to your group',
  who: STAFF,
  input: z.object({ recording: whichMedia }),
  run: async ({ world, words, cohort, request, input }) => {
    const which = { cohortId: cohort.id, number: numberOf(input.recording), by: request.account };
    const playing = await playMedia(world, which);
    return playing.ok ? allow({ kind: 'done', card: words.exercise.changed(playing.value) }) : playing;
  },
});

const remove = cohortCommand({
  name: 'remove',
  description: 'Remove a recording for good',
  who: KEEPERS,
  input: z.object({
    recording: whichMedia,
    cohort: whichCohort,
    sure: carried(z.enum(['yes', 'no'])).default('no'),
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const which = { cohortId: cohort.id, number: numberOf(input.recording), by: request.account };
    if (input.sure === 'no') {
      const found = await mediaOf(world.store.records, which);
      return found.ok ? allow({ kind: 'tell', card: words.media.removing(found.value) }) : found;
    }
    const removed = await removeMedia(world, which);
    return removed.ok ? allow({ kind: 'tell', card: words.media.removed(removed.value.number) }) : removed;
  },
});

const link = cohortCommand({
  name: 'link',
  description: 'Show your group a link to watch together',
  who: STAFF,
  input: z.object({
    address: text('Where it is; it begins with https', ADDRESS_LENGTH.fewest, ADDRESS_LENGTH.most),
    title: titled('What it is called'),
    'in-words': inWords('What is to be seen and heard, in words').optional(),
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const written = input['in-words'];
    const shared = await shareLink(world, {
      cohortId: cohort.id,
      address: input.address,
      title: confidential(input.title),
      ...(written !== undefined && { alternative: confidential(written) }),
      by: request.account,
    });
    return shared.ok ? allow({ kind: 'tell', card: words.media.shared(shared.value) }) : shared;
  },
});

export const media: CommandGroup = {
  name: 'media',
  description: 'Recordings of the programme, and links to watch together',
  commands: [
    add,
    list,
    play,
    control('pause', 'Pause what the group hears'),
    control('resume', 'Go on after a pause'),
    control('stop', 'Stop what the group hears'),
    remove,
    link,
  ],
};
