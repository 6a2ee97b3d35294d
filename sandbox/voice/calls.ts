/** Keeps the calls of the sandbox, and the people in them: they are in the call of their room as long as a bot is. */
import { BITS, channelPermissions, has } from '../permissions.ts';
import type { Guild, Snowflake, VoiceState, World } from '../world.ts';
import { type Call, type CallParts, startCall } from './call.ts';
import { type Mouth, mouthOf } from './mouth.ts';
import { type Heard, type PersonInCall, personInCall } from './person-in-call.ts';
import type { Tally } from './tally.ts';

/** A person in the call of their room. */
export type PersonThere = { readonly person: PersonInCall; readonly call: Call; readonly mouth: Mouth };

/** All calls that there are. */
export type Calls = {
  /** The call of a room, which begins when there is none. */
  in(channelId: Snowflake): Call;
  person(userId: Snowflake): PersonThere | undefined;
  /** Lets people come and go as their voice states say, and ends calls in which nobody is left. */
  follow(): void;
  /** The highest version of DAVE is this from now on. */
  settleAll(version: number): void;
  /** The client of this person takes no part in the groups that they come into from now on. */
  keepOutside(userId: Snowflake): void;
  stop(): void;
};

/** What calls work with. */
export type CallsParts = {
  readonly world: World;
  readonly tally: Tally;
  nextSsrc(): number;
  /** Something arrived at a person. */
  hear(userId: Snowflake, heard: Heard): void;
};

const stateOf = (
  world: World,
  userId: Snowflake,
): { readonly guild: Guild; readonly state: VoiceState } | undefined => {
  for (const guild of world.guilds.values()) {
    const state = guild.voiceStates.get(userId);
    if (state) return { guild, state };
  }
  return undefined;
};

const maySpeak = (world: World, channelId: Snowflake, userId: Snowflake): boolean => {
  const at = stateOf(world, userId);
  const channel = world.channels.get(channelId);
  if (!at || !channel || at.state.selfMute || at.guild.members.get(userId)?.mute) return false;
  return has(channelPermissions(world, channel, userId), BITS.SPEAK);
};

const mayHear = (world: World, userId: Snowflake): boolean => {
  const at = stateOf(world, userId);
  return at !== undefined && !at.state.selfDeaf && at.guild.members.get(userId)?.deaf !== true;
};

/** People who are in a room, without bots. */
const inRoom = (world: World, channelId: Snowflake): readonly Snowflake[] => {
  const guild = world.guilds.get(world.channels.get(channelId)?.guildId ?? '');
  return [...(guild?.voiceStates.values() ?? [])]
    .filter((state) => state.channelId === channelId && !world.applications.has(state.userId))
    .map(({ userId }) => userId);
};

/** Nobody is in any call. */
export const startCalls = ({ world, tally, nextSsrc, hear }: CallsParts): Calls => {
  const calls = new Map<Snowflake, Call>();
  const persons = new Map<Snowflake, PersonThere>();
  const outside = new Set<Snowflake>();
  let most = 1;

  const callParts = (channelId: Snowflake): CallParts => ({
    ...{ channelId, tally, most: () => most },
    maySpeak: (userId) => maySpeak(world, channelId, userId),
    mayHear: (userId) => mayHear(world, userId),
  });
  const comeIn = (call: Call, userId: Snowflake): void => {
    const person = personInCall({
      ...{ userId, channelId: call.channelId, ssrc: nextSsrc(), version: 1, delivery: call.delivery },
      now: () => world.clock.now(),
      hear: (heard) => hear(userId, heard),
    });
    persons.set(userId, { person, call, mouth: mouthOf(person) });
    call.enter(person);
    if (!outside.has(userId)) person.enterGroup();
    call.delivery.settle();
  };
  const followPeople = (call: Call): void => {
    const bots = [...call.people.keys()].filter((id) => !persons.has(id));
    const wanted = new Set(bots.length > 0 ? inRoom(world, call.channelId) : []);
    for (const [userId, { call: at }] of persons) {
      if (at !== call || wanted.has(userId)) continue;
      persons.delete(userId);
      call.leave(userId);
    }
    for (const userId of wanted) if (!persons.has(userId)) comeIn(call, userId);
    if (call.people.size > 0) return;
    call.delivery.stop();
    calls.delete(call.channelId);
  };
  return {
    in(channelId) {
      const call = calls.get(channelId) ?? startCall(callParts(channelId));
      calls.set(channelId, call);
      return call;
    },
    person: (userId) => persons.get(userId),
    follow: () => [...calls.values()].forEach(followPeople),
    settleAll(version) {
      most = version;
      for (const { delivery } of calls.values()) delivery.settle();
    },
    keepOutside: (userId) => void outside.add(userId),
    stop: () => {
      for (const { delivery } of calls.values()) delivery.stop();
    },
  };
};
