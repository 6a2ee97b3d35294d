/** What the group is told when somebody leaves it: nothing, or a line that its facilitators chose. */

/** `unnamed` says of nobody who it was. */
export const FAREWELLS = ['none', 'unnamed', 'left', 'completed'] as const;
export type Farewell = (typeof FAREWELLS)[number];

export interface Goodbye {
  /** Whether they get a kind word by direct message. */
  readonly direct: boolean;
  readonly line: Farewell;
}

export const NO_GOODBYE: Goodbye = { direct: false, line: 'none' };
