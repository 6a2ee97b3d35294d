/** What is said about attendance: how long each was there, what it counts as, and what was corrected. */
import {
  type Amendment,
  type Attendance,
  type AttendanceStatus,
  type Attestation,
  currentStatus,
} from '../../core/attendance.ts';
import { open } from '../../core/confidential.ts';
import type { Ended } from '../../core/session.ts';
import { between, MINUTE } from '../../core/time.ts';
import type { Action, Card, CardField } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, moment } from '../markup.ts';
import { counted } from './list.ts';

/** What attendance counts as. */
export const STATUSES: Readonly<Record<AttendanceStatus, string>> = {
  present: 'Present',
  late: 'Joined later',
  'left-early': 'Left earlier',
  partial: 'There for a part',
  'no-show': 'Not there',
  excused: 'Excused',
  'technical-failure': 'Technical trouble',
  cancelled: 'Cancelled',
  'made-up': 'Made up at another time',
};

export interface AttendanceFacts {
  /** `self`: only their own; `admin`: everybody's, without the reasons of corrections. */
  readonly reader: 'self' | 'staff' | 'admin';
  readonly session: Ended;
  readonly attendances: readonly Attendance[];
  readonly attestation?: Attestation;
}

/** Characters that corrections may take of a card, so that it holds them beside everybody's attendance. */
const MOST_CORRECTIONS = 1_000;

const sessionMinutes = ({ startedAt, endedAt }: Ended): number =>
  Math.floor(between(startedAt, endedAt) / MINUTE);

const heading = ({ number }: Ended): string => `Attendance of session ${number}`;

const held = (session: Ended): string =>
  `It was held on ${moment(session.startedAt, 'f')} and took ${counted(sessionMinutes(session), 'minute', 'minutes')}.`;

const time = ({ minutes, unobservedMinutes }: Attendance): string => {
  const seen = counted(minutes, 'minute', 'minutes');
  return unobservedMinutes === 0
    ? seen
    : `${seen}, and ${unobservedMinutes} more while Hearth could not see the room`;
};

const arrival = ({ lateMinutes, status }: Attendance): string =>
  status === 'late' ? `, from minute ${lateMinutes} on` : '';

const counts = (attendance: Attendance): string => {
  const now = `**${STATUSES[currentStatus(attendance)]}**`;
  return attendance.amendments.length === 0
    ? now
    : `${now} (corrected; first counted as: ${STATUSES[attendance.status]})`;
};

const line = (attendance: Attendance): string => {
  const wasThere = attendance.minutes + attendance.unobservedMinutes > 0;
  return wasThere ? `${counts(attendance)}, ${time(attendance)}${arrival(attendance)}` : counts(attendance);
};

const why = ({ reason }: Amendment): string =>
  reason ? `: ${literal(open(reason).replace(/\s+/g, ' '))}` : '';

interface Shown {
  readonly account: string;
  readonly amendment: Amendment;
}

const correctionLine = ({ account, amendment }: Shown, reader: AttendanceFacts['reader']): string => {
  const { status, by, at } = amendment;
  const whose = reader === 'self' ? '' : `${mention(account)}, `;
  return `- ${whose}${STATUSES[status]}, by ${mention(by)} on ${moment(at, 'f')}${reader === 'admin' ? '' : why(amendment)}`;
};

const corrections = ({ reader, attendances }: AttendanceFacts): readonly CardField[] => {
  const all = attendances
    .flatMap(({ person, amendments }) =>
      amendments.map((amendment) => ({ account: person.account, amendment })),
    )
    .toSorted((a, b) => b.amendment.at.getTime() - a.amendment.at.getTime());
  const left = (count: number): string =>
    `${counted(count, 'earlier correction is', 'earlier corrections are')} kept, too.`;
  const lines = all.map((shown) => correctionLine(shown, reader));
  return lines.length === 0
    ? []
    : [{ name: 'Corrections, the latest first', value: fitLines(lines, MOST_CORRECTIONS, left) }];
};

const everybody = (attendances: readonly Attendance[]): readonly string[] =>
  attendances.map((attendance) => `- ${mention(attendance.person.account)}: ${line(attendance)}`);

const isAfter = (attendances: readonly Attendance[], { at }: Attestation): boolean =>
  attendances.some(({ amendments }) => amendments.some((amendment) => amendment.at > at));

const word = ({ by, at }: Attestation): string => `Attested by ${mention(by)} on ${moment(at, 'f')}.`;

/** For those who may know of everybody: whether a facilitator stands for it, and whether it was corrected since. */
const attestationOf = ({ reader, attendances, attestation }: AttendanceFacts): readonly string[] => {
  if (reader === 'self') return [];
  if (!attestation) return ['Not attested yet.'];
  return [
    isAfter(attendances, attestation)
      ? `${word(attestation)} It was corrected after that.`
      : word(attestation),
  ];
};

const attestButton = ({ number }: Ended): Action => ({
  label: 'Attest attendance',
  command: 'attendance attest',
  given: { session: String(number) },
  style: 'primary',
});

/** The attendance of a session: one's own, or everybody's. */
export const shown = (facts: AttendanceFacts): Card => {
  const { reader, session, attendances } = facts;
  const lines = reader === 'self' ? attendances.map((own) => `You: ${line(own)}`) : everybody(attendances);
  return {
    title: heading(session),
    text: [held(session), ...attestationOf(facts), ...lines].join('\n'),
    fields: corrections(facts),
    ...(reader === 'staff' && !facts.attestation && { actions: [[attestButton(session)]] }),
  };
};

/** A correction was kept beside what was counted. */
export const marked = ({ session, attendance }: { session: Ended; attendance: Attendance }): Card => ({
  title: heading(session),
  text: `${mention(attendance.person.account)}: ${line(attendance)}\nThe correction is kept; what was counted stays beside it.`,
  fields: corrections({ reader: 'staff', session, attendances: [attendance] }),
});

/** A facilitator stands for the attendance of a session, now or since before. */
export const attested = ({
  session,
  attestation,
  made,
}: {
  readonly session: Ended;
  readonly attestation: Attestation;
  readonly made: 'now' | 'before';
}): Card => ({
  title: heading(session),
  text:
    made === 'now'
      ? `Thank you, it is attested. Corrections stay possible with \`/attendance mark\`: they are kept beside it, with their reason.`
      : `${word(attestation)} Nothing more is needed.`,
});
