/** A process of Hearth that is killed again and again, and is started again at once. */
import type { Player } from '../../../demo/troupe.ts';
import { until } from '../../adapters/jobs/until.ts';

export interface Quarry {
  /** As the clock knows it: nobody waits for one that is starting. */
  readonly player: Player;
  isUp(): boolean;
  untilUp(): Promise<void>;
  /** How often it was killed. */
  deaths(): number;
  /** How often it was killed before it was up. */
  deathsAtStart(): number;
  /** Kills it this very moment, and begins to start it again. */
  kill(): Promise<void>;
}

/** A leap; smaller steps are told to one that is starting when it is up, in milliseconds. */
const LEAP = 60_000;

/** A process that does not run yet. */
export const quarryOf = (player: Player, now: () => number): Quarry => {
  let [up, deaths, deathsAtStart, told] = [false, 0, 0, 0];
  let fault: unknown;
  const start = async (moment: number): Promise<void> => {
    const life = deaths;
    told = moment;
    await player.start(moment);
    if (life === deaths) up = true;
  };
  const turn = async (moment: number): Promise<void> => {
    if (up) return player.turn(moment);
    if (moment - told < LEAP) return;
    told = moment;
    void player.turn(moment);
  };
  return {
    player: { ...player, start, turn },
    isUp: () => up,
    deaths: () => deaths,
    deathsAtStart: () => deathsAtStart,
    untilUp: () =>
      until(
        `${player.name} is up`,
        () => {
          if (fault !== undefined) throw fault;
          if (up && !player.runs()) throw new Error(`${player.name} ended by itself: ${player.lastWords()}`);
          return up;
        },
        60,
      ),
    kill: async () => {
      if (!player.runs()) return;
      deaths += 1;
      if (!up) deathsAtStart += 1;
      up = false;
      await player.kill();
      start(now()).catch((cause: unknown) => {
        fault = cause;
      });
    },
  };
};
