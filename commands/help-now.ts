/** `/help-now`: crisis lines at once, in any state, and whoever is on call for the group is told. */
import { z } from 'zod';
import { type AnyoneCall, anyoneCommand, type Reply } from '../src/command.ts';
import { REGIONS } from '../src/core/crisis-line.ts';
import type { Asking } from '../src/core/help.ts';
import { carried } from '../src/option.ts';

const input = z.object({
  region: carried(z.enum(REGIONS)).optional(),
  /** Two letters; `choose` another, or `other` when it is none of the list. */
  country: carried(z.string().regex(/^(?:[A-Z]{2}|choose|other)$/)).optional(),
  /** Carried by a button in a direct message, where no room tells which group is meant. */
  cohort: carried(z.string()).optional(),
});

type Call = AnyoneCall<typeof input>;

const askingOf = ({ request, input: { cohort }, now }: Call): Asking => {
  const { id, account, guildId, channelId } = request;
  return {
    id,
    account,
    guildId,
    channelId,
    at: now,
    ...(cohort !== undefined && { cohortId: cohort }),
  };
};

/** Whoever only chooses where they are has asked already: nobody is told again. */
const choosing = (call: Call): Reply | undefined => {
  const { world, words, request, input: chosen } = call;
  const { country, region } = chosen;
  if (region !== undefined) {
    const countries = world.helpDesk.countriesOf(region);
    return { kind: 'tell', card: words.helpNow.card({ countries }) };
  }
  if (country === undefined) return undefined;
  if (country === 'choose') return { kind: 'tell', card: words.helpNow.card({}) };
  world.helpDesk.choose(request.account, country === 'other' ? undefined : country);
  const { lines } = world.helpDesk.recall(askingOf(call));
  return { kind: 'tell', card: words.helpNow.card({ ...(lines && { lines }) }) };
};

export const helpNow = anyoneCommand({
  name: 'help-now',
  description: 'Crisis lines at once; whoever is on call for your group is told',
  input,
  run: (call) => {
    const chosen = choosing(call);
    if (chosen) return chosen;
    const { world, words } = call;
    const asking = askingOf(call);
    // What is said is known before it is told: a second press must not read as the first.
    const recalled = world.helpDesk.recall(asking);
    world.helpDesk.raise(asking);
    return { kind: 'tell', card: words.helpNow.card(recalled) };
  },
});
