/**
 * Delivers what the members of a call's encrypted group (DAVE, by MLS) say to each other, and decides what holds: who is
 * proposed, which commit is the first, and when a change is executed. It knows no key of the group.
 */
import type { Snowflake } from '../world.ts';
import { makeExternalSender } from './external-sender.ts';
import { committed, dueFor, type Group, membersOf, NOBODY, type Proposal, withoutAdding } from './group.ts';
import { type CommitWelcome, readCommitWelcome, readKeyPackage, referenceTo } from './mls-messages.ts';
import { u8, u16, vector } from './mls-wire.ts';
import { OP, type Participant } from './participant.ts';
import { startTransitions } from './transitions.ts';

/** The version of DAVE that there is. */
export const DAVE = 1;

/** What the members of a call say of its encryption. */
export type Delivery = {
  /** What all can speak, which is what a newcomer is told. */
  negotiated(): number;
  /** Somebody has come who can hear by now, or what can be spoken has changed. */
  settle(): void;
  left(userId: Snowflake): void;
  keyPackage(from: Participant, message: Buffer): void;
  commitWelcome(from: Participant, payload: Buffer): void;
  ready(from: Participant, transition: number): void;
  invalid(from: Participant): void;
  stop(): void;
};

/** What a delivery works with: the call's id, who can hear in it, and the highest version of the server. */
export type DeliveryParts = {
  readonly channelId: Snowflake;
  readonly people: ReadonlyMap<Snowflake, Participant>;
  most(): number;
};

const APPEND = u8(0);
const REVOKE = u8(1);

const takesUp = ({ references }: CommitWelcome, due: readonly Proposal[]): boolean => {
  const taken = new Set(references);
  return taken.size === due.length && due.every(({ message }) => taken.has(referenceTo(message)));
};

