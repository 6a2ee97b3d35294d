/** `/calendar`: an address under which somebody's own calendar app finds when their groups meet. */
import { z } from 'zod';
import { linkCalendar } from '../src/app/link-calendar.ts';
import { revokeCalendar } from '../src/app/revoke-calendar.ts';
import { type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { GROUP } from '../src/core/access.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { carried } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const link = cohortCommand({
  name: 'link',
  description: 'Get an address for your own calendar app, with the times of your groups',
  who: [...GROUP, 'therapist'],
  input: z.object({ sure: carried(z.literal('yes')).optional() }),
  run: async ({ world, words, request, person, input }) => {
    const { guildId, locale } = request;
    const linked = await linkCalendar(world, { person, guildId, locale, sure: input.sure !== undefined });
    if (!linked.ok) return linked;
    return tell(
      linked.value.is === 'had'
        ? words.calendarFeed.linkedAlready(linked.value.madeAt)
        : words.calendarFeed.linked(world.pages.calendar(linked.value.token), world.pages.onlyHere),
    );
  },
});

const revoke = cohortCommand({
  name: 'revoke',
  description: 'End the address of your calendar',
  // Who has withdrawn from the group may end what they have handed out.
  who: [...GROUP, 'enrolled', 'therapist'],
  input: z.object({}),
  run: async ({ world, words, request, person }) => {
    const { guildId } = request;
    const revoked = await revokeCalendar(world, { personId: person.id, guildId });
    return revoked.ok ? tell(words.calendarFeed.revoked()) : revoked;
  },
});

export const calendar: CommandGroup = {
  name: 'calendar',
  description: 'The times of your groups in your own calendar app',
  commands: [link, revoke],
};
