/** What may be chosen while somebody types an option: only what they may see. */
import {
  type APIApplicationCommandAutocompleteInteraction as Completing,
  InteractionResponseType,
  Routes,
} from 'discord-api-types/v10';
import { complete } from '../../app/complete.ts';
import { findCommand } from '../../command.ts';
import { optionsOf } from '../../option.ts';
import type { Choice } from '../../words/card.ts';
import { wordsFor } from '../../words/index.ts';
import { clip, visible } from '../../words/markup.ts';
import { callerIn, type Gate } from './answer.ts';
import { insist } from './insist.ts';
import { givenIn, typedIn } from './to-request.ts';

/** As many as Discord shows, and as long as it shows them. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

const suits =
  (typed: string) =>
  ({ label }: Choice): boolean =>
    label.toLowerCase().includes(typed.trim().toLowerCase());

const choicesFor = async (gate: Gate, interaction: Completing): Promise<readonly Choice[]> => {
  const caller = callerIn(gate, interaction);
  const { path, options } = typedIn(interaction.data);
  const command = findCommand(gate.commands, path);
  const focused = options.find((option) => 'focused' in option && option.focused);
  if (!caller || !command || !focused) return [];
  const option = optionsOf(command.input).find(({ name }) => name === focused.name);
  if (option?.kind !== 'text' || option.complete === undefined) return [];
  const typed = options.filter(({ name }) => name !== focused.name);
  const offered = await complete(gate.world, option.complete, { ...caller, given: givenIn(command, typed) });
  const words = wordsFor(caller.locale);
  return offered
    .map(words.completion)
    .filter(suits(String(focused.value)))
    .slice(0, MOST_CHOICES);
};

/** Offers what may be chosen; nothing when it cannot be found out. */
export const completeFor = async (gate: Gate, interaction: Completing): Promise<void> => {
  const choices = await choicesFor(gate, interaction).catch((cause: unknown) => {
    gate.world.log.fault('autocomplete', cause, { id: interaction.id });
    return [];
  });
  const body = {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: {
      choices: choices.map(({ label, value }) => ({ name: clip(visible(label), LONGEST_CHOICE), value })),
    },
  };
  const callback = Routes.interactionCallback(interaction.id, interaction.token);
  await insist(() => gate.rest.post(callback, { body, auth: false }));
};
