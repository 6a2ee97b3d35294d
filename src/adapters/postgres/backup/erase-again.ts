/** Erases once more what was erased after a backup was made, before anybody can read it. */
import { type Erasure, erasedCode, type TakenBack } from '../../../core/erasure.ts';
import { DATA_CLASSES, ERASABLE } from '../../../core/own-data.ts';
import type { CalendarFeeds, DataKeys, OwnData, SecondFactors } from '../../../ports/store.ts';
import type { Doing } from '../audit/purpose.ts';
import { calendarFeedsIn } from '../calendar-feeds.ts';
import { dataKeysIn } from '../data-keys.ts';
import { type ErasureKeys, erasuresIn, putErasure } from '../erasures.ts';
import type { MasterSealing } from '../master-sealing.ts';
import { ownDataIn } from '../own-data/own-data.ts';
import { sealingIn } from '../sealing.ts';
import { secondFactorsIn } from '../second-factors.ts';
import type { Transaction } from '../transaction.ts';

/** What was done of it. */
export interface ErasedAgain {
  /** Erasures that were done again, with those of people whom the backup does not know. */
  readonly erasures: number;
  readonly doings: readonly Doing[];
  /** Ids of groups that somebody leads by the backup who was erased since. */
  readonly led: readonly string[];
}

interface Eraser {
  readonly ownData: OwnData;
  readonly dataKeys: DataKeys;
  readonly feeds: CalendarFeeds;
  readonly factors: SecondFactors;
}

/** They had left everything before they were erased, and are no part of anything now either. */
const eraseWhole = async ({ ownData, dataKeys }: Eraser, personId: string, at: Date) => {
  const { led } = await ownData.endTies(personId, at);
  for (const is of ERASABLE) await ownData.erase({ personId }, is);
  await ownData.unname(personId);
  await dataKeys.destroy(personId, at);
  return { led, doing: { action: 'remove', kind: 'keys', personId } as const };
};

/** An address of a calendar, or a device, that the backup knows and that was taken back since. */
const takeBack = async (
  { feeds, factors }: Eraser,
  personId: string,
  { classes, server, at }: Erasure,
): Promise<readonly Doing[]> => {
  const doings: Doing[] = [];
  if (server !== undefined && classes.includes('calendar-link' satisfies TakenBack)) {
    await feeds.revoke(personId, server, new Date(at));
    doings.push({ action: 'permission', kind: 'calendar-feed', personId, guildId: server });
  }
  if (classes.includes('device' satisfies TakenBack)) {
    await factors.forget(personId);
    doings.push({ action: 'permission', kind: 'pages', personId });
  }
  return doings;
};

const eraseClasses = async (
  { ownData }: Eraser,
  personId: string,
  { classes, server }: Erasure,
): Promise<readonly Doing[]> => {
  const whose = { personId, ...(server !== undefined && { guildId: server }) };
  const doings: Doing[] = [];
  for (const is of DATA_CLASSES.filter((each) => classes.includes(each))) {
    const count = await ownData.erase(whose, is);
    doings.push({ action: 'remove', kind: 'own-data', ...whose, object: `${is}:${count}` });
  }
  return doings;
};

/** Ids of the people by the codes that a key makes of them. */
const peopleByCode = (ids: readonly string[], { seal }: ErasureKeys) => {
  const made = new Map<string, ReadonlyMap<string, string>>();
  return ({ key, who }: Erasure): string | undefined => {
    const codes = made.get(key) ?? new Map(ids.map((id) => [erasedCode(seal, key, id) ?? '', id]));
    made.set(key, codes);
    return codes.get(who);
  };
};

/** Those of which the database, as it was restored, does not know. */
export const unknownErasures = async (
  tx: Transaction,
  keys: ErasureKeys,
  all: readonly Erasure[],
): Promise<readonly Erasure[]> => {
  const known = new Set((await erasuresIn(tx, keys).since(new Date(0))).map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
};

/** In the order in which it was done. */
export const eraseAgain = async (
  tx: Transaction,
  master: MasterSealing,
  keys: ErasureKeys,
  erasures: readonly Erasure[],
): Promise<ErasedAgain> => {
  const sealing = sealingIn(tx, master);
  const eraser = {
    ...{ ownData: ownDataIn(tx, sealing), dataKeys: dataKeysIn(tx) },
    ...{ feeds: calendarFeedsIn(tx), factors: secondFactorsIn(tx, sealing) },
  };
  const people = await tx.person.findMany({ select: { id: true } });
  const personOf = peopleByCode(
    people.map(({ id }) => id),
    keys,
  );
  const doings: Doing[] = [];
  const led: string[] = [];
  for (const erasure of erasures) {
    const personId = personOf(erasure);
    if (personId !== undefined && erasure.classes.length > 0) {
      doings.push(...(await eraseClasses(eraser, personId, erasure)));
      doings.push(...(await takeBack(eraser, personId, erasure)));
    }
    if (personId !== undefined && erasure.classes.length === 0) {
      const whole = await eraseWhole(eraser, personId, new Date(erasure.at));
      led.push(...whole.led);
      doings.push(whole.doing);
    }
    await putErasure(tx, erasure);
  }
  return { erasures: erasures.length, doings, led };
};
