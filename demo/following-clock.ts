/** A clock in a process of its own that goes where the leading one goes, as it is told. */
import { TestClock } from 'pg-boss';

/** What the leading process tells the others. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** After a leap, time runs this much further, so that what fell due on the way is done. */
const SETTLE = 1_000;

/** A pg-boss clock whose Postgres side is kept by the leading process alone. */
export class FollowingClock extends TestClock {
  #moving: Promise<void> = Promise.resolve();

  override async attach(): Promise<AsyncDisposable> {
    return { [Symbol.asyncDispose]: async () => undefined };
  }

  /** Goes to a moment that is not earlier than its own; one turn after the other. */
  follow({ now }: Turn): Promise<void> {
    this.#moving = this.#moving.then(async () => {
      if (now - this.now() > SETTLE) await this.setTime(now - SETTLE);
      if (now > this.now()) await this.tick(now - this.now());
    });
    return this.#moving;
  }
}
