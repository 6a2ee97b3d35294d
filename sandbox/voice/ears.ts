/** Keeps who listens along with somebody: they are told what arrives as it does, for as long as that person is in voice. */
import type { Snowflake } from '../world.ts';
import type { Heard } from './person-in-call.ts';

/** Somebody who listens along. */
export type Ear = {
  hear(heard: Heard): void;
  /** The person has left voice, and nothing more is told. */
  gone(): void;
};

/** Everybody who listens along. */
export type Ears = {
  /** Begins to tell, until the given function is called; undefined with somebody who is in no room. */
  attach(userId: Snowflake, ear: Ear): (() => void) | undefined;
  /** Something arrived at somebody. */
  hear(userId: Snowflake, heard: Heard): void;
  /** People may have left. */
  follow(): void;
};

/** Nobody listens along yet. */
export const startEars = (isInVoice: (userId: Snowflake) => boolean): Ears => {
  const ears = new Map<Ear, Snowflake>();
  const of = (userId: Snowflake): readonly Ear[] =>
    [...ears].flatMap(([ear, whose]) => (whose === userId ? [ear] : []));
  return {
    attach(userId, ear) {
      if (!isInVoice(userId)) return undefined;
      ears.set(ear, userId);
      return () => void ears.delete(ear);
    },
    hear(userId, heard) {
      for (const ear of of(userId)) ear.hear(heard);
    },
    follow() {
      for (const [ear, userId] of [...ears]) {
        if (isInVoice(userId)) continue;
        ears.delete(ear);
        ear.gone();
      }
    },
  };
};
