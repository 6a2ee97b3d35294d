/** Keeps planned meetings, and what became of each. */
import {
  LONGEST_MEETING,
  type Occurrence,
  type PlannedOccurrence,
  SKIPPED_FOR,
} from '../../core/occurrence.ts';
import type { Occurrences } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const people = { person: true, therapist: true } as const;

type OccurrenceRow = Prisma.OccurrenceGetPayload<{ include: typeof people }>;

const planOf = (row: OccurrenceRow) => ({
  id: row.id,
  cohortId: row.cohortId,
  ...(row.scheduleId !== null && { scheduleId: row.scheduleId }),
  wall: row.wall,
  zone: row.zone,
  ...(row.person && { individual: { person: row.person, therapist: given(row.therapist) } }),
  startsAt: row.startsAt,
  minutes: row.minutes,
  ...(row.movedFrom && { movedFrom: row.movedFrom }),
  revision: row.revision,
  changedAt: row.changedAt,
  version: row.version,
});

const plannedOf = (row: OccurrenceRow): PlannedOccurrence => ({ ...planOf(row), state: 'planned' });

const occurrenceOf = (row: OccurrenceRow): Occurrence => {
  switch (oneOf(['planned', 'skipped', 'held', 'not-held'], row.state)) {
    case 'planned':
      return plannedOf(row);
    case 'skipped':
      return { ...planOf(row), state: 'skipped', skippedFor: oneOf(SKIPPED_FOR, given(row.skippedFor)) };
    case 'held':
      return { ...planOf(row), state: 'held', sessionId: given(row.sessionId) };
    case 'not-held':
      return { ...planOf(row), state: 'not-held' };
  }
};

const rowOf = (occurrence: Occurrence) => {
  const { version: _version, individual, ...columns } = occurrence;
  return {
    ...{ scheduleId: null, movedFrom: null, skippedFor: null, sessionId: null },
    ...columns,
    personId: individual?.person.id ?? null,
    therapistId: individual?.therapist.id ?? null,
  };
};

const where = async (tx: Transaction, which: Prisma.OccurrenceWhereInput, most?: number) =>
  tx.occurrence.findMany({
    where: which,
    include: people,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    ...(most !== undefined && { take: most }),
  });

const one = (row: OccurrenceRow | null): Occurrence | undefined => (row ? occurrenceOf(row) : undefined);

const ahead = async (tx: Transaction, cohortId: string, from: Date, most?: number) => {
  const since = new Date(from.getTime() - LONGEST_MEETING);
  const rows = await where(tx, { cohortId, state: 'planned', startsAt: { gt: since } }, most && most + 4);
  return rows
    .map(plannedOf)
    .filter(({ startsAt, minutes }) => startsAt.getTime() + minutes * 60_000 > from.getTime())
    .slice(0, most);
};

const shownAsEvents = async (tx: Transaction, serverId: string, from: Date, to: Date) => {
  const counts = await tx.occurrence.groupBy({
    by: ['cohortId'],
    where: {
      cohort: { serverId, state: 'active', shownAsEvents: true },
      ...{ state: 'planned', personId: null, startsAt: { gt: from, lte: to } },
    },
    _count: { id: true },
    orderBy: { cohortId: 'asc' },
  });
  return new Map(counts.map(({ cohortId, _count }) => [cohortId, _count.id]));
};

const ofPerson = async (tx: Transaction, serverId: string, personId: string, from: Date, to: Date) => {
  const rows = await where(tx, {
    cohort: { serverId, state: 'active' },
    state: 'planned',
    startsAt: { gt: new Date(from.getTime() - LONGEST_MEETING), lt: to },
    OR: [
      { personId },
      { therapistId: personId },
      { personId: null, cohort: { memberships: { some: { personId, dischargedAt: null } } } },
      { personId: null, cohort: { OR: [{ leadId: personId }, { coFacilitatorId: personId }] } },
    ],
  });
  return rows.map(plannedOf);
};

/** One insert for all, so that a schedule of many meetings is not as many journeys to the database. */
const claimAll = async <Each extends Occurrence>(
  tx: Transaction,
  occurrences: readonly Each[],
): Promise<readonly Each[]> => {
  if (occurrences.length === 0) return [];
  const data = occurrences.map((each) => ({ ...rowOf(each), version: each.version }));
  const rows = await tx.occurrence.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
  const claimed = new Set(rows.map(({ id }) => id));
  return occurrences.filter(({ id }) => claimed.has(id));
};

/** Occurrences, in a transaction. */
export const occurrencesIn = (tx: Transaction): Occurrences => ({
  byId: async (id) => one(await tx.occurrence.findUnique({ where: { id }, include: people })),
  ofSession: async (sessionId) =>
    one(await tx.occurrence.findUnique({ where: { sessionId }, include: people })),
  between: async (cohortId, from, to) =>
    (await where(tx, { cohortId, startsAt: { gte: from, lt: to } })).map(occurrenceOf),
  ahead: (cohortId, from, most) => ahead(tx, cohortId, from, most),
  shownAsEvents: (guildId, from, to) => shownAsEvents(tx, guildId, from, to),
  ofPerson: (guildId, personId, from, to) => ofPerson(tx, guildId, personId, from, to),
  claim: async (occurrence) => (await claimAll(tx, [occurrence])).length === 1,
  claimAll: (occurrences) => claimAll(tx, occurrences),
  save: async (occurrence) => {
    const { id, version } = occurrence;
    const data = { ...rowOf(occurrence), version: version + 1 };
    expectWritten(await tx.occurrence.updateMany({ where: { id, version }, data }));
  },
});
