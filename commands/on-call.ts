/** `/on-call`: who is told when somebody asks for help, and in which hours; without both, alerts stay switched off. */
import { z } from 'zod';
import { endOnCall, setOnCall, showOnCall } from '../src/app/set-on-call.ts';
import { type CommandGroup, cohortCommand } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { PATIENCE_LIMITS, USUAL_PATIENCE } from '../src/core/on-call.ts';
import { allow } from '../src/core/outcome.ts';
import { account, text, whole } from '../src/option.ts';

const WHO = [...STAFF, 'admin'] as const;

const whichCohort = text('Name of the group, if you have several', 1, 40, 'cohort').optional();

const patience = (whom: string, usual: number) =>
  whole(
    `Minutes until ${whom}, if nobody acknowledges (usually ${usual})`,
    PATIENCE_LIMITS.least,
    PATIENCE_LIMITS.most,
  ).optional();

const set = cohortCommand({
  name: 'set',
  description: 'Switch alerts on: who is on call, and in which hours',
  who: WHO,
  input: z.object({
    person: account('The facilitator who is told first'),
    hours: text('Hours in the zone of the group: Mon-Fri 9:00-17:00; Sat 10:00-12:00', 1, 200),
    second: patience('the other facilitator is told', USUAL_PATIENCE.second),
    supervisor: patience('the supervisor is told, then', USUAL_PATIENCE.supervisor),
    again: patience('all are told again, then', USUAL_PATIENCE.again),
    cohort: whichCohort,
  }),
  run: async ({ world, words, cohort, request, input }) => {
    const { person: first, hours, second, supervisor, again } = input;
    const given = Object.entries({ second, supervisor, again }).filter(([, value]) => value !== undefined);
    const set = await setOnCall(world, cohort, {
      ...{ first, hours, patience: Object.fromEntries(given), by: request.account },
    });
    if (!set.ok) return set;
    await world.helpDesk.refresh();
    return allow({ kind: 'tell', card: words.onCall.shown(set.value) });
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See who is on call, in which hours, and whom an alert reaches next',
  who: [...WHO, 'supervisor'],
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort }) =>
    allow({ kind: 'tell', card: words.onCall.shown(await showOnCall(world, cohort)) }),
});

const off = cohortCommand({
  name: 'off',
  description: 'Switch alerts off: whoever asks for help is told that nobody is on call',
  who: WHO,
  input: z.object({ cohort: whichCohort }),
  run: async ({ world, words, cohort }) => {
    const ended = await endOnCall(world, cohort);
    if (!ended.ok) return ended;
    await world.helpDesk.refresh();
    return allow({ kind: 'tell', card: words.onCall.shown(ended.value) });
  },
});

export const onCall: CommandGroup = {
  name: 'on-call',
  description: 'Who is told when somebody of your group asks for help',
  commands: [set, show, off],
};
