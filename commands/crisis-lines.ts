/** `/crisis-lines`: admins see, verify and replace the crisis lines that people are shown. */
import { z } from 'zod';
import { confirmCrisisLines, resetCrisisLines, setCrisisLines } from '../src/app/set-crisis-lines.ts';
import { type CommandGroup, type Reply, type ServerCall, serverCommand } from '../src/command.ts';
import { OWN_LINES } from '../src/core/crisis-line.ts';
import { allow, type Outcome, refuse } from '../src/core/outcome.ts';
import { type Input, text } from '../src/option.ts';

const country = text('The two letters of the country, like ES', 2, 2);

const wishOf = ({ request }: ServerCall<Input>, written: string) => ({
  ...{ guildId: request.guildId, country: written, by: request.account },
});

const shown = (call: ServerCall<Input>, written: string, done: Outcome<null>): Outcome<Reply> => {
  if (!done.ok) return done;
  const { world, words, request, now } = call;
  const wanted = written.toUpperCase();
  const entry = world.helpDesk.linesIn(request.guildId).find((each) => each.country === wanted);
  return entry
    ? allow({ kind: 'tell', card: words.crisisLines.verified(entry, now) })
    : refuse({ code: 'no-such-country' });
};

const list = serverCommand({
  name: 'list',
  description: 'See the crisis lines that people are shown, and which are to be verified',
  who: ['admin'],
  input: z.object({ country: country.optional() }),
  run: async ({ world, words, request, input, now }) => {
    const all = world.helpDesk.linesIn(request.guildId);
    const wanted = input.country?.toUpperCase();
    const entries = wanted === undefined ? all : all.filter((each) => each.country === wanted);
    return allow({ kind: 'tell', card: words.crisisLines.listed(entries, now) });
  },
});

const set = serverCommand({
  name: 'set',
  description: 'Put your own lines in the place of those of a country',
  who: ['admin'],
  input: z.object({
    country,
    emergency: text('Number for when life is in danger', 2, OWN_LINES.emergency),
    lines: text('Lines with their numbers, divided by semicolons', 3, OWN_LINES.all),
  }),
  run: async (call) => {
    const { country: written, emergency, lines } = call.input;
    const done = await setCrisisLines(call.world, { ...wishOf(call, written), emergency, lines });
    return shown(call, written, done);
  },
});

const confirm = serverCommand({
  name: 'confirm',
  description: 'Say that you have verified the lines of a country as they stand',
  who: ['admin'],
  input: z.object({ country }),
  run: async (call) =>
    shown(call, call.input.country, await confirmCrisisLines(call.world, wishOf(call, call.input.country))),
});

const reset = serverCommand({
  name: 'reset',
  description: 'Show the lines that come with Hearth again',
  who: ['admin'],
  input: z.object({ country }),
  run: async (call) =>
    shown(call, call.input.country, await resetCrisisLines(call.world, wishOf(call, call.input.country))),
});

export const crisisLines: CommandGroup = {
  name: 'crisis-lines',
  description: 'Whom people can call in a crisis, by country',
  commands: [list, set, confirm, reset],
};
