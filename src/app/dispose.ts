/** Takes away every night what was kept long enough, and leaves a certificate of it in the audit. */
import { allow } from '../core/outcome.ts';
import type { DataClass, Due } from '../core/own-data.ts';
import type { World } from '../ports/world.ts';
import { daily } from './daily.ts';

/** How much of a class goes next. */
export interface DueClass extends Due {
  readonly is: DataClass;
  readonly days: number;
}

/** What would go now, in a server; nothing is changed. */
export const whatIsDue = (
  { store, retention, clock }: World,
  guildId: string,
): Promise<readonly DueClass[]> =>
  Promise.all(
    [...retention].map(async ([is, days]) => ({
      ...{ is, days },
      ...(await store.records.ownData.due(guildId, is, days, clock.now())),
    })),
  );

/** A class at a time: the certificate names the class and how much of it went, in the chain of each server. */
export const dispose = async ({ store, retention, clock }: World): Promise<void> => {
  for (const [is, days] of retention) {
    await store.change(async ({ ownData, audit }) => {
      for (const { count, ...where } of await ownData.dispose(is, days, clock.now())) {
        await audit.note({ action: 'remove', kind: 'retention', object: `${is}:${count}`, ...where });
      }
      return allow(null);
    });
  }
};

/** Once a day. */
export const nightly = (world: World): (() => Promise<void>) => daily(world, dispose);
