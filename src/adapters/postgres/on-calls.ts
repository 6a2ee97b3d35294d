/** Keeps who is on call for each group, and gathers what a process remembers for whoever asks for help. */
import { z } from 'zod';
import type { CoveredGroup } from '../../core/help.ts';
import { type Hours, ladderOf, type OnCall } from '../../core/on-call.ts';
import { WEEKDAYS } from '../../core/wall-time.ts';
import type { OnCalls } from '../../ports/store.ts';
import { toJson } from './columns.ts';
import { ownLinesOf } from './crisis-lines.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const Shifts = z.array(z.object({ days: z.array(z.enum(WEEKDAYS)), from: z.string(), to: z.string() }));

const hoursOf = (hours: unknown): Hours => Shifts.parse(hours);

const onCallOf = (row: Prisma.OnCallGetPayload<{ include: { first: true } }>): OnCall => ({
  cohortId: row.cohortId,
  first: row.first,
  hours: hoursOf(row.hours),
  patience: { second: row.secondMinutes, supervisor: row.supervisorMinutes, again: row.againMinutes },
  setBy: row.setBy,
  setAt: row.setAt,
});

const around = {
  first: true,
  cohort: {
    include: {
      lead: true,
      coFacilitator: true,
      supervisor: true,
      rooms: { select: { kind: true, channelId: true } },
      memberships: { where: { dischargedAt: null }, select: { person: { select: { account: true } } } },
      alerts: {
        where: { closedAt: null, kind: 'help' },
        select: { id: true, person: { select: { account: true } } },
      },
    },
  },
} as const satisfies Prisma.OnCallInclude;

const coveredOf = ({ cohort, ...row }: Prisma.OnCallGetPayload<{ include: typeof around }>): CoveredGroup => {
  const { lead, coFacilitator, memberships } = cohort;
  const staff = { lead, coFacilitator, ...(cohort.supervisor && { supervisor: cohort.supervisor }) };
  const staffRoom = cohort.rooms.find(({ kind }) => kind === 'staff')?.channelId;
  return {
    cohortId: cohort.id,
    guildId: cohort.serverId,
    zone: cohort.zone,
    hours: hoursOf(row.hours),
    ladder: ladderOf(staff, row).map(({ account }) => account),
    ...(staffRoom !== undefined && { staffRoom }),
    rooms: cohort.rooms.map(({ channelId }) => channelId),
    accounts: [lead.account, coFacilitator.account, ...memberships.map(({ person }) => person.account)],
    open: cohort.alerts.map(({ id, person }) => ({ alertId: id, account: person.account })),
  };
};

/** Who is on call, in a transaction. */
export const onCallsIn = (tx: Transaction): OnCalls => ({
  ofCohort: async (cohortId) => {
    const row = await tx.onCall.findUnique({ where: { cohortId }, include: { first: true } });
    return row ? onCallOf(row) : undefined;
  },
  put: async ({ cohortId, first, hours, patience, setBy, setAt }) => {
    const rota = {
      firstId: first.id,
      hours: toJson(hours),
      secondMinutes: patience.second,
      supervisorMinutes: patience.supervisor,
      againMinutes: patience.again,
      setBy,
      setAt,
    };
    await tx.onCall.upsert({ where: { cohortId }, create: { cohortId, ...rota }, update: rota });
  },
  remove: async (cohortId) => {
    await tx.onCall.deleteMany({ where: { cohortId } });
  },
  memory: async () => {
    const [covered, choices, lines] = await Promise.all([
      tx.onCall.findMany({ where: { cohort: { state: 'active' } }, include: around }),
      tx.countryChoice.findMany({ include: { person: true } }),
      tx.crisisLine.findMany(),
    ]);
    const own = Map.groupBy(lines, ({ serverId }) => serverId);
    return {
      groups: covered.map(coveredOf),
      countries: new Map(choices.map(({ person, country }) => [person.account, country])),
      own: new Map([...own].map(([guildId, rows]) => [guildId, rows.map(ownLinesOf)])),
    };
  },
});
