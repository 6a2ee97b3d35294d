/** `/doctor`: an admin sees who gets into the rooms of each group, and why. */
import { z } from 'zod';
import { accessTable, auditGroup, auditServer } from '../src/app/run-doctor.ts';
import { oldLines } from '../src/app/warn-of-old-lines.ts';
import { type Command, serverCommand } from '../src/command.ts';
import { allow } from '../src/core/outcome.ts';
import { carried, text } from '../src/option.ts';

/** A button carries its page as text. */
const page = carried(z.coerce.number().int().min(1).max(1_000)).default(1);

export const doctor: Command = serverCommand({
  name: 'doctor',
  description: 'See who gets into the rooms of each group, and why',
  who: ['admin'],
  input: z.object({ cohort: text('Name of the group', 1, 40, 'cohort').optional(), page }),
  run: async ({ world, words, request, input }) => {
    const file = { name: 'rooms.csv' };
    if (input.cohort === undefined) {
      const audit = await auditServer(world, request.guildId);
      const old = await oldLines(world, request.guildId);
      const content = accessTable(world, audit.cohorts);
      return allow({
        kind: 'tell',
        card: words.doctor.server(audit, Number(input.page), old.length),
        file: { ...file, content },
      });
    }
    const audit = await auditGroup(world, request.guildId, input.cohort);
    if (!audit.ok) return audit;
    const content = accessTable(world, [audit.value]);
    return allow({
      kind: 'tell',
      card: words.doctor.group(audit.value, Number(input.page)),
      file: { ...file, content },
    });
  },
});
