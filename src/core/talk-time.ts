/**
 * How long each speaks in a call, by when their sound comes and goes; never what is said.
 *
 * - Words leave small pauses between them: stretches that are less than a second and a half apart are one stretch.
 * - A stretch that is shorter than three tenths of a second even so is a cough or a click, and no speaking.
 * - Of what is over only a sum is kept; the last stretch stands beside it, because it may still go on.
 */
import { type Agreement, allowedBy } from './agreement.ts';
import type { CohortSettings } from './cohort.ts';
import { between, DAY, earliest, latest, SECOND } from './time.ts';

/** A stretch in which somebody's sound arrived without a pause worth the name. */
export interface Utterance {
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
}

type Stretch = Pick<Utterance, 'from' | 'to'>;

/** How long somebody has spoken in a session. */
export interface Spoken {
  readonly personId: string;
  /** Milliseconds, without the last stretch. */
  readonly spokenMs: number;
  readonly last: Stretch;
}

/** A pause of so many milliseconds ends a stretch. */
export const PAUSE = 1.5 * SECOND;
/** Milliseconds from which on a stretch is speaking. */
export const LEAST = 0.3 * SECOND;
/** Milliseconds after which somebody has been heard: a sentence, and not only a yes. */
export const HEARD_FROM = 5 * SECOND;
/** How long after its session it is kept at most, in milliseconds. */
export const KEPT_FOR = 30 * DAY;
/** Per cent to which shares are rounded: what is finer tells nothing, and would change on the panel with every word. */
const ROUNDED_TO = 5;

/** Whether it is counted: the group wants it, Hearth is in its calls, and whatever anybody in the room signed tells of it. */
export const countsTalk = (
  { joinsCalls, talkTime }: Pick<CohortSettings, 'joinsCalls' | 'talkTime'>,
  holding: readonly Agreement[],
): boolean => joinsCalls && talkTime && allowedBy(holding, 'talk-time');

const lengthOf = ({ from, to }: Stretch): number => {
  const ms = between(from, to);
  return ms < LEAST ? 0 : ms;
};

/** Milliseconds that somebody has spoken. */
export const spokenMs = (spoken: Spoken): number => spoken.spokenMs + lengthOf(spoken.last);

/**
 * What is kept of somebody after one more stretch of theirs, in the order in which these end. One that has been told of
 * already changes nothing.
 */
export const addStretch = (before: Spoken | undefined, personId: string, { from, to }: Stretch): Spoken => {
  if (!before) return { personId, spokenMs: 0, last: { from, to } };
  const { last } = before;
  if (between(last.to, from) >= PAUSE) return { personId, spokenMs: spokenMs(before), last: { from, to } };
  // Told once more, after the stretch to which it belongs was over.
  if (between(to, last.from) >= PAUSE) return before;
  return { ...before, last: { from: earliest(last.from, from), to: latest(last.to, to) } };
};

/** Ids of those who have spoken for long enough to have been heard. */
export const heardInCall = (talk: readonly Spoken[]): ReadonlySet<string> =>
  new Set(talk.filter((each) => spokenMs(each) >= HEARD_FROM).map(({ personId }) => personId));

export interface Share {
  readonly personId: string;
  /** Of all that was spoken, in steps of five; together about a hundred. */
  readonly percent: number;
}

/** Each one's share, in the order given: no ranking. None while nobody has spoken. */
export const sharesOf = (talk: readonly Spoken[]): readonly Share[] => {
  const whole = talk.reduce((sum, each) => sum + spokenMs(each), 0);
  if (whole === 0) return [];
  return talk.map((each) => ({
    personId: each.personId,
    percent: Math.round((spokenMs(each) / whole) * (100 / ROUNDED_TO)) * ROUNDED_TO,
  }));
};
