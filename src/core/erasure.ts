/**
 * That something of somebody was erased, as it is kept outside of the database: a backup from before is erased again as
 * soon as it is restored. It names people by codes, which lead to them with the key and that backup alone.
 */
import type { Seal } from './audit.ts';
import type { DataClass } from './own-data.ts';
import { DAY, HOUR } from './time.ts';

export interface Erasure {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** Name of the key that the code and the seal are made with. */
  readonly key: string;
  readonly who: string;
  /** Missing for all of them. */
  readonly server?: string;
  /** Empty when the whole person was erased. */
  readonly classes: readonly string[];
  readonly mac: string;
}

/**
 * What else was taken back for good: an address of a calendar ended, a device was declared lost. That one was ended is not
 * that all of a class went, `calendar-address`; and records that are sealed with a word keep it.
 */
export const TAKEN_BACK = ['calendar-link', 'device'] as const;
export type TakenBack = (typeof TAKEN_BACK)[number];

/** What is erased, before it bears a code. */
export interface Erasing {
  readonly id: string;
  readonly at: Date;
  readonly personId: string;
  readonly guildId?: string;
  /** The whole person, when missing. */
  readonly classes?: readonly (DataClass | TakenBack)[];
}

/** The code of a person; nothing without a key of that name. */
export const erasedCode = (seal: Seal, key: string, personId: string): string | undefined =>
  seal(key, `erased ${personId}`);

const told = ({ id, at, key, who, server, classes }: Omit<Erasure, 'mac'>): string =>
  JSON.stringify({ erasure: id, at, key, who, server: server ?? null, classes });

/** Seals it with the key of that name; throws without the key. */
export const sealedErasure = (
  { id, at, personId, guildId, classes = [] }: Erasing,
  key: string,
  seal: Seal,
): Erasure => {
  const who = erasedCode(seal, key, personId);
  if (who === undefined) throw new Error(`there is no key called "${key}" to seal an erasure with`);
  const facts = {
    id,
    at: at.toISOString(),
    key,
    who,
    ...(guildId !== undefined && { server: guildId }),
    classes,
  };
  return { ...facts, mac: seal(key, told(facts)) ?? '' };
};

/** Whether Hearth wrote it; undefined without the key that tells. */
export const isGenuineErasure = (erasure: Erasure, seal: Seal): boolean | undefined => {
  const mac = seal(erasure.key, told(erasure));
  return mac === undefined ? undefined : mac === erasure.mac;
};

/** How many erasures there were by then: a record that holds fewer has lost some, and one that ends before is not the newest. */
export interface Tally {
  readonly erasures: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly key: string;
  readonly mac: string;
}

/** A line of the record. */
export type RecordLine = Erasure | Tally;

/** Written at least so often, also when nothing was erased. */
export const TALLIED_EVERY = 6 * HOUR;

/** A record that ends so much earlier than something else of Hearth's was written is not whole. */
export const TALLY_SLACK = DAY;

/** Whether a line counts. */
export const isTally = (line: RecordLine): line is Tally => 'erasures' in line;

const talliedText = ({ erasures, at, key }: Omit<Tally, 'mac'>): string =>
  JSON.stringify({ tally: erasures, at, key });

/** Seals a count with the key of that name. */
export const sealedTally = (erasures: number, at: Date, key: string, seal: Seal): Tally => {
  const facts = { erasures, at: at.toISOString(), key };
  return { ...facts, mac: seal(key, talliedText(facts)) ?? '' };
};

/** Whether Hearth wrote it; undefined without the key that tells. */
export const isGenuineTally = (tally: Tally, seal: Seal): boolean | undefined => {
  const mac = seal(tally.key, talliedText(tally));
  return mac === undefined ? undefined : mac === tally.mac;
};
