/** `/my-data`: everybody sees what is kept of them, takes it with them, and has erased what may go. */
import { z } from 'zod';
import { eraseOwnData, erasePerson, mayBeErased, mayGo } from '../src/app/erase-own-data.ts';
import { exportOwnData, isHeld, showOwnData } from '../src/app/show-own-data.ts';
import { type CommandGroup, type OwnCall, ownCommand, type Reply } from '../src/command.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { ERASABLE } from '../src/core/own-data.ts';
import { carried, choice } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { en } from '../src/words/en/index.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const show = ownCommand({
  name: 'show',
  description: 'See what is kept of you on this server, why, and for how long',
  input: z.object({}),
  run: async ({ world, words, request, person }) => {
    const wish = { person, guildId: request.guildId };
    return tell(words.myData.shown(await showOwnData(world, wish), await isHeld(world, wish)));
  },
});

const give = ownCommand({
  name: 'export',
  description: 'Get all that is kept of you on this server, as a file',
  form: 'All that is kept of you',
  private: true,
  input: z.object({
    as: choice('How (a page to read if not given)', ['page', 'json'], en.myData.AS).optional(),
  }),
  run: async ({ world, words, request, person, input }) => {
    const all = await exportOwnData(world, { person, guildId: request.guildId });
    const file = words.myData.file(all, input.as ?? 'page');
    return allow({ kind: 'tell', card: words.myData.exported(all.keeping), file });
  },
});

const erasing = z.object({
  what: choice('What to erase', en.myData.ERASE_CHOICES, en.myData.ERASE),
  sure: carried(z.literal('yes')).optional(),
});

const eraseWhole = async ({ world, words, request, person, input }: OwnCall<typeof erasing>) => {
  const asked = { person, guildId: request.guildId };
  if (input.sure === undefined) {
    const may = await mayBeErased(world.store.records, asked);
    return may.ok ? tell(words.myData.sure('me', await showOwnData(world, asked))) : may;
  }
  const erased = await erasePerson(world, asked);
  return erased.ok ? tell(words.myData.personErased()) : erased;
};

const erase = ownCommand({
  name: 'erase',
  description: 'Erase what is kept of you, as far as it may go; you are asked once more before',
  form: 'Erase what is kept of you',
  input: erasing,
  run: async (call) => {
    const { world, words, request, person, input } = call;
    const { what } = input;
    if (what === 'me') return eraseWhole(call);
    const asked = { person, guildId: request.guildId };
    if (input.sure === undefined) {
      const may = await mayGo(world.store.records, { personId: person.id, guildId: asked.guildId });
      return may.ok ? tell(words.myData.sure(what, await showOwnData(world, asked))) : may;
    }
    const erased = await eraseOwnData(world, asked, what === 'all' ? ERASABLE : [what]);
    if (!erased.ok) return erased;
    return tell(words.myData.erased(erased.value, await showOwnData(world, asked)));
  },
});

export const myData: CommandGroup = {
  name: 'my-data',
  description: 'What is kept of you',
  commands: [show, give, erase],
};
