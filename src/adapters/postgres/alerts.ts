/** Keeps what staff must see, and everything that came to pass with it; what people wrote of it is sealed. */
import { ALERT_EVENTS, ALERT_KINDS, ALERT_READERS, type Alert, DISPOSITIONS } from '../../core/alert.ts';
import { type Confidential, confidential, open } from '../../core/confidential.ts';
import type { Alerts } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import { type Opener, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const people = { person: true, about: true } as const;
type AlertRow = Prisma.AlertGetPayload<{ include: typeof people }>;

const spot = (column: 'sealed_words' | 'sealed_note', rowId: string): Spot => ({
  ...{ table: 'alert', column, rowId },
});

/** Nothing, when it was of somebody who was erased: the alert itself stays. */
const unsealed = (
  opener: Opener | undefined,
  sealed: string | null,
  at: Spot,
): Confidential<string> | undefined =>
  opener && sealed !== null ? confidential(opener.unseal(sealed, at)) : undefined;

const endOf = (
  row: AlertRow,
  note: Confidential<string> | undefined,
): Pick<Alert, 'acknowledged' | 'closed'> => ({
  ...(row.acknowledgedAt && { acknowledged: { by: given(row.acknowledgedBy), at: row.acknowledgedAt } }),
  ...(row.closedAt && {
    closed: {
      by: given(row.closedBy),
      at: row.closedAt,
      disposition: oneOf(DISPOSITIONS, given(row.disposition)),
      ...(note && { note }),
    },
  }),
});

const wordsOf = (row: AlertRow, opener: Opener | undefined): Pick<Alert, 'words'> => {
  const words = unsealed(opener, row.sealedWords, spot('sealed_words', row.id));
  return words ? { words } : {};
};

const alertOf = (row: AlertRow, opener: Opener | undefined): Alert => ({
  id: row.id,
  cohortId: row.cohortId,
  kind: oneOf(ALERT_KINDS, row.kind),
  person: row.person,
  readers: oneOf(ALERT_READERS, row.readers),
  ...(row.about && { about: row.about }),
  ...wordsOf(row, opener),
  openedAt: row.openedAt,
  isOutside: row.isOutside,
  times: row.times,
  lastAt: row.lastAt,
  rung: row.rung,
  round: row.round,
  ...endOf(row, unsealed(opener, row.sealedNote, spot('sealed_note', row.id))),
  version: row.version,
});

/** What changes of an alert. */
const stateRow = ({ id, times, lastAt, rung, round, acknowledged, closed }: Alert, sealer: Sealer) => ({
  ...{ times, lastAt, rung, round },
  ...(acknowledged && { acknowledgedBy: acknowledged.by, acknowledgedAt: acknowledged.at }),
  ...(closed && {
    closedBy: closed.by,
    closedAt: closed.at,
    disposition: closed.disposition,
    ...(closed.note && { sealedNote: sealer.seal(open(closed.note), spot('sealed_note', id)) }),
  }),
});

const rowOf = (alert: Alert, sealer: Sealer) => ({
  id: alert.id,
  cohortId: alert.cohortId,
  kind: alert.kind,
  personId: alert.person.id,
  readers: alert.readers,
  aboutId: alert.about?.id ?? null,
  sealedWords: alert.words ? sealer.seal(open(alert.words), spot('sealed_words', alert.id)) : null,
  openedAt: alert.openedAt,
  isOutside: alert.isOutside,
  ...stateRow(alert, sealer),
  version: alert.version,
});

const found = async (
  tx: Transaction,
  sealing: Sealing,
  query: Pick<Prisma.AlertFindManyArgs, 'where' | 'orderBy' | 'take'>,
): Promise<readonly Alert[]> => {
  const rows = await tx.alert.findMany({ ...query, include: people });
  return sealing.openEach(rows, (row) => ofPerson(row.personId), alertOf);
};

/** Alerts, in a transaction. */
export const alertsIn = (tx: Transaction, sealing: Sealing): Alerts => ({
  byId: async (id) => (await found(tx, sealing, { where: { id } }))[0],
  unclosed: (cohortId) =>
    found(tx, sealing, {
      where: { cohortId, closedAt: null },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    }),
  ofCohort: (cohortId, most) =>
    found(tx, sealing, {
      where: { cohortId },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: most,
    }),
  unclosedOf: async (cohortId, personId, kind) =>
    (await found(tx, sealing, { where: { cohortId, personId, kind, closedAt: null } }))[0],
  add: async (alert) => {
    const seal = (sealer: Sealer) => rowOf(alert, sealer);
    await tx.alert.create({ data: await sealing.sealFor(ofPerson(alert.person.id), seal) });
  },
  save: async (alert) => {
    const { id, version, person } = alert;
    const state = await sealing.sealFor(ofPerson(person.id), (sealer) => stateRow(alert, sealer));
    const data = { ...state, version: version + 1 };
    expectWritten(await tx.alert.updateMany({ where: { id, version }, data }));
  },
  note: async (alertId, { kind, by = null, at }) => {
    await tx.alertEvent.create({ data: { alertId, kind, by, at } });
  },
  events: async (alertId) => {
    const rows = await tx.alertEvent.findMany({ where: { alertId }, orderBy: { id: 'asc' } });
    return rows.map(({ kind, by, at }) => ({
      ...{ kind: oneOf(ALERT_EVENTS, kind), at },
      ...(by !== null && { by }),
    }));
  },
  count: async (requestId, alertId) => {
    const data = { requestId, alertId };
    return (await tx.alertRequest.createMany({ data, skipDuplicates: true })).count === 1;
  },
  wasCounted: async (requestId) => (await tx.alertRequest.findUnique({ where: { requestId } })) !== null,
});
