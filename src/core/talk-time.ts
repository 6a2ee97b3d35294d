/** How long each speaks in a call, by when their sound comes and goes; never what is said. */

/** A stretch in which somebody's sound arrived without a pause worth the name. */
export interface Utterance {
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
}
