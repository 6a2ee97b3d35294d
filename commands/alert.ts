/** `/alert`: whoever is responsible sees what somebody needs them for, takes it on, and says what came of it. */
import { z } from 'zod';
import {
  type AlertShown,
  acknowledgeAlert,
  closeAlert,
  listAlerts,
  viewAlert,
} from '../src/app/tend-alert.ts';
import { type CohortCall, type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import { DISPOSITIONS } from '../src/core/alert.ts';
import { confidential } from '../src/core/confidential.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { choice, hinted, type Input, text } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

/** An admin opens them in an emergency alone. */
const WHO = [...STAFF, 'supervisor', 'break-glass'] as const;

const whichCohort = text('Name of the group, if you have several', 1, 40, 'cohort').optional();
const whichAlert = text('Code of the alert, like A-1F3C9', 1, 12);

const demandOf = ({ cohort, person, standings }: CohortCall<Input>) => ({ cohort, asker: person, standings });

const shown = (call: CohortCall<Input>, outcome: Outcome<AlertShown>): Outcome<Reply> => {
  if (!outcome.ok) return outcome;
  const { country, ...facts } = outcome.value;
  const lines = call.world.helpDesk.linesIn(call.cohort.guildId).find((each) => each.country === country);
  return allow({ kind: 'tell', card: call.words.alert.shown({ ...facts, ...(lines && { lines }) }) });
};

const list = cohortCommand({
  name: 'list',
  description: 'See the alerts of your group',
  who: [...WHO, 'admin'],
  direct: true,
  input: z.object({ cohort: whichCohort }),
  run: async (call) =>
    allow({ kind: 'tell', card: call.words.alert.listed(await listAlerts(call.world, demandOf(call))) }),
});

const view = cohortCommand({
  name: 'view',
  description: 'Open an alert: who it is, and what came to pass; that you opened it is noted',
  who: WHO,
  private: true,
  direct: true,
  input: z.object({ alert: whichAlert, cohort: whichCohort }),
  run: async (call) => shown(call, await viewAlert(call.world, demandOf(call), call.input.alert)),
});

const acknowledge = cohortCommand({
  name: 'acknowledge',
  description: 'Say that you look after an alert: nobody else is called for it then',
  who: WHO,
  // One press, at once; what the alert says is not told with it where the group answers on pages.
  private: () => false,
  direct: true,
  input: z.object({ alert: whichAlert, cohort: whichCohort }),
  run: async (call) => shown(call, await acknowledgeAlert(call.world, demandOf(call), call.input.alert)),
});

const close = cohortCommand({
  name: 'close',
  description: 'Close an alert with what came of it',
  who: WHO,
  private: true,
  direct: true,
  form: 'Close this alert',
  input: z.object({
    alert: whichAlert,
    outcome: choice('What came of it', DISPOSITIONS, en.alert.OUTCOMES),
    note: hinted(text('A note', 1, 1_000), 'Kept encrypted; not needed').optional(),
    cohort: whichCohort,
  }),
  run: async (call) => {
    const { alert: code, outcome: disposition, note } = call.input;
    const closed = await closeAlert(call.world, demandOf(call), {
      ...{ code, disposition, ...(note !== undefined && { note: confidential(note) }) },
    });
    if (closed.ok) await call.world.helpDesk.refresh();
    return shown(call, closed);
  },
});

export const alert: CommandGroup = {
  name: 'alert',
  description: 'What somebody of your group needs you for',
  commands: [list, view, acknowledge, close],
};
