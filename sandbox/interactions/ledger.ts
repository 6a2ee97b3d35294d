/** Keeps the interactions of a sandbox: who started them, what they opened, and how far they are answered. */
import { randomBytes } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import type { Modal } from '../check/modal.ts';
import type { Cancel } from '../clock.ts';
import type { Snowflake, World } from '../world.ts';

/** How long a bot has to acknowledge, in ms. */
const ACKNOWLEDGE_WITHIN = 3000;

/** How long an acknowledged interaction's token can be used, in ms. */
export const TOKEN_LIVES = 15 * 60_000;

/** What a person did: ran a command, pressed a component, asked for completions, or submitted a form. */
export type Origin =
  | { readonly type: 2; readonly commandType: number }
  | { readonly type: 3; readonly messageId: Snowflake }
  | { readonly type: 4; readonly optionType: number }
  | { readonly type: 5; readonly form: OpenForm };

/**
 * How far an interaction is answered.
 * waiting -> lapsed (3 seconds went by) | loading (type 5) | answered; loading -> answered (the original was edited).
 * `originalId` is the message that @original names; null after a form or suggestions.
 */
export type Progress =
  | { readonly is: 'waiting'; readonly cancel: Cancel }
  | { readonly is: 'lapsed' }
  | { readonly is: 'loading'; readonly originalId: Snowflake }
  | { readonly is: 'answered'; readonly originalId: Snowflake | null };

/** What a message tells of the interaction that it answers. */
export type Metadata = NonNullable<APIMessage['interaction_metadata']>;

/** The same of an interaction that can open a form: a command or a press. */
export type OpenerMetadata = Extract<Metadata, { type: 2 | 3 }>;

/** One interaction; `at` is ms since the epoch. */
export type Interaction = {
  readonly id: Snowflake;
  readonly token: string;
  readonly applicationId: Snowflake;
  readonly userId: Snowflake;
  readonly guildId: Snowflake | null;
  readonly channelId: Snowflake;
  readonly nonce: string | null;
  readonly at: number;
  readonly origin: Origin;
  readonly metadata: Metadata;
  /** Every message that this token may edit: the original and the follow-ups. */
  readonly messages: Set<Snowflake>;
  progress: Progress;
};

/** A form that stands open before one person; its id is that of the interaction that opened it. */
export type OpenForm = {
  readonly id: Snowflake;
  readonly modal: Modal;
  readonly applicationId: Snowflake;
  readonly userId: Snowflake;
  readonly channelId: Snowflake;
  readonly at: number;
  /** The message whose component opened it, if one did. */
  readonly messageId: Snowflake | null;
  readonly metadata: OpenerMetadata;
};

type Ledger = {
  readonly interactions: Map<string, Interaction>;
  readonly forms: Map<Snowflake, OpenForm>;
  /** Times of command creations, by scope. */
  readonly creations: Map<string, number[]>;
};

const ledgers = new WeakMap<World, Ledger>();

/** The ledger of a world. */
export const ledgerOf = (world: World): Ledger => {
  const ledger = ledgers.get(world) ?? { interactions: new Map(), forms: new Map(), creations: new Map() };
  ledgers.set(world, ledger);
  return ledger;
};

/** Tells the person how their interaction fares, as Discord tells its own client. */
export const tellPerson = (world: World, it: Interaction, type: string, more: object = {}): void =>
  world.emit({ type, to: { users: [it.userId] }, data: { id: it.id, nonce: it.nonce, ...more } });

const lapse = (world: World, it: Interaction): void => {
  it.progress = { is: 'lapsed' };
  tellPerson(world, it, 'INTERACTION_FAILURE', { reason_code: 1 });
};

/** Forgets what no token can reach any more, so that a long run does not grow. */
const forgetOld = ({ interactions, forms }: Ledger, now: number): void => {
  for (const entries of [interactions, forms] as const)
    for (const [key, { at }] of entries) {
      if (now - at <= TOKEN_LIVES) break;
      entries.delete(key);
    }
};

type Opening = Omit<Interaction, 'token' | 'at' | 'messages' | 'progress'>;

/** Enters an interaction, and starts the three seconds in which it must be acknowledged. */
export const openInteraction = (world: World, opening: Opening): Interaction => {
  const it: Interaction = {
    ...opening,
    token: randomBytes(60).toString('base64url'),
    at: world.clock.now(),
    messages: new Set(),
    progress: { is: 'waiting', cancel: world.clock.after(ACKNOWLEDGE_WITHIN, () => lapse(world, it)) },
  };
  const ledger = ledgerOf(world);
  forgetOld(ledger, it.at);
  ledger.interactions.set(it.token, it);
  tellPerson(world, it, 'INTERACTION_CREATE');
  return it;
};

/** Moves an interaction on from waiting, and tells the person that the bot has answered. */
export const acknowledge = (world: World, it: Interaction, progress: Progress): void => {
  if (it.progress.is === 'waiting') it.progress.cancel();
  it.progress = progress;
  if (it.origin.type === 5) ledgerOf(world).forms.delete(it.origin.form.id);
  tellPerson(world, it, 'INTERACTION_SUCCESS');
};

/** The message whose component led here, if one did. */
export const sourceOf = ({ origin }: Interaction): Snowflake | null => {
  if (origin.type === 3) return origin.messageId;
  return origin.type === 5 ? origin.form.messageId : null;
};

/** The form that a person may submit now, or undefined. */
export const openFormOf = (world: World, id: Snowflake): OpenForm | undefined => {
  const form = ledgerOf(world).forms.get(id);
  return form && world.clock.now() - form.at <= TOKEN_LIVES ? form : undefined;
};
