/** Keeps sessions of one participant and their therapist: in the same table as those of the group, and apart from them. */
import type { EndedIndividual, IndividualSession, RunningIndividual } from '../../core/individual.ts';
import { allow, refuse } from '../../core/outcome.ts';
import type { Happening, IndividualSessions } from '../../ports/store.ts';
import { given } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import { append } from './sessions.ts';
import type { Transaction } from './transaction.ts';

const people = { person: true, therapist: true } as const;

type IndividualRow = Prisma.SessionGetPayload<{ include: typeof people }>;

const keptOf = (row: IndividualRow) => ({
  id: row.id,
  cohortId: row.cohortId,
  number: row.number,
  person: given(row.person),
  therapist: given(row.therapist),
  startedAt: row.startedAt,
  version: row.version,
});

const runningOf = (row: IndividualRow): RunningIndividual => ({
  ...keptOf(row),
  state: 'running',
  plannedEndAt: given(row.plannedEndAt),
});

const endedOf = (row: IndividualRow): EndedIndividual => ({
  ...keptOf(row),
  state: 'ended',
  endedAt: given(row.endedAt),
});

const sessionOf = (row: IndividualRow): IndividualSession =>
  row.state === 'ended' ? endedOf(row) : runningOf(row);

const INDIVIDUAL = { personId: { not: null } } as const;
const UNFINISHED = { ...INDIVIDUAL, state: { not: 'ended' } } as const;

const add = async (tx: Transaction, session: RunningIndividual, happening: Happening) => {
  const { person, therapist, ...columns } = session;
  const data = { ...columns, personId: person.id, therapistId: therapist.id };
  const { count } = await tx.session.createMany({ data, skipDuplicates: true });
  if (count === 0) return refuse({ code: 'session-in-progress' });
  await append(tx, session.id, happening);
  return allow(null);
};

const end = async (tx: Transaction, session: EndedIndividual, happening: Happening): Promise<void> => {
  const { id, version, state, endedAt } = session;
  const data = { state, endedAt, plannedEndAt: null, version: version + 1 };
  expectWritten(await tx.session.updateMany({ where: { id, version }, data }));
  await append(tx, id, happening);
};

/** Individual sessions, in a transaction. */
export const individualSessionsIn = (tx: Transaction): IndividualSessions => ({
  byId: async (id) => {
    const row = await tx.session.findUnique({ where: { ...INDIVIDUAL, id }, include: people });
    return row ? sessionOf(row) : undefined;
  },
  unfinished: async (cohortId) => {
    const rows = await tx.session.findMany({
      where: { ...UNFINISHED, cohortId },
      include: people,
      orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(runningOf);
  },
  inProgress: async () => {
    const rows = await tx.session.findMany({
      where: UNFINISHED,
      select: { cohort: { select: { id: true, serverId: true } } },
      distinct: ['cohortId'],
    });
    return rows.map(({ cohort }) => ({ guildId: cohort.serverId, cohortId: cohort.id }));
  },
  endedBetween: async (cohortId, from, to) => {
    const rows = await tx.session.findMany({
      where: { ...INDIVIDUAL, cohortId, state: 'ended', startedAt: { lt: to }, endedAt: { gt: from } },
      include: people,
      orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(endedOf);
  },
  count: (cohortId, personId) => tx.session.count({ where: { cohortId, personId } }),
  add: (session, happening) => add(tx, session, happening),
  end: (session, happening) => end(tx, session, happening),
});
