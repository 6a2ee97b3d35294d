/** What a page shows of a story that is played before it, and what can be done about it; told by whoever plays one. */
import type { InForce } from '../rest/in-force.ts';
import type { Snowflake } from '../snowflake.ts';

/** How far a story is. */
export type StoryPhase =
  | 'starting'
  | 'ready'
  | 'playing'
  | 'paused'
  | 'waiting'
  | 'over'
  | 'stopped'
  | 'failed';

/** A line of what has been told so far. */
export type StoryLine = { readonly is: 'chapter' | 'line'; readonly text: string };

/** Who acts, how, and in which room, by its name. */
export type StoryAct = { readonly who: Snowflake; readonly what: string; readonly where: string | null };

/** A story as the page shows it. */
export type StoryState = {
  readonly is: StoryPhase;
  readonly lines: readonly StoryLine[];
  /** What was done last. */
  readonly doing: StoryAct | null;
  /** People whom somebody at the page plays: the story waits for what they do. */
  readonly byHand: readonly Snowflake[];
  /** What the story waits for. */
  readonly asks: StoryAct | null;
  readonly bot: 'up' | 'down';
};

/** Plays a story before the page: its acts by name, each with what the page says beside. */
export type Storyteller = {
  state(): StoryState;
  readonly acts: {
    readonly [act: string]: (told: { readonly [key: string]: unknown }) => void | Promise<void>;
  };
};

/** What the page is told of all that does not come by the gateway; `now` is that of the sandbox, in ms. */
export type PageState = {
  readonly now: number;
  readonly speaking: readonly Snowflake[];
  readonly closedDms: readonly Snowflake[];
  /** What goes wrong with the bot's calls. */
  readonly faults: InForce;
  /** The next event in a calendar. */
  readonly next: { readonly name: string; readonly at: number } | null;
  readonly story: StoryState | null;
};

/** Somebody as whom the page can be used; `part` is what they are in the story. */
export type PagePerson = {
  readonly id: Snowflake;
  readonly name: string;
  readonly token: string;
  readonly part: string;
};
