/** Keeps the people of a sandbox: clients with a token of their own, over the same HTTP and websocket as any client. */
import type { APIMessage } from 'discord-api-types/v10';
import { commandFor, completeData, filesIn, runData, type Value, type Values } from './people/asking.ts';
import {
  type Client,
  commandsAt,
  hereOf,
  interact,
  type Login,
  roomOf,
  startClient,
} from './people/client.ts';
import { type Suggestion, suggestions } from './people/completing.ts';
import { type Answers, submitData } from './people/filling.ts';
import type { Outcome } from './people/outcome.ts';
import type { GatewayEvent } from './people/packet.ts';
import { textOf } from './people/reading.ts';
import type { Rest } from './people/rest.ts';
import type { CommandIndex, Form, Room } from './people/sight.ts';
import { choose, press } from './people/touching.ts';

export { buttonsOf, readFile, textOf } from './people/reading.ts';
export { Refused } from './people/rest.ts';
export type { Answers, Form, Login, Outcome, Room, Suggestion, Value, Values };

/** In which room something is done; by its name or id. */
export type Where = { readonly in?: string };

/** A person who is logged in. Everything that waits gives up with an error that tells what is seen. */
export type Person = {
  readonly id: string;
  /** Runs a command: `run('/session open', { minutes: 60 })`. */
  run(line: string, values?: Values, where?: Where): Promise<Outcome>;
  /** Asks for completions of an option of which `typed` has been typed. */
  complete(
    line: string,
    option: string,
    typed: string,
    values?: Values,
    where?: Where,
  ): Promise<Suggestion[]>;
  /** Presses the newest button with this label (or custom id) in sight, once there is one. */
  press(label: string, where?: Where): Promise<Outcome>;
  /** Chooses in the newest select with this placeholder or custom id, once there is one. */
  choose(select: string, values: Value | readonly Value[], where?: Where): Promise<Outcome>;
  /** Submits the form that stands open; parts that are not named keep what was preset. */
  fill(answers: Answers): Promise<Outcome>;
  /** Writes a message. */
  say(room: string, text: string): Promise<APIMessage>;
  /** Connects to a voice room. */
  join(room: string, voice?: Voice): Promise<void>;
  /** Leaves voice. */
  leave(): Promise<void>;
  sees(room: string): boolean;
  rooms(): Room[];
  /** The newest messages of a room, newest first, over HTTP. */
  read(room: string): Promise<APIMessage[]>;
  /** The messages of a room that the gateway told of, as they stand now, oldest first. */
  messagesIn(room: string): APIMessage[];
  /** Private replies so far, oldest first. */
  readonly replies: readonly APIMessage[];
  readonly form: Form | null;
  /** The direct messages that came in, oldest first. */
  dms(): APIMessage[];
  /** Waits until the predicate gives something, and gives that. */
  waitFor<T>(predicate: (person: Person) => T, ms?: number): Promise<NonNullable<T>>;
  /** Everything that the gateway has sent. */
  readonly events: readonly GatewayEvent[];
  /** Any other call, with the person's own token. */
  readonly rest: Rest;
  /** Lets an application know who they are, or not: where they are sent back to. */
  authorize(address: string, decision?: boolean): Promise<string>;
  close(): void;
};

/** What one shows of oneself in voice. */
export type Voice = { readonly mute?: boolean; readonly deaf?: boolean; readonly video?: boolean };

const byAge = (a: APIMessage, b: APIMessage): number => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

const VOICE_STATE = 4;
const DIRECT = 1;

/** What a start says when a line is run, or completed, in a room. */
const startIn = async (
  client: Client,
  line: string,
  where: Where | undefined,
  data: (index: CommandIndex) => object,
) => {
  const room = hereOf(client, where?.in);
  const index = await commandsAt(client, room);
  const { application_id } = commandFor(index, line).command;
  return { application_id, channel_id: room.id, guild_id: room.guildId, data: data(index) };
};

const fill = async (client: Client, answers: Answers): Promise<Outcome> => {
  const { sight, until } = client;
  const form = await until(
    () => sight.form,
    () => 'no form stands open',
  );
  const outcome = await interact(client, {
    type: 5,
    application_id: form.application.id,
    channel_id: form.channel_id,
    guild_id: sight.rooms.get(form.channel_id)?.guildId ?? null,
    data: submitData(form, answers),
  });
  // A form that was refused or not answered stays open, as it does in a client.
  if (outcome.is !== 'failure' && sight.form === form) sight.form = null;
  return outcome;
};