const readable = (payload: Buffer): CommitWelcome | undefined => {
  try {
    return readCommitWelcome(payload);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Begins with a call that is not encrypted end to end. */
export const startDelivery = ({ channelId, people, most }: DeliveryParts): Delivery => {
  const sender = makeExternalSender();
  const groupId = BigInt(channelId);
  /** Who knows the sender: told a second time, a client in a group would refuse it. */
  const introduced = new Set<Snowflake>();
  /** Who could not follow, and is as good as outside until they are welcomed again. */
  const astray = new Set<Snowflake>();
  let version = 0;
  let group: Group = NOBODY;

  const everyone = (): readonly Participant[] => [...people.values()];
  const able = (): readonly Participant[] =>
    everyone().filter((person) => person.version > 0 && person.isReady());
  const transitions = startTransitions((id) => {
    for (const person of able()) person.json(OP.executeTransition, { transition_id: id });
  });
  const when = () => ({ groupId, epoch: group.epoch });

  const propose = (person: Participant | undefined, proposals: readonly Proposal[]): void => {
    if (proposals.length === 0) return;
    const messages = proposals.map(({ message }) => message);
    person?.binary(OP.proposals, Buffer.concat([APPEND, vector(...messages)]));
  };
  /** Who was told what is proposed: before there is a group, those who are proposed themselves. */
  const told = (): readonly Snowflake[] =>
    group.established
      ? membersOf(group).filter((id) => !astray.has(id))
      : group.proposals.map(({ userId }) => userId);
  /** Takes back that somebody is to be let in, as long as nobody has done it. */
  const withdraw = (userId: Snowflake): void => {
    const { group: without, withdrawn } = withoutAdding(group, userId);
    if (withdrawn.length === 0) return;
    group = without;
    const names = withdrawn.map(({ message }) => vector(Buffer.from(referenceTo(message), 'hex')));
    for (const id of told()) people.get(id)?.binary(OP.proposals, Buffer.concat([REVOKE, vector(...names)]));
  };
  const proposeToGroup = (proposal: Proposal): void => {
    group = { ...group, proposals: [...group.proposals, proposal] };
    for (const id of told()) propose(people.get(id), [proposal]);
  };
  const introduce = (person: Participant): void => {
    if (person.version === 0 || introduced.has(person.userId)) return;
    introduced.add(person.userId);
    person.binary(OP.externalSender, sender.introduction);
  };
  /** A session first, and then the sender: a client without a session has nobody to introduce it to. */
  const prepareEpoch = (person: Participant): void => {
    if (introduced.has(person.userId)) person.json(OP.prepareEpoch, { protocol_version: version, epoch: 1 });
    introduce(person);
  };
  const beginAnew = (): void => {
    group = NOBODY;
    astray.clear();
  };
  const holdAtOnce = (person: Participant): void =>
    person.json(OP.prepareTransition, { protocol_version: version, transition_id: 0 });
  const downgrade = (): void => {
    beginAnew();
    const id = transitions.begin(able().map(({ userId }) => userId));
    for (const person of able())
      person.json(OP.prepareTransition, { protocol_version: 0, transition_id: id });
  };
  const upgrade = (): void => {
    beginAnew();
    const [first, ...others] = able();
    const staysAlone = first && others.length === 0 && introduced.has(first.userId);
    for (const person of able()) prepareEpoch(person);
    if (staysAlone) holdAtOnce(first);
  };
  /** Who is left alone begins a group of their own. */
  const leaveAlone = (person: Participant): void => {
    beginAnew();
    prepareEpoch(person);
    holdAtOnce(person);
  };
  const negotiated = (): number => Math.min(most(), ...everyone().map((person) => person.version));
  /** Whoever left between being proposed and being let in has never been there. */
  const putOutAbsent = (): void => {
    for (const id of membersOf(group)) if (!people.has(id)) removeFromGroup(id);
  };
  const removeFromGroup = (userId: Snowflake): void => {
    const leaf = group.leaves.indexOf(userId);
    if (group.established && leaf >= 0)
      proposeToGroup({ kind: 'remove', userId, leaf, message: sender.remove(when(), leaf) });
  };
  const settle = (): void => {
    const before = version;
    version = people.size === 0 ? 0 : negotiated();
    if (version === before) for (const person of version > 0 ? able() : []) introduce(person);
    else if (version === 0) downgrade();
    else upgrade();
  };

  const addBeforeGroup = (from: Participant, proposal: Proposal, isAnother: boolean): void => {
    const others = group.proposals;
    group = { ...group, proposals: [...others, proposal] };
    if (!isAnother) propose(from, others);
    for (const { userId } of others) propose(people.get(userId), [proposal]);
  };

  /** Tells who was in it of the commit, and welcomes who is new. */
  const announce = (
    before: Group,
    taken: readonly Proposal[],
    { commit, welcome }: CommitWelcome,
    by: Snowflake,
  ): void => {
    const put = new Set(taken.filter(({ kind }) => kind === 'remove').map(({ userId }) => userId));
    const welcomed = taken.filter(({ kind }) => kind === 'add').map(({ userId }) => userId);
    const stayed = (before.established ? membersOf(before) : [by]).filter(
      (id) => !put.has(id) && !astray.has(id),
    );
    for (const id of welcomed) astray.delete(id);
    const concerned = [...new Set([...stayed, ...welcomed])].filter((id) => people.has(id));
    // The first group of a call holds at once.
    const transition = before.established ? transitions.begin(concerned) : 0;
    for (const id of stayed)
      people.get(id)?.binary(OP.announceCommit, Buffer.concat([u16(transition), commit]));
    for (const id of welcomed) people.get(id)?.binary(OP.welcome, Buffer.concat([u16(transition), welcome]));
  };

  return {
    negotiated,
    settle,
    left(userId) {
      introduced.delete(userId);
      astray.delete(userId);
      transitions.forget(userId);
      const [last, ...more] = everyone();
      if (!last) {
        version = 0;
        beginAnew();
      } else if (negotiated() !== version) settle();
      else if (version > 0 && more.length === 0) leaveAlone(last);
      else {
        withdraw(userId);
        removeFromGroup(userId);
      }
    },
    keyPackage(from, message) {
      const { userId, bytes } = readKeyPackage(message);
      if (version === 0 || userId !== from.userId) return;
      // Of two packages the later one counts; what was proposed beside them is known to their owner already.
      const isAnother = told().includes(userId);
      withdraw(userId);
      const proposal: Proposal = { kind: 'add', userId, message: sender.add(when(), bytes) };
      if (group.established) proposeToGroup(proposal);
      else addBeforeGroup(from, proposal, isAnother);
    },
    commitWelcome(from, payload) {
      const message = readable(payload);
      if (!message || message.groupId !== groupId || message.epoch !== group.epoch) return;
      const taken = dueFor(group, from.userId);
      // Whoever had not heard of everything commits again when they have.
      if (!takesUp(message, taken)) return;
      const before = group;
      group = committed(group, from.userId, taken);
      announce(before, taken, message, from.userId);
      putOutAbsent();
    },
    ready: (from, transition) => transitions.ready(from.userId, transition),
    invalid(from) {
      astray.add(from.userId);
      removeFromGroup(from.userId);
    },
    stop: transitions.stop,
  };
};
