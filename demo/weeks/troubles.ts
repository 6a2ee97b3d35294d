/** What goes wrong while the weeks go by: processes are killed, sockets dropped, calls refused, and telephones closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Player } from '../troupe.ts';
import type { WeeksStage } from './stage.ts';

export interface Troubles {
  kills: number;
  drops: number;
  refusals: number;
}

/** The latest that a process is killed after time began to leap, in milliseconds. */
const LATEST = 250;

/** Which process is killed at the n-th kill. */
const victim = ({ players: { gateway, workers } }: WeeksStage, kill: number): Player =>
  [workers[0], gateway, workers[1]][kill % 3] ?? gateway;

/** Leaps to a moment, and kills a process on the way, at an instant that differs each time. */
export const goThroughDeath = async (stage: WeeksStage, to: Date, troubles: Troubles): Promise<void> => {
  const player = victim(stage, troubles.kills);
  const going = stage.clock.turnTo(to.getTime());
  await sleep((troubles.kills * 83) % LATEST);
  await player.kill();
  troubles.kills += 1;
  await going;
  await player.start(stage.now().getTime());
  await stage.settled();
};

/** Discord answers some of the next calls with 429, and cuts the socket. */
export const shakeDiscord = ({ sandbox }: WeeksStage, troubles: Troubles): void => {
  const who = sandbox.bot.id;
  sandbox.faults.rateLimit({ who, route: 'POST /channels/:channel/messages', times: 3, retryAfterMs: 200 });
  troubles.refusals += 3;
  sandbox.faults.drop(who, { resumable: troubles.drops % 2 === 0 });
  troubles.drops += 1;
};
