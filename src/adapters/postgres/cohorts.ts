/** Keeps cohorts. */
import { GROUP_TYPES, SESSION_MINUTES } from '../../core/agenda.ts';
import { AUTO_MODERATIONS } from '../../core/auto-moderation.ts';
import type { Cohort, CohortSettings } from '../../core/cohort.ts';
import { ENCRYPTION_POLICIES } from '../../core/encryption.ts';
import { REMINDERS } from '../../core/milestone.ts';
import { allow, refuse } from '../../core/outcome.ts';
import { ANSWER_PLACES } from '../../core/private-answers.ts';
import type { Cohorts } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const staff = { lead: true, coFacilitator: true, supervisor: true } as const;

type CohortRow = Prisma.CohortGetPayload<{ include: typeof staff }>;

const settingsOf = (row: CohortRow): CohortSettings => ({
  hoursPerWeek: row.hoursPerWeek,
  dayMinutes: row.dayMinutes,
  supervisorAfterNoShows: row.supervisorAfterNoShows,
  leadPatienceMinutes: row.leadPatienceMinutes,
  reminders: row.reminders.map((reminder) => oneOf(REMINDERS, reminder)),
  shownAsEvents: row.shownAsEvents,
  offersMakeUps: row.offersMakeUps,
  joinsCalls: row.joinsCalls,
  encryption: oneOf(ENCRYPTION_POLICIES, row.encryption),
  chimes: row.chimes,
  exerciseSounds: row.exerciseSounds,
  talkTime: row.talkTime,
  privateAnswers: oneOf(ANSWER_PLACES, row.privateAnswers),
  confirmsPlace: row.confirmsPlace,
  autoModeration: oneOf(AUTO_MODERATIONS, row.autoModeration),
});

const cohortOf = (row: CohortRow): Cohort => ({
  id: row.id,
  guildId: row.serverId,
  name: row.name,
  groupType: oneOf(GROUP_TYPES, row.groupType),
  ...(row.clinical && { clinical: true as const }),
  capacity: row.capacity,
  sessionMinutes: oneOf(SESSION_MINUTES, row.sessionMinutes),
  zone: row.zone,
  lead: row.lead,
  coFacilitator: row.coFacilitator,
  ...(row.supervisor && { supervisor: row.supervisor }),
  settings: settingsOf(row),
  policy: { lateAfterMinutes: row.lateAfterMinutes, partialBelowPercent: row.partialBelowPercent },
  consentRound: row.consentRound,
  state: oneOf(['active', 'archived'], row.state),
  ...(row.begunAt && { begunAt: row.begunAt }),
  createdAt: row.createdAt,
  version: row.version,
});

const rowOf = (cohort: Cohort) => ({
  id: cohort.id,
  serverId: cohort.guildId,
  name: cohort.name,
  groupType: cohort.groupType,
  clinical: cohort.clinical ?? false,
  capacity: cohort.capacity,
  sessionMinutes: cohort.sessionMinutes,
  zone: cohort.zone,
  leadId: cohort.lead.id,
  coFacilitatorId: cohort.coFacilitator.id,
  supervisorId: cohort.supervisor?.id ?? null,
  ...cohort.settings,
  reminders: [...cohort.settings.reminders],
  lateAfterMinutes: cohort.policy.lateAfterMinutes,
  partialBelowPercent: cohort.policy.partialBelowPercent,
  consentRound: cohort.consentRound,
  state: cohort.state,
  begunAt: cohort.begunAt ?? null,
  createdAt: cohort.createdAt,
});

const one = (row: CohortRow | null | undefined): Cohort | undefined => (row ? cohortOf(row) : undefined);

const activeWhere = async (tx: Transaction, where: Prisma.CohortWhereInput): Promise<readonly Cohort[]> => {
  const rows = await tx.cohort.findMany({
    where: { ...where, state: 'active' },
    include: staff,
    orderBy: { name: 'asc' },
  });
  return rows.map(cohortOf);
};

const belongsTo = (account: string): Prisma.CohortWhereInput => ({
  OR: [
    { lead: { account } },
    { coFacilitator: { account } },
    { memberships: { some: { dischargedAt: null, person: { account } } } },
    { memberships: { some: { dischargedAt: null, therapist: { account } } } },
  ],
});

const isHelpedBy = (account: string): Prisma.CohortWhereInput => ({
  OR: [
    { supervisor: { account } },
    { memberships: { some: { dischargedAt: null, therapist: { account } } } },
    { tasks: { some: { settledAt: null, assignee: { account } } } },
  ],
});

/** Cohorts, in a transaction. */
export const cohortsIn = (tx: Transaction): Cohorts => ({
  byId: async (id) => one(await tx.cohort.findUnique({ where: { id }, include: staff })),
  ofGuild: (serverId) => activeWhere(tx, { serverId }),
  everOfGuild: async (serverId) => {
    const rows = await tx.cohort.findMany({
      where: { serverId },
      include: staff,
      orderBy: [{ state: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    });
    return rows.map(cohortOf);
  },
  byChannel: async (channelId) =>
    one(await tx.cohort.findFirst({ where: { rooms: { some: { channelId } } }, include: staff })),
  ofAccount: (serverId, account) => activeWhere(tx, { serverId, ...belongsTo(account) }),
  ofHelper: (serverId, account) => activeWhere(tx, { serverId, ...isHelpedBy(account) }),
  lookedAfterBy: (account) =>
    activeWhere(tx, { OR: [{ lead: { account } }, { coFacilitator: { account } }, isHelpedBy(account)] }),
  everOf: async (serverId, account) => {
    const isTheirs = { person: { account } };
    const where = {
      serverId,
      OR: [
        { lead: { account } },
        { coFacilitator: { account } },
        { supervisor: { account } },
        { memberships: { some: isTheirs } },
        { alerts: { some: isTheirs } },
      ],
    };
    const rows = await tx.cohort.findMany({
      where,
      include: staff,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    return rows.map(cohortOf);
  },
  add: async (cohort) => {
    await tx.server.createMany({ data: { id: cohort.guildId }, skipDuplicates: true });
    const data = { ...rowOf(cohort), version: cohort.version };
    const { count } = await tx.cohort.createMany({ data, skipDuplicates: true });
    return count === 1 ? allow(null) : refuse({ code: 'name-taken', name: cohort.name });
  },
  save: async (cohort) => {
    const { id, version } = cohort;
    const data = { ...rowOf(cohort), version: version + 1 };
    expectWritten(await tx.cohort.updateMany({ where: { id, version }, data }));
  },
});
