/** What people told in a session, by what each chose to let whom know. */
import type { NextMeeting, SharedArrival, SharedTakeAway } from '../core/board.ts';
import type { CheckIn } from '../core/check-in.ts';
import type { Roster } from '../core/cohort.ts';
import type { Reflection } from '../core/reflection.ts';
import type { World } from '../ports/world.ts';

/** A session with what people told in it; of those only whose signature holds. */
export interface Gathered {
  readonly signed: Roster;
  readonly checkIns: readonly CheckIn[];
  readonly reflections: readonly Reflection[];
}

/** Of one session. */
export const gathered = async (
  { store }: Pick<World, 'store'>,
  sessionId: string,
  signed: Roster,
): Promise<Gathered> => {
  const isSigned = ({ personId }: { personId: string }): boolean =>
    signed.some(({ person }) => person.id === personId);
  return {
    signed,
    checkIns: (await store.records.checkIns.ofSession(sessionId)).filter(isSigned),
    reflections: (await store.records.reflections.ofSession(sessionId)).filter(isSigned),
  };
};

/** Accounts of those who are signed, in the order of the ids. */
export const accountsOf = (signed: Roster, personIds: readonly string[]): readonly string[] =>
  personIds.flatMap((id) => signed.find(({ person }) => person.id === id)?.person.account ?? []);

/** Accounts of those who told. */
export const who = (signed: Roster, told: readonly { readonly personId: string }[]): readonly string[] =>
  accountsOf(
    signed,
    told.map(({ personId }) => personId),
  );

/** What readers may know of what each takes with them. */
export const takeAways = (
  { signed, reflections }: Gathered,
  readers: 'group' | 'staff',
): readonly SharedTakeAway[] =>
  reflections.flatMap((reflection) => {
    if (reflection.share === 'pass' || (readers === 'group' && reflection.share === 'staff')) return [];
    const { personId, takeAway } = reflection;
    return accountsOf(signed, [personId]).map((account) => ({ account, takeAway }));
  });

/** What those intend who chose to let staff know. */
export const intentionsFor = ({ signed, reflections }: Gathered): NextMeeting['intentions'] =>
  reflections.flatMap((reflection) => {
    if (reflection.share === 'pass' || reflection.intentionReaders !== 'staff') return [];
    const { personId, intention } = reflection;
    if (!intention) return [];
    return accountsOf(signed, [personId]).map((account) => ({ account, intention }));
  });

/** What readers may know of how each arrived. */
export const arrivals = (
  { signed, checkIns }: Gathered,
  readers: 'group' | 'staff',
): readonly SharedArrival[] =>
  checkIns.flatMap((checkIn) => {
    if (checkIn.share === 'pass' || (readers === 'group' && checkIn.share === 'staff')) return [];
    return who(signed, [checkIn]).map((account) => ({ account, arrival: checkIn.arrival }));
  });
