/** Interactions as they arrive from the gateway, each handled once, and all of them finished before Hearth stops. */
import type { Client } from 'discord.js';
import {
  type APIInteraction,
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionType,
} from 'discord-api-types/v10';
import { answer, type Gate } from './answer.ts';
import { completeFor } from './autocomplete.ts';

/** A gateway that resumes tells again what it told before; so many are remembered. */
const REMEMBERED = 5_000;

const seenBefore = (): ((id: string) => boolean) => {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return true;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return false;
  };
};

const handle = async (gate: Gate, interaction: APIInteraction): Promise<void> => {
  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return completeFor(gate, interaction);
    case InteractionType.ApplicationCommand:
      // Hearth offers no commands in the menus of people and messages.
      if (interaction.data.type !== ApplicationCommandType.ChatInput) return;
      return answer(gate, { ...interaction, data: interaction.data });
    case InteractionType.MessageComponent:
    case InteractionType.ModalSubmit:
      return answer(gate, interaction);
    case InteractionType.Ping:
      return;
  }
};

export interface Handling {
  /** Takes nothing more, and resolves when everything that has arrived is answered. */
  finish(): Promise<void>;
}

/** Handles every interaction that the client receives from now on. */
export const handleInteractions = (client: Client, gate: Gate): Handling => {
  const inHand = new Set<Promise<void>>();
  const isRepeated = seenBefore();
  const receive = (interaction: APIInteraction): void => {
    if (isRepeated(interaction.id)) return;
    const handling = handle(gate, interaction)
      .catch((cause: unknown) => void gate.world.log.fault('interaction', cause, { id: interaction.id }))
      .finally(() => inHand.delete(handling));
    inHand.add(handling);
  };
  client.ws.on(GatewayDispatchEvents.InteractionCreate, receive);
  return {
    finish: async () => {
      client.ws.off(GatewayDispatchEvents.InteractionCreate, receive);
      await Promise.all(inHand);
    },
  };
};
