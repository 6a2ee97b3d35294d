/** `/admin`: the people who manage a server see what Hearth could not do, and decide about it. */
import { z } from 'zod';
import { whatIsDue } from '../src/app/dispose.ts';
import { listFailures } from '../src/app/list-failures.ts';
import { settleFailure } from '../src/app/settle-failure.ts';
import { type CommandGroup, serverCommand } from '../src/command.ts';
import type { FailureOutcome } from '../src/core/failure.ts';
import { allow } from '../src/core/outcome.ts';
import { text } from '../src/option.ts';

const failures = serverCommand({
  name: 'failures',
  description: 'See what Hearth could not do on this server',
  who: ['admin'],
  input: z.object({}),
  run: async ({ world, words, request }) =>
    allow({ kind: 'tell', card: words.admin.failures(await listFailures(world, request.guildId)) }),
});

const settling = (name: 'retry' | 'dismiss', description: string, outcome: FailureOutcome) =>
  serverCommand({
    name,
    description,
    who: ['admin'],
    input: z.object({ failure: text('Reference that the list shows', 1, 40) }),
    run: async ({ world, words, request, input }) => {
      const { guildId, account: by } = request;
      const settled = await settleFailure(world, { guildId, failure: input.failure, outcome, by });
      return settled.ok ? allow({ kind: 'tell', card: words.admin[outcome]() }) : settled;
    },
  });

const retention = serverCommand({
  name: 'retention',
  description: 'See what was kept long enough and goes tonight; nothing is changed',
  who: ['admin'],
  input: z.object({}),
  run: async ({ world, words, request }) =>
    allow({ kind: 'tell', card: words.myData.due(await whatIsDue(world, request.guildId)) }),
});

export const admin: CommandGroup = {
  name: 'admin',
  description: 'For the people who manage this server',
  commands: [
    failures,
    settling('retry', 'Have something that could not be done, done again', 'retried'),
    settling('dismiss', 'Let something that could not be done be', 'dismissed'),
    retention,
  ],
};
