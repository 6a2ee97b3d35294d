/** Keeps sessions, with their turns and with everything that came to pass in them. */
import type { Agenda } from '../../core/agenda.ts';
import { allow, refuse } from '../../core/outcome.ts';
import type { Ended, Paused, Running, Session, SessionEvent } from '../../core/session.ts';
import type { Happening, Sessions } from '../../ports/store.ts';
import { given, oneOf, toJson } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';
import { keepTurns, turnOf } from './turns.ts';

const turns = { turns: { orderBy: { place: 'asc' } } } as const;

type SessionRow = Prisma.SessionGetPayload<{ include: typeof turns }>;

const planOf = (row: SessionRow) => ({
  id: row.id,
  cohortId: row.cohortId,
  number: row.number,
  // Only `rowOf` writes this column, and it writes an Agenda.
  agenda: row.agenda as unknown as Agenda,
  topicId: given(row.topicId),
  startedAt: row.startedAt,
  turns: row.turns.map(turnOf),
  version: row.version,
});

const phaseOf = (row: SessionRow) => ({
  step: given(row.step),
  enteredAt: given(row.enteredAt),
  warning: oneOf(['pending', 'given'], given(row.warning)),
});

const runningOf = (row: SessionRow): Running => ({
  ...planOf(row),
  ...phaseOf(row),
  state: 'running',
  plannedEndAt: given(row.plannedEndAt),
});

const pausedOf = (row: SessionRow): Paused => ({
  ...planOf(row),
  ...phaseOf(row),
  state: 'paused',
  pausedAt: given(row.pausedAt),
  leftMs: Number(given(row.leftMs)),
});

const endedOf = (row: SessionRow): Ended => ({ ...planOf(row), state: 'ended', endedAt: given(row.endedAt) });

const sessionOf = (row: SessionRow): Session => {
  switch (oneOf(['running', 'paused', 'ended'], row.state)) {
    case 'running':
      return runningOf(row);
    case 'paused':
      return pausedOf(row);
    case 'ended':
      return endedOf(row);
  }
};

const NOTHING = {
  step: null,
  enteredAt: null,
  plannedEndAt: null,
  pausedAt: null,
  leftMs: null,
  warning: null,
  endedAt: null,
};

const rowOf = (session: Session) => {
  const { turns: _turns, version: _version, agenda, ...columns } = session;
  return { ...NOTHING, ...columns, agenda: toJson(agenda) };
};

/** Sessions of the whole group: those of one person are kept beside them, in individual-sessions.ts. */
const GROUP = { personId: null } as const;

/** Appends what came to pass in a session, numbered on from what is kept. */
export const append = async (tx: Transaction, sessionId: string, happening: Happening): Promise<void> => {
  const last = await tx.sessionEvent.aggregate({ where: { sessionId }, _max: { number: true } });
  const before = last._max.number ?? 0;
  await tx.sessionEvent.createMany({
    data: happening.events.map((event, index) => ({
      sessionId,
      number: before + index + 1,
      event: toJson(event),
      happenedAt: happening.at,
      by: happening.by ?? null,
    })),
  });
};

const unfinished = async (tx: Transaction, cohortId: string): Promise<Running | Paused | undefined> => {
  const row = await tx.session.findFirst({
    where: { ...GROUP, cohortId, state: { not: 'ended' } },
    include: turns,
  });
  if (!row) return undefined;
  return row.state === 'paused' ? pausedOf(row) : runningOf(row);
};

const lastEnded = async (
  tx: Transaction,
  which: { readonly cohortId: string; readonly number?: number },
): Promise<Ended | undefined> => {
  const row = await tx.session.findFirst({
    where: { ...GROUP, ...which, state: 'ended' },
    orderBy: { number: 'desc' },
    include: turns,
  });
  return row ? endedOf(row) : undefined;
};

const add = async (tx: Transaction, session: Running, happening: Happening) => {
  const data = { ...rowOf(session), version: session.version };
  const { count } = await tx.session.createMany({ data, skipDuplicates: true });
  if (count === 0) return refuse({ code: 'session-in-progress' });
  await keepTurns(tx, session.id, session.turns);
  await append(tx, session.id, happening);
  return allow(null);
};

const save = async (tx: Transaction, session: Session, happening: Happening): Promise<void> => {
  const { id, version } = session;
  const data = { ...rowOf(session), version: version + 1 };
  expectWritten(await tx.session.updateMany({ where: { id, version }, data }));
  await keepTurns(tx, id, session.turns);
  await append(tx, id, happening);
};

/** Sessions, in a transaction. */
export const sessionsIn = (tx: Transaction): Sessions => ({
  byId: async (id) => {
    const row = await tx.session.findUnique({ where: { ...GROUP, id }, include: turns });
    return row ? sessionOf(row) : undefined;
  },
  unfinished: (cohortId) => unfinished(tx, cohortId),
  inProgress: async () => {
    const rows = await tx.session.findMany({
      where: { ...GROUP, state: { not: 'ended' } },
      select: { cohort: { select: { id: true, serverId: true } } },
    });
    return rows.map(({ cohort }) => ({ guildId: cohort.serverId, cohortId: cohort.id }));
  },
  lastEnded: (cohortId) => lastEnded(tx, { cohortId }),
  ended: (cohortId, number) => lastEnded(tx, { cohortId, number }),
  endedBetween: async (cohortId, from, to) => {
    const rows = await tx.session.findMany({
      where: { ...GROUP, cohortId, state: 'ended', startedAt: { lt: to }, endedAt: { gt: from } },
      orderBy: { number: 'asc' },
      include: turns,
    });
    return rows.map(endedOf);
  },
  topicsUsed: async (cohortId) => {
    const rows = await tx.session.findMany({
      where: { ...GROUP, cohortId },
      orderBy: { number: 'asc' },
      select: { topicId: true },
    });
    return rows.map(({ topicId }) => given(topicId));
  },
  count: (cohortId) => tx.session.count({ where: { ...GROUP, cohortId } }),
  add: (session, happening) => add(tx, session, happening),
  save: (session, happening) => save(tx, session, happening),
  events: async (sessionId) => {
    const rows = await tx.sessionEvent.findMany({ where: { sessionId }, orderBy: { number: 'asc' } });
    // Only `append` writes this column, and it writes a SessionEvent.
    return rows.map((row) => ({ event: row.event as unknown as SessionEvent, at: row.happenedAt }));
  },
});
