/** Keeps who tests a microphone, whose turn it is, and who has tested one. */
import { LEVELS } from '../../core/level.ts';
import { UNHEARD_WHYS, type VoiceCheck } from '../../core/microphone-check.ts';
import type { MicrophoneChecks, MicrophoneTests } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const whose = { person: true } as const;
type CheckRow = Prisma.MicrophoneCheckGetPayload<{ include: typeof whose }>;

const PLAIN = ['waiting', 'ready', 'listening', 'playing-back', 'ended'] as const;

const checkOf = (row: CheckRow): VoiceCheck => {
  const { id, serverId: guildId, cohortId, person, number, askedAt, changedAt, version } = row;
  const kept = { id, guildId, cohortId, person, number, askedAt, changedAt, version };
  if (row.state === 'heard') return { ...kept, state: 'heard', level: oneOf(LEVELS, given(row.level)) };
  if (row.state === 'unheard') return { ...kept, state: 'unheard', why: oneOf(UNHEARD_WHYS, given(row.why)) };
  return { ...kept, state: oneOf(PLAIN, row.state) };
};

const rowOf = (check: VoiceCheck) => ({
  state: check.state,
  askedAt: check.askedAt,
  changedAt: check.changedAt,
  level: check.state === 'heard' ? check.level : null,
  why: check.state === 'unheard' ? check.why : null,
});

const openWhere = async (tx: Transaction, where: Prisma.MicrophoneCheckWhereInput) => {
  const rows = await tx.microphoneCheck.findMany({
    where: { ...where, state: { not: 'ended' } },
    include: whose,
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(checkOf);
};

/** Checks of microphones, in a transaction. */
export const microphoneChecksIn = (tx: Transaction): MicrophoneChecks => ({
  hold: async (guildId) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`microphone_check ${guildId}`}, 0))`;
  },
  byId: async (id) => {
    const row = await tx.microphoneCheck.findUnique({ where: { id }, include: whose });
    return row ? checkOf(row) : undefined;
  },
  openOfServer: (serverId) => openWhere(tx, { serverId }),
  openOfCohort: (cohortId) => openWhere(tx, { cohortId }),
  servers: async () => {
    const rows = await tx.microphoneCheck.findMany({
      where: { state: { not: 'ended' } },
      select: { serverId: true },
      distinct: ['serverId'],
    });
    return rows.map(({ serverId }) => serverId);
  },
  openOf: async (serverId, personId) => (await openWhere(tx, { serverId, personId }))[0],
  add: async (check) => {
    const { id, guildId: serverId, cohortId, person, number, version } = check;
    const data = { ...rowOf(check), id, serverId, cohortId, personId: person.id, number, version };
    expectWritten(await tx.microphoneCheck.createMany({ data, skipDuplicates: true }));
  },
  save: async (check) => {
    const { id, version } = check;
    const data = { ...rowOf(check), version: version + 1 };
    expectWritten(await tx.microphoneCheck.updateMany({ where: { id, version }, data }));
  },
});

/** Who has tested a microphone, in a transaction. */
export const microphoneTestsIn = (tx: Transaction): MicrophoneTests => ({
  done: async (membershipId, consentRound) =>
    (await tx.microphoneTest.count({ where: { membershipId, consentRound } })) > 0,
  add: async (test) => {
    await tx.microphoneTest.createMany({ data: test, skipDuplicates: true });
  },
});
