/** Keeps how a person finds the button to press or the select to choose in: the newest that is in sight. */
import type { APIMessage } from 'discord-api-types/v10';
import type { Component } from '../check/component.ts';
import type { Value } from './asking.ts';
import { type Client, holdsMessages, interact, roomOf } from './client.ts';
import type { Outcome } from './outcome.ts';
import { buttonsOf, selectsOf } from './reading.ts';

type Found = { readonly message: APIMessage; readonly part: Component };

type Placed = Component & { readonly placeholder?: string | null };

const newestFirst = (a: APIMessage, b: APIMessage): number => (BigInt(a.id) < BigInt(b.id) ? 1 : -1);

const inSight = ({ sight }: Client, roomId: string | undefined): APIMessage[] =>
  [...sight.messages.values()]
    .filter((it) => (roomId === undefined || it.channel_id === roomId) && sight.rooms.has(it.channel_id))
    .sort(newestFirst);

const namesOf = (part: Placed): string[] =>
  [part.label, part.placeholder, part.custom_id].filter((it) => it != null);

const find = (
  messages: readonly APIMessage[],
  parts: (message: APIMessage) => Placed[],
  name: string,
): Found | undefined => {
  for (const message of messages) {
    const part = parts(message).find((it) => namesOf(it).includes(name));
    if (part) return { message, part };
  }
  return undefined;
};

/** Reads what stood in the rooms before this person logged in. */
const readBack = async (client: Client, roomId: string | undefined): Promise<void> => {
  const rooms = [...client.sight.rooms.values()].filter(
    (room) => holdsMessages(room) && (roomId === undefined || room.id === roomId),
  );
  for (const room of rooms) {
    const read: unknown = await client.rest('GET', `/channels/${room.id}/messages?limit=50`).catch(() => []);
    // The route answers with messages, newest first; what the gateway told of one is at least as new.
    for (const message of read as APIMessage[])
      if (!client.sight.messages.has(message.id)) client.sight.messages.set(message.id, message);
  }
};

const locate = async (
  client: Client,
  parts: (message: APIMessage) => Placed[],
  name: string,
  room: string | undefined,
): Promise<Found> => {
  const roomId = room === undefined ? undefined : roomOf(client, room).id;
  const look = () => find(inSight(client, roomId), parts, name);
  if (!look()) await readBack(client, roomId);
  const telling = () => {
    const known = inSight(client, roomId)
      .flatMap(parts)
      .map((it) => namesOf(it)[0]);
    return `nothing called "${name}" is in sight; in sight: ${[...new Set(known)].join(', ') || 'nothing'}`;
  };
  return await client.until(look, telling);
};

const touch = (
  client: Client,
  { message, part }: Found,
  values: readonly string[] | null,
): Promise<Outcome> =>
  interact(client, {
    type: 3,
    application_id: message.application_id ?? message.author.id,
    channel_id: message.channel_id,
    guild_id: client.sight.rooms.get(message.channel_id)?.guildId ?? null,
    message_id: message.id,
    data: {
      component_type: part.type,
      custom_id: part.custom_id,
      ...(values === null ? {} : { values, type: part.type }),
    },
  });

/** Presses the newest button of that label or custom id. */
export const press = async (client: Client, label: string, room: string | undefined): Promise<Outcome> =>
  touch(client, await locate(client, buttonsOf, label, room), null);

const offered = ({ options }: Component, value: Value): string => {
  const wanted = String(typeof value === 'object' ? value.id : value);
  return options?.find((option) => option.label === wanted)?.value ?? wanted;
};

/** Chooses values, by label or id, in the newest select of that placeholder or custom id. */
export const choose = async (
  client: Client,
  select: string,
  values: readonly Value[],
  room: string | undefined,
): Promise<Outcome> => {
  const found = await locate(client, selectsOf, select, room);
  return touch(
    client,
    found,
    values.map((value) => offered(found.part, value)),
  );
};
