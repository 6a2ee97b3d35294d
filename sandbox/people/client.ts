/** Keeps one person's client: its connection, what it has in sight, and waiting for what is to come. */
import type { SentFile } from './asking.ts';
import { type Connection, connect } from './gateway.ts';
import { failureOf, type Outcome, watch } from './outcome.ts';
import type { GatewayEvent } from './packet.ts';
import { Refused, type Rest, restOf } from './rest.ts';
import { type CommandIndex, newSight, type Room, type Sight, see } from './sight.ts';

/** Where to log in, and with which token. */
export type Login = { readonly restUrl: string; readonly gatewayUrl: string; readonly token: string };

/** A client that is logged in. */
export type Client = {
  readonly rest: Rest;
  readonly sight: Sight;
  readonly events: readonly GatewayEvent[];
  readonly connection: Connection;
  /** Calls `hear` for every event until the given function is called. */
  listen(hear: (event: GatewayEvent) => void): () => void;
  /** Waits until `look` gives something; after `ms` throws an error that says what `telling` tells. */
  until<T>(look: () => T, telling: () => string, ms?: number): Promise<NonNullable<T>>;
};

/** How long a person waits for anything, in ms. */
export const PATIENCE = 5000;

/** Calls everybody who listens. */
const startListening = () => {
  const listeners = new Set<(event: GatewayEvent) => void>();
  const listen: Client['listen'] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const tell = (event: GatewayEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  return { listen, tell };
};

/** Looks now and after every event, until there is something to give or the time is over. */
const untilOn =
  (listen: Client['listen']): Client['until'] =>
  (look, telling, ms = PATIENCE) =>
    new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const found = look();
        if (found) resolve(found);
        return Boolean(found);
      };
      if (settle()) return;
      const stop = listen(() => {
        if (!settle()) return;
        stop();
        clearTimeout(timer);
      });
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`after ${ms} ms: ${telling()}`));
      }, ms);
    });

/** Logs in, and waits until every guild has arrived. */
export const startClient = async ({ restUrl, gatewayUrl, token }: Login): Promise<Client> => {
  const sight = newSight();
  const events: GatewayEvent[] = [];
  const { listen, tell } = startListening();
  const until = untilOn(listen);
  const connection = await connect(gatewayUrl, token, (event) => {
    events.push(event);
    see(sight, event);
    tell(event);
  });
  await until(
    () => expectedGuilds(events).every((id) => sight.guilds.has(id)),
    () => 'not every guild arrived',
  );
  return { rest: restOf(restUrl, token), sight, events, connection, listen, until };
};

const expectedGuilds = (events: readonly GatewayEvent[]): string[] => {
  const ready = events.findLast((event) => event.type === 'READY');
  const guilds: unknown = Object(ready?.data).guilds;
  return Array.isArray(guilds) ? guilds.map((guild) => String(Object(guild).id)) : [];
};

const TEXT_ROOMS: readonly number[] = [0, 1, 2, 11, 12];

/** The room of that name or id; an error that lists the rooms in sight when there is none. */
export const roomOf = ({ sight }: Client, name: string): Room => {
  const room =
    sight.rooms.get(name) ?? [...sight.rooms.values()].find((it) => it.name === name.replace(/^#/, ''));
  if (room) return room;
  const names = [...sight.rooms.values()].map((it) => it.name).join(', ');
  throw new Error(`no room "${name}" in sight; in sight: ${names || 'none'}`);
};

/** The room of that name, or the first one that can be written in. */
export const hereOf = (client: Client, name: string | undefined): Room => {
  if (name !== undefined) return roomOf(client, name);
  const rooms = [...client.sight.rooms.values()].filter((it) => it.type === 0);
  const [first] = rooms.sort((a, b) => a.position - b.position);
  if (!first) throw new Error('no text room in sight');
  return first;
};

/** Whether messages can stand in a room. */
export const holdsMessages = (room: Room): boolean => TEXT_ROOMS.includes(room.type);

/** The commands that can be run in a room. */
export const commandsAt = async ({ rest }: Client, room: Room): Promise<CommandIndex> => {
  const place = room.guildId === null ? `/channels/${room.id}` : `/guilds/${room.guildId}`;
  // The route answers with exactly this.
  return (await rest('GET', `${place}/application-command-index`)) as CommandIndex;
};

let nonces = 0;

/** A nonce that no other start of this process has. */
export const newNonce = (): string => `${Date.now()}${(nonces++ % 100_000).toString().padStart(5, '0')}`;

/** What every start of an interaction says. */
export type Start = {
  readonly type: 2 | 3 | 4 | 5;
  readonly application_id: string;
  readonly channel_id: string;
  readonly guild_id: string | null;
  readonly data: object;
  readonly message_id?: string;
  /** Files that go with it, in the order of their numbers. */
  readonly files?: readonly SentFile[];
};

const formOf = (body: object, files: readonly SentFile[]): FormData => {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(body));
  for (const [index, { file, bytes, type = '' }] of files.entries())
    form.set(`files[${index}]`, new Blob([new Uint8Array(bytes)], { type }), file);
  return form;
};

/** Sends a start with a nonce; the server answers with nothing, or refuses. */
export const sendStart = async ({ rest, sight }: Client, start: Start, nonce: string): Promise<void> => {
  const { guild_id, files = [], ...rest_ } = start;
  const body = {
    ...rest_,
    ...(guild_id === null ? {} : { guild_id }),
    session_id: sight.sessionId,
    nonce,
  };
  await rest('POST', '/interactions', files.length > 0 ? formOf(body, files) : body);
};

// The bot has 3 seconds to acknowledge, and then may think for as long as a test has patience.
const OUTCOME_WITHIN = 15_000;

/** Starts an interaction and waits for what the person then sees; a refusal by the server is an outcome too. */
export const interact = async (client: Client, start: Start): Promise<Outcome> => {
  const watching = watch(newNonce(), start.message_id ?? null);
  const stop = client.listen(watching.hear);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`nothing came of the interaction within ${OUTCOME_WITHIN} ms`);
    timer = setTimeout(() => reject(error), OUTCOME_WITHIN);
  });
  try {
    await sendStart(client, start, watching.nonce);
    return await Promise.race([watching.outcome, late]);
  } catch (error) {
    if (error instanceof Refused) return failureOf(error);
    throw error;
  } finally {
    stop();
    clearTimeout(timer);
  }
};
