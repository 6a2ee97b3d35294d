/** A group whose rooms stand and whose members have signed, as most stories about sessions begin. */
import { commands } from '../../commands/index.ts';
import { observe } from '../../src/app/observe.ts';
import type { GroupType } from '../../src/core/agenda.ts';
import type { Board } from '../../src/core/board.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import type { RoomKind } from '../../src/core/rooms.ts';
import type { TestWorld } from '../world.ts';
import { type Asked, type Asker, askerOf, readable } from './asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD } from './cast.ts';
import { asHearthDoes } from './jobs.ts';

export interface Group {
  readonly cohort: Cohort;
  readonly people: Asker;
  room(kind: RoomKind): string;
  /** What somebody reads who types a command in the group's room. */
  says(account: string, path: string, asked?: Asked): Promise<string>;
  /** Does every job that is due. */
  settle(): Promise<void>;
  /** The boards of a kind that stand, in the order in which they were first shown. */
  boards<Kind extends Board['kind']>(kind: Kind): readonly Extract<Board, { kind: Kind }>[];
  /** Kinds of what was said in the group's or the staff's room, in order. */
  said(kind: 'group' | 'staff'): readonly string[];
  /** Who is in the voice room from now on. */
  inVoice(...accounts: readonly string[]): void;
}

const channelOf = (world: TestWorld, cohort: Cohort, kind: RoomKind): Promise<string> =>
  world.store.records.roomRefs.ofCohort(cohort.id).then((refs) => {
    const ref = refs.find((each) => each.kind === kind);
    if (!ref) throw new Error(`the ${kind} room does not stand`);
    return ref.channelId;
  });

/** The group as it stands in that world: to be called again after a restart. */
export const groupIn = async (world: TestWorld, name: string): Promise<Group> => {
  const people = askerOf(world, commands);
  const cohort = (await world.store.records.cohorts.ofGuild(GUILD)).find((each) => each.name === name);
  if (!cohort) throw new Error(`there is no group ${name}`);
  const kinds = ['welcome', 'group', 'voice', 'staff'] as const;
  const rooms = new Map<RoomKind, string>();
  for (const kind of kinds) rooms.set(kind, await channelOf(world, cohort, kind));
  const room = (kind: RoomKind): string => rooms.get(kind) ?? '';
  return {
    cohort,
    people,
    room,
    says: async (account, path, asked) => {
      // The heartbeat goes on beside what people do: without it, nobody would have been seen until the end.
      if (path === 'session end') await observe(world);
      return readable(await people.read(account, path, { channelId: room('group'), ...asked }));
    },
    settle: () => world.settle(asHearthDoes(world)),
    boards: (kind) =>
      [...world.discord.messages.values()]
        .filter(({ channelId }) => [...rooms.values()].includes(channelId))
        .map(({ board }) => board)
        // A board is of the kind that it bears; the compiler does not narrow by a type parameter.
        .filter((board): board is Extract<Board, { kind: typeof kind }> => board.kind === kind),
    said: (kind) =>
      world.discord.said
        .filter(({ channelId }) => channelId === room(kind))
        .map(({ announcement }) => announcement.kind),
    inVoice: (...accounts) => void world.discord.voice.set(room('voice'), accounts),
  };
};

/** Makes the group with its rooms; those in `signed` have signed, Cleo only when she is among them. */
export const aGroup = async (
  world: TestWorld,
  name: string,
  { type = 'support', signed = [ANA, BEN, CLEO] }: { type?: GroupType; signed?: readonly string[] } = {},
): Promise<Group> => {
  const people = askerOf(world, commands);
  const given = { name, type, lead: LEAD, 'co-facilitator': CO_FACILITATOR };
  await people.read(ADMIN, 'cohort create', { given });
  for (const person of [ANA, BEN, CLEO]) {
    await people.read(ADMIN, 'cohort enrol', { given: { cohort: name, person } });
  }
  await world.settle(asHearthDoes(world));
  const group = await groupIn(world, name);
  for (const person of signed) {
    await group.says(person, 'agreement sign', { given: { confirm: 'I agree' } });
  }
  await group.settle();
  return group;
};
