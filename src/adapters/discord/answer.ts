/**
 * The gate: everything that people do in Discord comes through here, is answered in time, and exactly once.
 *
 * Discord waits three seconds. What is ready after half of that is the first answer; what is not is answered with "one
 * moment", and told as soon as it is known. A fault is caught here, and only here: the person gets its reference.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { REST } from 'discord.js';
import { type APIInteractionResponse, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { type Entry, invoke, type Reply } from '../../command.ts';
import { SECOND } from '../../core/time.ts';
import type { World } from '../../ports/world.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import {
  type Answer,
  answerOf,
  deferral,
  firstResponse,
  laterResponse,
  type Sending,
} from './answer-payload.ts';
import { refusedWith } from './attempt.ts';
import { insist } from './insist.ts';
import type { Bearer } from './manages-server.ts';
import { type Caller, callerOf, type Deed, directCallerOf, toRequest } from './to-request.ts';

/** How long an answer may take before the interaction is kept open for it. */
const PATIENCE = 1.5 * SECOND;

export interface Gate {
  readonly world: World;
  readonly commands: readonly Entry[];
  readonly rest: REST;
  /** Whether Hearth itself is in the server. */
  readonly isOurs: (guildId: string) => boolean;
  /** Whether somebody may manage the server by the roles that they bear. */
  readonly manages: (guildId: string, member: Bearer) => boolean;
}

/** Who asks, when they do so in a server of ours. */
export const callerIn = (gate: Gate, interaction: Parameters<typeof callerOf>[0]): Caller | undefined => {
  const caller = callerOf(interaction);
  if (!caller || !interaction.member || !gate.isOurs(caller.guildId)) return undefined;
  return { ...caller, admin: caller.admin && gate.manages(caller.guildId, interaction.member) };
};

const replyTo = async (gate: Gate, interaction: Deed, words: Words): Promise<Reply> => {
  const caller = callerIn(gate, interaction) ?? directCallerOf(interaction);
  if (!caller) return { kind: 'tell', card: words.notInServer() };
  const asked = toRequest(gate.commands, interaction, caller);
  return asked ? invoke(gate.world, asked.command, asked.request) : { kind: 'tell', card: words.expired() };
};

/** Never throws: a fault becomes its reference. */
const answerTo = async (gate: Gate, interaction: Deed): Promise<Answer> => {
  const words = wordsFor(interaction.locale);
  try {
    return answerOf(await replyTo(gate, interaction, words), interaction, words);
  } catch (cause) {
    const reference = gate.world.log.fault('interaction', cause, {
      id: interaction.id,
      type: interaction.type,
    });
    return answerOf({ kind: 'tell', card: words.fault(reference) }, interaction, words);
  }
};

/** Tells Discord the first answer; that it has one already means that an earlier attempt arrived. */
const respond = async (
  { rest }: Gate,
  { id, token }: Deed,
  sending: Sending<APIInteractionResponse>,
): Promise<void> => {
  const callback = Routes.interactionCallback(id, token);
  try {
    // The interaction's own token speaks here: the bot's must not be lost when Discord refuses it.
    await insist(() => rest.post(callback, { ...sending, auth: false }));
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw cause;
  }
};

const follow = async (gate: Gate, interaction: Deed, answer: Answer): Promise<void> => {
  const { application_id: application, token } = interaction;
  const later = laterResponse(interaction, answer);
  const { rest } = gate;
  if (later.how === 'nothing') return;
  const { body, files } = later;
  if (later.how === 'edit') {
    const original = Routes.webhookMessage(application, token, '@original');
    await insist(() => rest.patch(original, { body, files, auth: false }));
  }
  if (later.how === 'post') {
    await rest.post(Routes.webhook(application, token), { body, files, auth: false });
  }
};

/** Nobody waits any more: that cannot be mended, and what was done stays done. */
const tooLate = ({ world }: Gate, { id }: Deed, cause: unknown): void => {
  const { UnknownInteraction, InvalidWebhookToken } = RESTJSONErrorCodes;
  if (![UnknownInteraction, InvalidWebhookToken].some((code) => refusedWith(cause, code))) throw cause;
  world.log.warn('interaction-too-late', { id });
};

/** Answers what somebody did, in time. Throws only when Discord could not be told. */
export const answer = async (gate: Gate, interaction: Deed): Promise<void> => {
  const answering = answerTo(gate, interaction);
  const stop = new AbortController();
  const patience = sleep(PATIENCE, undefined, { signal: stop.signal }).catch(() => undefined);
  const ready = await Promise.race([answering, patience]);
  stop.abort();
  try {
    if (ready) return await respond(gate, interaction, firstResponse(interaction, ready));
    await respond(gate, interaction, deferral(interaction));
    await follow(gate, interaction, await answering);
  } catch (cause) {
    tooLate(gate, interaction, cause);
  }
};