/** What a person does with a bot. */
const dealing = (client: Client): Pick<Person, 'run' | 'complete' | 'press' | 'choose' | 'fill'> => ({
  async run(line, values = {}, where) {
    const data = (index: CommandIndex) => runData(client.sight, index, line, values);
    return interact(client, {
      type: 2,
      ...(await startIn(client, line, where, data)),
      files: filesIn(values),
    });
  },
  async complete(line, option, typed, values = {}, where) {
    const data = (index: CommandIndex) => completeData(client.sight, index, line, option, typed, values);
    return suggestions(client, { type: 4, ...(await startIn(client, line, where, data)) });
  },
  press: (label, where) => press(client, label, where?.in),
  choose: (select, values, where) => choose(client, select, [values].flat(), where?.in),
  fill: (answers) => fill(client, answers),
});

const setVoice = async (
  { connection, sight, until }: Client,
  channelId: string | null,
  guildId: string | null,
  voice: Voice,
): Promise<void> => {
  connection.send(VOICE_STATE, {
    guild_id: guildId,
    channel_id: channelId,
    self_mute: voice.mute ?? false,
    self_deaf: voice.deaf ?? false,
    self_video: voice.video ?? false,
  });
  await until(
    () => sight.voiceId === channelId,
    () => `voice should be ${channelId ?? 'left'} but is ${sight.voiceId ?? 'not connected'}`,
  );
};

/** What a person does and sees in rooms. */
const dwelling = (
  client: Client,
): Pick<Person, 'say' | 'read' | 'messagesIn' | 'sees' | 'rooms' | 'dms' | 'join' | 'leave'> => {
  const { rest, sight } = client;
  const rooms = () => [...sight.rooms.values()];
  return {
    rooms,
    sees: (room) => rooms().some((it) => it.id === room || it.name === room.replace(/^#/, '')),
    // The route answers with the message.
    say: async (room, content) =>
      (await rest('POST', `/channels/${roomOf(client, room).id}/messages`, { content })) as APIMessage,
    // The route answers with messages, newest first.
    read: async (room) =>
      (await rest('GET', `/channels/${roomOf(client, room).id}/messages`)) as APIMessage[],
    messagesIn(room) {
      const { id } = roomOf(client, room);
      return [...sight.messages.values()].filter((it) => it.channel_id === id).sort(byAge);
    },
    dms: () =>
      [...sight.messages.values()].filter(
        (it) => sight.rooms.get(it.channel_id)?.type === DIRECT && it.author.id !== sight.userId,
      ),
    async join(room, voice = {}) {
      const { id, guildId } = roomOf(client, room);
      await setVoice(client, id, guildId, voice);
    },
    async leave() {
      const room = sight.rooms.get(sight.voiceId ?? '');
      if (room) await setVoice(client, null, room.guildId, {});
    },
  };
};

/** Logs a person in. */
export const person = async (login: Login): Promise<Person> => {
  const client = await startClient(login);
  const { sight, events, rest, until, connection } = client;
  const self: Person = {
    ...dealing(client),
    ...dwelling(client),
    get id() {
      return sight.userId;
    },
    get form() {
      return sight.form;
    },
    replies: sight.replies,
    events,
    rest,
    waitFor: (predicate, ms) =>
      until(
        () => predicate(self),
        () => told(client),
        ms,
      ),
    authorize: async (address, decision = true) => {
      const { search } = new URL(address);
      const answer = await rest('POST', `/oauth2/authorize${search}`, { authorize: decision });
      return String(Object(answer).location);
    },
    close: () => connection.close(),
  };
  return self;
};

/** What a person has in sight, for an error that says why waiting was in vain. */
const told = ({ sight }: Client): string => {
  const rooms = [...sight.rooms.values()].map((it) => it.name).join(', ');
  const messages = [...sight.messages.values()]
    .slice(-5)
    .map((it) => JSON.stringify(textOf(it).slice(0, 200)));
  return `what was waited for did not come; rooms: ${rooms || 'none'}; last messages: ${messages.join(' ') || 'none'}`;
};
