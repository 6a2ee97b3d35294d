/** How somebody arrives: two numbers, a few words from a list, and with whom it is shared. */
export const SHARES = ['group', 'staff', 'pass'] as const;
/** With the whole group, with staff only, or not at all: a pass tells nothing and costs nothing. */
export type Share = (typeof SHARES)[number];

export const MOOD_WORDS = [
  'calm',
  'hopeful',
  'content',
  'grateful',
  'proud',
  'curious',
  'connected',
  'rested',
  'tired',
  'numb',
  'restless',
  'anxious',
  'overwhelmed',
  'sad',
  'lonely',
  'angry',
  'ashamed',
  'stuck',
  'unsure',
  'in pain',
] as const;
export type MoodWord = (typeof MOOD_WORDS)[number];

export const GOAL_STATUSES = ['on-track', 'some-progress', 'stuck', 'not-started', 'no-goal'] as const;
export type GoalStatus = (typeof GOAL_STATUSES)[number];

/** The ends of the mood and energy scales, both included. */
export const SCALE = { least: 0, most: 10 } as const;
export const MOST_WORDS = 3;

export interface Arrival {
  readonly mood: number;
  readonly energy: number;
  readonly words: readonly MoodWord[];
  readonly goalStatus: GoalStatus;
}

/** A check-in as it is kept; one a person and session, and a later one takes the place of an earlier. */
export type CheckIn = {
  readonly id: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly at: Date;
} & ({ readonly share: 'pass' } | { readonly share: 'group' | 'staff'; readonly arrival: Arrival });
