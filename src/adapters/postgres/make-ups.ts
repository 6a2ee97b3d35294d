/** Keeps what was missed and how it is made up for. */
import { MAKE_UP_KINDS, MAKE_UP_STATES, type MakeUp, type Offer } from '../../core/make-up.ts';
import type { MakeUps } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const whole = {
  therapist: true,
  attendance: { include: { person: true, session: { select: { cohortId: true, number: true } } } },
} as const satisfies Prisma.MakeUpInclude;

type MakeUpRow = Prisma.MakeUpGetPayload<{ include: typeof whole }>;

const offerOf = (row: MakeUpRow): Offer => {
  const time = {
    startsAt: given(row.startsAt),
    minutes: given(row.minutes),
    by: given(row.offeredBy),
    at: given(row.offeredAt),
  };
  return oneOf(MAKE_UP_KINDS, given(row.kind)) === 'individual'
    ? { ...time, kind: 'individual', therapist: given(row.therapist) }
    : { ...time, kind: 'group', occurrenceId: given(row.occurrenceId) };
};

const missedOf = ({ id, attendance, attendanceId, dueSince, version }: MakeUpRow) => ({
  ...{ id, attendanceId, dueSince, version },
  person: attendance.person,
  sessionId: attendance.sessionId,
  cohortId: attendance.session.cohortId,
  sessionNumber: attendance.session.number,
});

const answeredOf = (row: MakeUpRow) => ({
  ...missedOf(row),
  offer: offerOf(row),
  answeredAt: given(row.answeredAt),
});

const makeUpOf = (row: MakeUpRow): MakeUp => {
  const state = oneOf(MAKE_UP_STATES, row.state);
  switch (state) {
    case 'due':
    case 'not-needed':
      return { ...missedOf(row), state };
    case 'offered':
      return { ...missedOf(row), state, offer: offerOf(row) };
    case 'declined':
      return { ...answeredOf(row), state };
    case 'booked':
    case 'missed':
      return { ...answeredOf(row), state, occurrenceId: given(row.occurrenceId) };
    case 'held':
      return {
        ...answeredOf(row),
        state,
        occurrenceId: given(row.occurrenceId),
        minutes: given(row.creditedMinutes),
      };
  }
};

const NO_OFFER = {
  kind: null,
  startsAt: null,
  minutes: null,
  therapistId: null,
  offeredBy: null,
  offeredAt: null,
};

const offerRow = (offer: Offer | undefined) =>
  offer
    ? {
        kind: offer.kind,
        startsAt: offer.startsAt,
        minutes: offer.minutes,
        therapistId: offer.kind === 'individual' ? offer.therapist.id : null,
        offeredBy: offer.by,
        offeredAt: offer.at,
      }
    : NO_OFFER;

const meetingOf = (makeUp: MakeUp, offer: Offer | undefined): string | null => {
  if ('occurrenceId' in makeUp) return makeUp.occurrenceId;
  return offer?.kind === 'group' ? offer.occurrenceId : null;
};

const rowOf = (makeUp: MakeUp) => {
  const offer = 'offer' in makeUp ? makeUp.offer : undefined;
  return {
    id: makeUp.id,
    attendanceId: makeUp.attendanceId,
    state: makeUp.state,
    dueSince: makeUp.dueSince,
    ...offerRow(offer),
    answeredAt: 'answeredAt' in makeUp ? makeUp.answeredAt : null,
    occurrenceId: meetingOf(makeUp, offer),
    creditedMinutes: makeUp.state === 'held' ? makeUp.minutes : null,
  };
};

const where = async (tx: Transaction, which: Prisma.MakeUpWhereInput): Promise<readonly MakeUp[]> => {
  const rows = await tx.makeUp.findMany({
    where: which,
    include: whole,
    orderBy: [{ attendance: { session: { number: 'asc' } } }, { id: 'asc' }],
  });
  return rows.map(makeUpOf);
};

/** Make-ups, in a transaction. */
export const makeUpsIn = (tx: Transaction): MakeUps => ({
  byId: async (id) => (await where(tx, { id }))[0],
  ofCohort: (cohortId) => where(tx, { attendance: { session: { cohortId } } }),
  ofPerson: (cohortId, personId) => where(tx, { attendance: { personId, session: { cohortId } } }),
  ofAttendance: async (attendanceId) => (await where(tx, { attendanceId }))[0],
  ofOccurrence: (occurrenceId) => where(tx, { occurrenceId }),
  add: async (makeUp) => {
    const data = { ...rowOf(makeUp), version: makeUp.version };
    await tx.makeUp.createMany({ data, skipDuplicates: true });
  },
  save: async (makeUp) => {
    const { id, version } = makeUp;
    const data = { ...rowOf(makeUp), version: version + 1 };
    expectWritten(await tx.makeUp.updateMany({ where: { id, version }, data }));
  },
});
