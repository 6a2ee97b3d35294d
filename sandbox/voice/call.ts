/** A call in one channel: who can hear and be heard in it, and whose frames go to whom. */
import type { Snowflake } from '../world.ts';
import { type Delivery, startDelivery } from './delivery.ts';
import { OP, type Participant } from './participant.ts';
import type { Frame } from './rtp.ts';
import type { Tally } from './tally.ts';

/** A call; it is over when nobody is in it. */
export type Call = {
  readonly channelId: Snowflake;
  readonly people: ReadonlyMap<Snowflake, Participant>;
  readonly delivery: Delivery;
  /** Somebody has come, and everybody is told. */
  enter(newcomer: Participant): void;
  leave(userId: Snowflake): void;
  /** Whether somebody's sound is carried at all. */
  maySpeak(userId: Snowflake): boolean;
  /** Tells the others that somebody begins or ends to speak. */
  announceSpeaking(from: Participant, speaking: number): void;
  forward(from: Participant, frame: Frame): void;
};

/** What a call asks of the world. */
export type CallParts = {
  readonly channelId: Snowflake;
  readonly tally: Pick<Tally, 'dropped' | 'carried'>;
  /** The highest version of DAVE at present. */
  most(): number;
  /** Whether somebody's sound is carried at all. */
  maySpeak(userId: Snowflake): boolean;
  /** Whether anything is carried to somebody. */
  mayHear(userId: Snowflake): boolean;
};

const speakingOf = ({ userId, ssrc }: Participant, speaking: number) => ({ user_id: userId, ssrc, speaking });

/** Begins with nobody. */
export const startCall = ({ channelId, tally, most, maySpeak, mayHear }: CallParts): Call => {
  const people = new Map<Snowflake, Participant>();
  const delivery = startDelivery({ channelId, people, most });
  const others = (userId: Snowflake): readonly Participant[] =>
    [...people.values()].filter((person) => person.userId !== userId);
  return {
    channelId,
    people,
    delivery,
    maySpeak,
    enter(newcomer) {
      const before = others(newcomer.userId);
      people.set(newcomer.userId, newcomer);
      for (const person of before) person.json(OP.clientsConnect, { user_ids: [newcomer.userId] });
      if (before.length === 0) return;
      newcomer.json(OP.clientsConnect, { user_ids: before.map(({ userId }) => userId) });
      for (const person of before) newcomer.json(OP.speaking, speakingOf(person, 0));
    },
    leave(userId) {
      if (!people.delete(userId)) return;
      for (const person of people.values()) person.json(OP.clientDisconnect, { user_id: userId });
      delivery.left(userId);
    },
    announceSpeaking(from, speaking) {
      for (const person of others(from.userId)) person.json(OP.speaking, speakingOf(from, speaking));
    },
    forward(from, frame) {
      if (!maySpeak(from.userId)) {
        tally.dropped(from.userId, 'may-not-speak');
        return;
      }
      tally.carried(from.userId);
      for (const person of others(from.userId))
        if (mayHear(person.userId)) person.media(from, frame);
        else tally.dropped(person.userId, 'may-not-hear');
    },
  };
};
