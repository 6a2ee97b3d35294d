/** Keeps how people left: sealed, and one a person and session. */
import { SHARES } from '../../core/check-in.ts';
import { confidential, open } from '../../core/confidential.ts';
import { INTENTION_READERS, type Reflection, TAKE_AWAYS } from '../../core/reflection.ts';
import type { Reflections } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import type { Reflection as ReflectionRow } from './generated/client.ts';
import { type Opener, type Owner, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const takeAwaySpot = (rowId: string): Spot => ({ table: 'reflection', column: 'sealed_take_away', rowId });
const intentionSpot = (rowId: string): Spot => ({ table: 'reflection', column: 'sealed_intention', rowId });

const ownerOf = ({ personId }: { readonly personId: string }): Owner => ofPerson(personId);

const reflectionOf = (row: ReflectionRow, opener: Opener): Reflection => {
  const { id, sessionId, personId, at, sealedTakeAway, sealedIntention } = row;
  const share = oneOf(SHARES, row.share);
  if (share === 'pass') return { id, sessionId, personId, at, share };
  const takeAway = oneOf(TAKE_AWAYS, opener.unseal(given(sealedTakeAway), takeAwaySpot(id)));
  if (sealedIntention === null) return { id, sessionId, personId, at, share, takeAway };
  const intention = confidential(opener.unseal(sealedIntention, intentionSpot(id)));
  const intentionReaders = oneOf(INTENTION_READERS, row.intentionReaders);
  return { id, sessionId, personId, at, share, takeAway, intention, intentionReaders };
};

const saidIn = (reflection: Reflection, sealer: Sealer) => {
  const nothing = { sealedTakeAway: null, sealedIntention: null, intentionReaders: 'only-me' };
  if (reflection.share === 'pass') return nothing;
  const { id, takeAway, intention, intentionReaders = 'only-me' } = reflection;
  return {
    sealedTakeAway: sealer.seal(takeAway, takeAwaySpot(id)),
    intentionReaders: intention ? intentionReaders : 'only-me',
    sealedIntention: intention ? sealer.seal(open(intention), intentionSpot(id)) : null,
  };
};

const rowOf = (reflection: Reflection, sealer: Sealer): ReflectionRow => ({
  id: reflection.id,
  sessionId: reflection.sessionId,
  personId: reflection.personId,
  at: reflection.at,
  share: reflection.share,
  ...saidIn(reflection, sealer),
});

/** Reflections, in a transaction. */
export const reflectionsIn = (tx: Transaction, sealing: Sealing): Reflections => ({
  ofSession: async (sessionId) => {
    const rows = await tx.reflection.findMany({
      where: { sessionId },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return sealing.openAll(rows, ownerOf, reflectionOf);
  },
  lastOf: async (cohortId, personId, before) => {
    const row = await tx.reflection.findFirst({
      where: { personId, session: { cohortId, number: { lt: before } } },
      orderBy: { session: { number: 'desc' } },
    });
    const [last] = await sealing.openAll([row], ownerOf, reflectionOf);
    return last;
  },
  put: async (reflection) => {
    const { sessionId, personId } = reflection;
    const row = await sealing.sealFor(ownerOf(reflection), (sealer) => rowOf(reflection, sealer));
    await tx.reflection.upsert({
      where: { sessionId_personId: { sessionId, personId } },
      create: row,
      update: row,
    });
  },
});
