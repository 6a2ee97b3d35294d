/** The topics of a programme, and which of them comes next. */
import type { GroupType } from './agenda.ts';

export interface Topic {
  readonly id: string;
  readonly groupType: GroupType;
  readonly title: string;
  readonly aim: string;
  readonly exercise: string;
  readonly prompts: readonly string[];
  /** How much of oneself it asks for: 1 little … 3 much. */
  readonly disclosure: 1 | 2 | 3;
  /** That it needs, from its introduction to the end of its exercise. */
  readonly minutes: number;
}

/** Number of the first session in which a topic may ask for much of oneself: trust comes before. */
export const DEEP_FROM_SESSION = 3;

/**
 * The first topic of the group's type that was used the fewest times: what is new comes first, and when all were used,
 * they start over. Undefined when the programme has no topic that suits.
 */
export const nextTopic = (
  topics: readonly Topic[],
  group: {
    readonly groupType: GroupType;
    /** Ids of the topics of earlier sessions, one for each session. */
    readonly used: readonly string[];
    /** Number of the session that is about to open. */
    readonly number: number;
  },
): Topic | undefined => {
  const uses = ({ id }: Topic): number => group.used.filter((used) => used === id).length;
  const [next] = topics
    .filter(({ groupType }) => groupType === group.groupType)
    .filter(({ disclosure }) => disclosure < 3 || group.number >= DEEP_FROM_SESSION)
    .toSorted((a, b) => uses(a) - uses(b));
  return next;
};
