/** `/audit`: the people who manage a server see who did what, and are seen doing so. */
import { z } from 'zod';
import { type AuditWish, auditTable, showAudit } from '../src/app/show-audit.ts';
import { type CommandGroup, serverCommand } from '../src/command.ts';
import { AUDIT_ACTIONS, AUDIT_FILE, AUDIT_PAGE, type AuditAction } from '../src/core/audit.ts';
import { allow } from '../src/core/outcome.ts';
import { account, carried, choice, text, whole } from '../src/option.ts';
import { en } from '../src/words/en/index.ts';

const MOST_DAYS = 366;

/** Number of an entry, days and action of a page before this one, each as it was or empty. */
const CARRIED = /^(?<before>\d{0,9})\.(?<days>\d{0,3})\.(?<action>[a-z-]{0,20})$/;

const numberOr = <Other>(written: string | undefined, other: Other): number | Other =>
  written ? Number(written) : other;

const actionOr = (written: string | undefined, other: AuditAction | undefined): AuditAction | undefined =>
  AUDIT_ACTIONS.find((action) => action === written) ?? other;

const show = serverCommand({
  name: 'show',
  description: 'See who did what on this server; that you look is noted, too',
  who: ['admin'],
  input: z.object({
    cohort: text('Only what concerns this group', 1, 40, 'cohort').optional(),
    person: account('Only what this person did, or what was done to theirs').optional(),
    action: choice('Only this', AUDIT_ACTIONS, en.audit.ACTIONS).optional(),
    days: whole('Only so many days back', 1, MOST_DAYS).optional(),
    file: choice('Whether as a file, too', ['yes', 'no'], en.audit.FILE).optional(),
    on: carried(z.string().regex(CARRIED)).optional(),
  }),
  run: async ({ world, words, request, input }) => {
    const turned = CARRIED.exec(String(input.on ?? ''))?.groups ?? {};
    const { person, cohort } = input;
    const wish: AuditWish = {
      guildId: request.guildId,
      cohort,
      account: person,
      action: actionOr(turned['action'], input.action),
      days: numberOr(turned['days'], input.days),
      before: numberOr(turned['before'], undefined),
    };
    const asFile = input.file === 'yes';
    const shown = await showAudit(world, wish, asFile ? AUDIT_FILE : AUDIT_PAGE);
    if (!shown.ok) return shown;
    const { records, cohortId, more } = shown.value;
    const firsts = records.slice(0, AUDIT_PAGE);
    const page = { ...shown.value, records: firsts, more: more || records.length > firsts.length };
    const card = words.audit.page(
      page,
      {
        ...(cohortId !== undefined && { cohort: cohortId }),
        ...(person !== undefined && { person }),
        days: String(wish.days ?? ''),
        action: wish.action ?? '',
      },
      wish.before === undefined,
    );
    const file = asFile && words.audit.file(records, auditTable(world, records));
    return allow({ kind: 'tell', card, ...(file && { file }) });
  },
});

export const audit: CommandGroup = {
  name: 'audit',
  description: 'Who did what on this server',
  commands: [show],
};
