/** The classes of what is kept of a person: for how long, and what of it goes when they ask for that. */
import type { Confidential } from './confidential.ts';

export const DATA_CLASSES = [
  'check-in',
  'reflection',
  'intention',
  'reason',
  'place',
  'turn',
  'talk-time',
  'microphone-test',
  'preference',
  'country',
  'calendar-address',
  'page-address',
  'notice',
  'membership',
  'agreement',
  'meeting',
  'attendance',
  'goal',
  'task',
  'alert',
  'moderation',
  'emergency-access',
  'hold',
  'audit',
] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

interface Rule {
  /** Goes when the person asks for it; else it stays, for a reason that they are told. */
  readonly erasable: boolean;
  /** Goes by itself after so many days, where nothing else is configured; missing for what only goes otherwise. */
  readonly days?: number;
}

/** Values go after a year, free text that nobody took into a record after a month. */
const RULES: Readonly<Record<DataClass, Rule>> = {
  'check-in': { erasable: true, days: 365 },
  reflection: { erasable: true, days: 365 },
  intention: { erasable: true, days: 30 },
  reason: { erasable: true, days: 30 },
  // Long enough that a group that meets once a week need not write it again.
  place: { erasable: true, days: 7 },
  turn: { erasable: true, days: 365 },
  'talk-time': { erasable: true, days: 30 },
  'microphone-test': { erasable: true, days: 365 },
  preference: { erasable: true },
  country: { erasable: true },
  'calendar-address': { erasable: true, days: 30 },
  'page-address': { erasable: false, days: 1 },
  notice: { erasable: false, days: 365 },
  membership: { erasable: false },
  agreement: { erasable: false },
  meeting: { erasable: false },
  attendance: { erasable: false },
  goal: { erasable: false },
  task: { erasable: false },
  alert: { erasable: false },
  moderation: { erasable: false },
  'emergency-access': { erasable: false },
  hold: { erasable: false },
  audit: { erasable: false },
};

/** Goes when the person asks for it. */
export const ERASABLE: readonly DataClass[] = DATA_CLASSES.filter((each) => RULES[each].erasable);

/** After how many days each class goes by itself; what is not in it does not. */
export type Retention = ReadonlyMap<DataClass, number>;

/** Days for which anything may be kept: up to ten years. */
export const RETENTION_DAYS = { fewest: 1, most: 3_650 } as const;

const defaultDays = (each: DataClass): readonly (readonly [DataClass, number])[] => {
  const { days } = RULES[each];
  return days === undefined ? [] : [[each, days]];
};

/** Where nothing is configured. */
export const USUAL_RETENTION: Retention = new Map(DATA_CLASSES.flatMap(defaultDays));

/** Of no group, or told in the agreement for how long it is kept. */
const NOT_FOR_GROUPS: readonly DataClass[] = ['calendar-address', 'talk-time'];

/** Goes by itself, after days that a group may have of its own. */
export const OF_GROUPS: readonly DataClass[] = [...USUAL_RETENTION.keys()].filter(
  (each) => !NOT_FOR_GROUPS.includes(each),
);

/** For how long a cohort keeps a class, where that is other than usual. */
export interface CohortDays {
  readonly cohortId: string;
  readonly is: DataClass;
  readonly days: number;
}

/** The same, as its members are told it. */
export interface GroupDays {
  readonly group: string;
  readonly is: DataClass;
  readonly days: number;
}

/** The usual, with other days for some classes; undefined when one of them does not go by itself, or is none. */
export const retentionWith = (wished: ReadonlyMap<string, number>): Retention | undefined => {
  const days = new Map(USUAL_RETENTION);
  for (const [name, wish] of wished) {
    const found = [...days.keys()].find((each) => each === name);
    if (!found || wish < RETENTION_DAYS.fewest || wish > RETENTION_DAYS.most) return undefined;
    days.set(found, wish);
  }
  return days;
};

/** A value of a record: what the person wrote, or what was written about them, is confidential. */
export type OwnFact = string | number | boolean | null | readonly string[] | Confidential<unknown>;

/** Something that is kept of a person. */
export interface OwnRecord {
  readonly is: DataClass;
  /** Name of the group that it belongs to. */
  readonly group?: string;
  readonly facts: Readonly<Record<string, OwnFact>>;
}

/** What ties somebody to a programme, as long as they cannot be erased whole. */
export interface Ties {
  /** On a roster, or waiting for a place. */
  readonly takesPart: boolean;
  /** Leads, supervises, treats, is on call, or has something to look after. */
  readonly isStaff: boolean;
  /** Something that is kept of them must be kept. */
  readonly isHeld: boolean;
}

/** Ids of the cohorts in which ties were ended, and of those that the person leads by name: others must be named there. */
export interface EndedTies {
  readonly cohortIds: readonly string[];
  readonly led: readonly string[];
}

/** How much was kept long enough, and goes, or is held. */
export interface Due {
  readonly count: number;
  readonly held: number;
}

/** What went of a class, in one group; of no group, when missing. */
export interface Gone {
  readonly guildId?: string;
  readonly cohortId?: string;
  readonly count: number;
}

/** What is kept of a class, and what becomes of it. */
export interface Keeping {
  readonly is: DataClass;
  readonly count: number;
  readonly erasable: boolean;
  readonly days?: number;
  /** Of the groups in which it is other than that. */
  readonly own: readonly GroupDays[];
}

/** All that is kept, class by class; classes of which there is nothing are left out. */
export const keepingOf = (
  counts: ReadonlyMap<DataClass, number>,
  retention: Retention,
  groups: readonly GroupDays[],
): readonly Keeping[] =>
  DATA_CLASSES.flatMap((is) => {
    const [count = 0, days] = [counts.get(is), retention.get(is)];
    const { erasable } = RULES[is];
    const own = groups.filter((each) => each.is === is);
    return count === 0 ? [] : [{ is, count, erasable, own, ...(days !== undefined && { days }) }];
  });
