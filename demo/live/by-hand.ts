/** Waits until somebody who is played by hand has done what the story has them do, as the sandbox saw it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from '../../sandbox/people/outcome.ts';
import { buttonsOf, type Outcome, type Person } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { CallRecord } from '../../sandbox/transcript.ts';

/** Whether a call is the one that is waited for. */
export type Wanted = (body: Readonly<Record<string, unknown>>) => boolean;

const LOOK_EVERY = 100;
const STARTS = '/interactions';

const field = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** The line that was run, down to its sub-command: "/session open". */
const lineOf = (data: unknown): string => {
  const options: unknown = field(data, 'options');
  const [first] = Array.isArray(options) ? options : [];
  const isBranch = Number(field(first, 'type')) <= 2;
  const name = String(field(data, 'name'));
  return isBranch ? `${name} ${lineOf(first)}` : name;
};

/** A command was run. */
export const ran =
  (line: string): Wanted =>
  ({ type, data }) =>
    type === 2 && `/${lineOf(data)}` === line;

/** A form was sent. */
export const filled: Wanted = ({ type }) => type === 5;

/** Something was chosen in a select. */
export const chose: Wanted = ({ type, data }) => type === 3 && field(data, 'values') !== undefined;

/** The custom ids of the buttons of that label that somebody can see, in a room or anywhere. */
export const buttonsCalled = async (
  person: Person,
  label: string,
  room: string | undefined,
): Promise<ReadonlySet<unknown>> => {
  const rooms = room === undefined ? person.rooms().filter(({ type }) => type === 0) : [{ id: room }];
  const messages = await Promise.all(rooms.map(({ id }) => person.read(id).catch(() => [])));
  const buttons = [...messages.flat(), ...person.replies].flatMap(buttonsOf);
  return new Set(buttons.filter((it) => it.label === label).map((it) => it.custom_id));
};

/** A button of that label was pressed; the card may be another one by the time that this is seen. */
export const pressed = (person: Person, label: string, room: string | undefined): Wanted => {
  const ids = new Set<unknown>();
  const learn = async (): Promise<void> => {
    for (const id of await buttonsCalled(person, label, room)) ids.add(id);
  };
  void learn();
  return ({ type, data }) => {
    void learn();
    return type === 3 && ids.has(field(data, 'custom_id'));
  };
};

const outcomeOf = async (person: Person, from: number, call: CallRecord): Promise<Outcome> => {
  const pressedId: unknown = field(call.body, 'message_id');
  const watching = watch(String(field(call.body, 'nonce')), typeof pressedId === 'string' ? pressedId : null);
  let heard = from;
  const feed = (): void => {
    for (const event of person.events.slice(heard)) watching.hear(event);
    heard = person.events.length;
  };
  const feeding = setInterval(feed, LOOK_EVERY);
  return await watching.outcome.finally(() => clearInterval(feeding));
};

/** What came of it, once it was done; undefined when `isOver` tells that it is not waited for any more. */
export const interaction = async (
  sandbox: Sandbox,
  person: Person,
  wanted: Wanted,
  isOver: () => boolean,
): Promise<Outcome | undefined> => {
  const before = sandbox.transcript.calls({ who: person.id, route: STARTS }).length;
  const from = person.events.length;
  while (!isOver()) {
    const calls = sandbox.transcript.calls({ who: person.id, route: STARTS }).slice(before);
    const call = calls.find(({ status, body }) => status < 300 && wanted(Object(body)));
    if (call) return await outcomeOf(person, from, call);
    await sleep(LOOK_EVERY);
  }
  return undefined;
};

/** Resolves when it is true, or not waited for any more. */
export const happened = async (look: () => boolean, isOver: () => boolean): Promise<void> => {
  while (!isOver() && !look()) await sleep(LOOK_EVERY);
};
