/** `/reminders`: how somebody wants to be reminded, what was sent to them, and for staff how many were reached. */
import { z } from 'zod';
import { chooseReminders } from '../src/app/choose-reminders.ts';
import { countNotices, ownNotices } from '../src/app/list-notices.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { GROUP, STAFF } from '../src/core/access.ts';
import { REMINDERS, type Reminder } from '../src/core/milestone.ts';
import { allow } from '../src/core/outcome.ts';
import { choice, choices } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const isReminder = (chosen: Reminder | 'none'): chosen is Reminder => chosen !== 'none';

const choose = cohortCommand({
  name: 'choose',
  description: 'See or change how you are reminded before a session',
  who: GROUP,
  direct: true,
  input: z.object({
    direct: choice('Whether by direct message', ['yes', 'no'], en.reminders.DIRECT).optional(),
    off: choices(
      'Which reminders are left out',
      ['none', ...REMINDERS],
      en.reminders.OFF,
      REMINDERS.length,
    ).optional(),
  }),
  run: async ({ world, words, cohort, person, standings, input }) => {
    const { direct, off } = input;
    const preference = await chooseReminders(
      world,
      { cohortId: cohort.id, personId: person.id },
      { direct: direct && direct === 'yes', off: off?.filter(isReminder) },
    );
    if (!preference.ok) return preference;
    const reader = standings.has('participant') ? 'participant' : 'staff';
    const { reminders } = cohort.settings;
    const card = words.reminders.chosen({ preference: preference.value, reminders, reader });
    return allow({ kind: 'tell', card });
  },
});

const history = cohortCommand({
  name: 'history',
  description: 'See which reminders were sent to you, how, or why not',
  who: GROUP,
  input: z.object({}),
  run: async ({ world, words, cohort, person }) => {
    const notices = await ownNotices(world, cohort.id, person.id);
    return allow({ kind: 'tell', card: words.reminders.history(notices) });
  },
});

const overview = cohortCommand({
  name: 'overview',
  description: 'For facilitators: how many were reminded of each meeting, and how',
  who: STAFF,
  input: z.object({}),
  run: async ({ world, words, cohort }) =>
    allow({ kind: 'tell', card: words.reminders.overview(await countNotices(world, cohort.id)) }),
});

export const reminders: CommandGroup = {
  name: 'reminders',
  description: 'How you are reminded before a session',
  commands: [choose, history, overview],
};
