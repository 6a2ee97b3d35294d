/** Keeps what staff must see, and everything that came to pass with it; what people wrote of it is sealed. */
import { ALERT_EVENTS, ALERT_KINDS, ALERT_READERS, type Alert, DISPOSITIONS } from '../../core/alert.ts';
import { type Confidential, confidential, open } from '../../core/confidential.ts';
import type { Alerts } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const people = { person: true, about: true } as const;
type AlertRow = Prisma.AlertGetPayload<{ include: typeof people }>;

const spot = (column: 'sealed_words' | 'sealed_note', rowId: string): Spot => ({
  ...{ table: 'alert', column, rowId },
});

const unsealed = (sealing: Sealing, sealed: string, at: Spot): Confidential<string> =>
  confidential(sealing.unseal(sealed, at));

const endOf = (sealing: Sealing, row: AlertRow): Pick<Alert, 'acknowledged' | 'closed'> => ({
  ...(row.acknowledgedAt && { acknowledged: { by: given(row.acknowledgedBy), at: row.acknowledgedAt } }),
  ...(row.closedAt && {
    closed: {
      by: given(row.closedBy),
      at: row.closedAt,
      disposition: oneOf(DISPOSITIONS, given(row.disposition)),
      ...(row.sealedNote !== null && {
        note: unsealed(sealing, row.sealedNote, spot('sealed_note', row.id)),
      }),
    },
  }),
});

const alertOf = (sealing: Sealing, row: AlertRow): Alert => ({
  id: row.id,
  cohortId: row.cohortId,
  kind: oneOf(ALERT_KINDS, row.kind),
  person: row.person,
  readers: oneOf(ALERT_READERS, row.readers),
  ...(row.about && { about: row.about }),
  ...(row.sealedWords !== null && {
    words: unsealed(sealing, row.sealedWords, spot('sealed_words', row.id)),
  }),
  openedAt: row.openedAt,
  isOutside: row.isOutside,
  times: row.times,
  lastAt: row.lastAt,
  rung: row.rung,
  round: row.round,
  ...endOf(sealing, row),
  version: row.version,
});

/** What changes of an alert. */
const stateRow = (sealing: Sealing, { id, times, lastAt, rung, round, acknowledged, closed }: Alert) => ({
  ...{ times, lastAt, rung, round },
  ...(acknowledged && { acknowledgedBy: acknowledged.by, acknowledgedAt: acknowledged.at }),
  ...(closed && {
    closedBy: closed.by,
    closedAt: closed.at,
    disposition: closed.disposition,
    ...(closed.note && { sealedNote: sealing.seal(open(closed.note), spot('sealed_note', id)) }),
  }),
});

const rowOf = (sealing: Sealing, alert: Alert) => ({
  id: alert.id,
  cohortId: alert.cohortId,
  kind: alert.kind,
  personId: alert.person.id,
  readers: alert.readers,
  aboutId: alert.about?.id ?? null,
  sealedWords: alert.words ? sealing.seal(open(alert.words), spot('sealed_words', alert.id)) : null,
  openedAt: alert.openedAt,
  isOutside: alert.isOutside,
  ...stateRow(sealing, alert),
  version: alert.version,
});

const found = async (
  tx: Transaction,
  sealing: Sealing,
  query: Pick<Prisma.AlertFindManyArgs, 'where' | 'orderBy' | 'take'>,
): Promise<readonly Alert[]> => {
  const rows = await tx.alert.findMany({ ...query, include: people });
  return rows.map((row) => alertOf(sealing, row));
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
    await tx.alert.create({ data: rowOf(sealing, alert) });
  },
  save: async (alert) => {
    const { id, version } = alert;
    const data = { ...stateRow(sealing, alert), version: version + 1 };
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
