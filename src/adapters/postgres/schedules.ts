/** Keeps the rules by which cohorts meet, and the days on which they do not. */
import { SESSION_MINUTES } from '../../core/agenda.ts';
import type { DraftSchedule, EndedSchedule, RunningSchedule, Schedule, Slot } from '../../core/schedule.ts';
import type { Holidays, Schedules } from '../../ports/store.ts';
import { given, oneOf, toJson } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Schedule as ScheduleRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const writtenOf = (row: ScheduleRow) => ({
  id: row.id,
  cohortId: row.cohortId,
  // Only `rowOf` writes this column, and it writes slots.
  slots: row.slots as unknown as readonly Slot[],
  minutes: oneOf(SESSION_MINUTES, row.minutes),
  zone: row.zone,
  firstDate: row.firstDate,
  lastDate: row.lastDate,
  writtenAt: row.writtenAt,
  writtenBy: row.writtenBy,
  ...(row.replacesId !== null && { replaces: row.replacesId }),
  ...(row.shownAsEvents !== null && { shownAsEvents: row.shownAsEvents }),
  version: row.version,
});

const runningOf = (row: ScheduleRow): RunningSchedule => ({
  ...writtenOf(row),
  state: 'running',
  plannedUntil: given(row.plannedUntil),
});

const endedOf = (row: ScheduleRow): EndedSchedule => ({
  ...writtenOf(row),
  state: 'ended',
  plannedUntil: given(row.plannedUntil),
  endedAt: given(row.endedAt),
});

const scheduleOf = (row: ScheduleRow): Schedule => {
  switch (oneOf(['draft', 'running', 'ended'], row.state)) {
    case 'draft':
      return { ...writtenOf(row), state: 'draft' };
    case 'running':
      return runningOf(row);
    case 'ended':
      return endedOf(row);
  }
};

const rowOf = (schedule: Schedule) => {
  const { version: _version, slots, replaces: replacesId = null, ...columns } = schedule;
  return {
    ...{ plannedUntil: null, endedAt: null, shownAsEvents: null },
    ...columns,
    replacesId,
    slots: toJson(slots),
  };
};

const running = async (tx: Transaction, cohortId: string): Promise<RunningSchedule | undefined> => {
  const row = await tx.schedule.findFirst({ where: { cohortId, state: 'running' } });
  return row ? runningOf(row) : undefined;
};

const lastEnded = async (tx: Transaction, cohortId: string): Promise<EndedSchedule | undefined> => {
  const row = await tx.schedule.findFirst({
    where: { cohortId, state: 'ended' },
    orderBy: { endedAt: 'desc' },
  });
  return row ? endedOf(row) : undefined;
};

const toPlan = async (tx: Transaction, until: Date, most: number): Promise<readonly RunningSchedule[]> => {
  const rows = await tx.schedule.findMany({
    where: { state: 'running', plannedUntil: { lt: until } },
    orderBy: { plannedUntil: 'asc' },
    take: most,
  });
  return rows.map(runningOf);
};

/** Schedules, in a transaction. */
export const schedulesIn = (tx: Transaction): Schedules => ({
  byId: async (id) => {
    const row = await tx.schedule.findUnique({ where: { id } });
    return row ? scheduleOf(row) : undefined;
  },
  running: (cohortId) => running(tx, cohortId),
  lastEnded: (cohortId) => lastEnded(tx, cohortId),
  toPlan: (until, most) => toPlan(tx, until, most),
  addDraft: async (draft: DraftSchedule) => {
    await tx.schedule.create({ data: { ...rowOf(draft), version: draft.version } });
  },
  discard: async (id) => {
    await tx.schedule.deleteMany({ where: { id, state: 'draft' } });
  },
  save: async (schedule) => {
    const { id, version } = schedule;
    const data = { ...rowOf(schedule), version: version + 1 };
    expectWritten(await tx.schedule.updateMany({ where: { id, version }, data }));
  },
});

/** Holidays, in a transaction. */
export const holidaysIn = (tx: Transaction): Holidays => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.holiday.findMany({ where: { cohortId }, orderBy: { date: 'asc' } });
    return rows.map(({ date }) => date);
  },
  add: async (cohortId, date, setBy, setAt) => {
    await tx.holiday.createMany({ data: { cohortId, date, setBy, setAt }, skipDuplicates: true });
  },
  remove: async (cohortId, date) => {
    await tx.holiday.deleteMany({ where: { cohortId, date } });
  },
});
