/** Where each class of what is kept of a person stands: one source a table, as pieces of SQL that nobody can write to. */
import type { DataClass } from '../../../core/own-data.ts';
import { Prisma } from '../generated/client.ts';

/** A table, called `t`. */
export interface Source {
  readonly is: DataClass;
  readonly table: string;
  /** What it has to be joined with to know whose it is. */
  readonly joins: Prisma.Sql;
  readonly person: Prisma.Sql;
  readonly server: Prisma.Sql;
  readonly cohort: Prisma.Sql;
  readonly where: Prisma.Sql;
  /** From when on its days are counted; never, where it does not go by itself. */
  readonly since: Prisma.Sql;
  /** Columns that are emptied instead of taking the row away. */
  readonly emptied?: Prisma.Sql;
  /** Columns that the person is given; none where it is only counted. */
  readonly columns: readonly string[];
  /** Belongs to another source, and is not counted by itself. */
  readonly isPart?: true;
}

const sql = (text: string): Prisma.Sql => Prisma.raw(text);

type Place = Pick<Source, 'joins' | 'person' | 'server' | 'cohort'>;

const inCohort = (joins: string, person = 't.person_id'): Place => ({
  joins: sql(`${joins} JOIN cohort c ON c.id = `.concat(joins === '' ? 't.cohort_id' : 'j.cohort_id')),
  person: sql(person),
  server: sql('c.server_id'),
  cohort: sql('c.id'),
});

const OF_COHORT = inCohort('');
const OF_SESSION = inCohort('JOIN session j ON j.id = t.session_id');
const OF_OCCURRENCE = inCohort('JOIN occurrence j ON j.id = t.occurrence_id');
const OF_MEMBERSHIP = inCohort('JOIN membership j ON j.id = t.membership_id', 'j.person_id');
const OF_GOAL = inCohort('JOIN goal j ON j.id = t.goal_id', 'j.person_id');
const OF_ATTENDANCE = inCohort(
  'JOIN attendance a ON a.id = t.attendance_id JOIN session j ON j.id = a.session_id',
  'a.person_id',
);
const OF_SERVER: Place = {
  joins: sql(''),
  person: sql('t.person_id'),
  server: sql('t.server_id'),
  cohort: sql('NULL::uuid'),
};

interface Told {
  readonly where?: string;
  readonly since?: string;
  readonly emptied?: string;
  readonly isPart?: true;
}

const source = (
  is: DataClass,
  table: string,
  place: Place,
  columns: readonly string[],
  { where = 'true', since = 'NULL::timestamptz', emptied, isPart }: Told = {},
): Source => ({
  ...{ is, table, ...place, columns, where: sql(where), since: sql(since) },
  ...(emptied !== undefined && { emptied: sql(emptied) }),
  ...(isPart && { isPart }),
});

/** Every source. The columns name nobody else: who offered, corrected or closed something is theirs. */
export const SOURCES: readonly Source[] = [
  source('check-in', 'check_in', OF_SESSION, ['at', 'share', 'sealed_arrival'], { since: 't.at' }),
  source('intention', 'reflection', OF_SESSION, ['at', 'intention_readers', 'sealed_intention'], {
    where: 't.sealed_intention IS NOT NULL',
    since: 't.at',
    emptied: `sealed_intention = NULL, intention_readers = 'only-me'`,
  }),
  source('reflection', 'reflection', OF_SESSION, ['at', 'share', 'sealed_take_away'], { since: 't.at' }),
  source('reason', 'rsvp', OF_OCCURRENCE, ['at', 'sealed_reason'], {
    where: 't.sealed_reason IS NOT NULL',
    // What was said of a meeting that is still ahead is still needed.
    since: 'greatest(t.at, j.starts_at)',
    emptied: 'sealed_reason = NULL',
  }),
  source('place', 'told_place', OF_COHORT, ['at', 'how', 'sealed_place', 'sealed_contact'], {
    since: 't.at',
  }),
  source('turn', 'turn', OF_SESSION, ['state', 'asked_at', 'began_at', 'ended_at'], {
    where: 'j.ended_at IS NOT NULL',
    since: 't.asked_at',
  }),
  source('talk-time', 'talk_time', OF_SESSION, ['spoken_ms', 'last_from', 'last_to'], {
    since: 't.last_to',
  }),
  source('microphone-test', 'microphone_test', OF_MEMBERSHIP, ['at', 'consent_round', 'how'], {
    since: 't.at',
  }),
  source('microphone-test', 'microphone_check', OF_COHORT, ['asked_at', 'changed_at', 'state'], {
    where: `t.state = 'ended'`,
    since: 't.changed_at',
  }),
  source('preference', 'contact_preference', OF_COHORT, ['direct', 'off']),
  source('country', 'country_choice', { ...OF_SERVER, server: sql('NULL::text') }, ['country']),
  source('calendar-address', 'calendar_feed', OF_SERVER, ['locale', 'made_at', 'revoked_at'], {
    since: 't.revoked_at',
  }),
  source('page-address', 'form_link', OF_COHORT, ['path', 'locale', 'made_at', 'begun_at', 'used_at'], {
    since: 't.made_at',
  }),
  source('notice', 'notice', OF_COHORT, ['kind', 'reminder', 'made_at', 'outcome', 'why', 'settled_at'], {
    where: `t.outcome <> 'pending'`,
    since: 't.settled_at',
  }),
  source('membership', 'membership', OF_COHORT, ['enrolled_at', 'discharged_at', 'code']),
  source('membership', 'waitlist_entry', OF_COHORT, ['added_at', 'outcome', 'settled_at']),
  source('agreement', 'signature', OF_MEMBERSHIP, [
    ...['consent_round', 'agreement', 'sha256', 'locale', 'signed_at', 'method', 'withdrawn_at'],
  ]),
  source('meeting', 'occurrence', OF_COHORT, ['starts_at', 'minutes', 'state', 'skipped_for']),
  source('meeting', 'rsvp', OF_OCCURRENCE, ['at', 'answer']),
  source('attendance', 'attendance', OF_SESSION, ['status', 'minutes', 'unobserved_minutes', 'late_minutes']),
  source('attendance', 'attendance_amendment', OF_ATTENDANCE, ['at', 'status', 'sealed_reason'], {
    isPart: true,
  }),
  source('attendance', 'make_up', OF_ATTENDANCE, ['state', 'kind', 'starts_at', 'credited_minutes'], {
    isPart: true,
  }),
  source('attendance', 'presence_interval', OF_SESSION, ['started_at', 'ended_at', 'seen'], { isPart: true }),
  source('goal', 'goal', OF_COHORT, ['number', 'sealed_text', 'readers', 'review_on', 'set_at']),
  source('goal', 'goal_update', OF_GOAL, ['at', 'level', 'sealed_level', 'sealed_note'], { isPart: true }),
  source('task', 'task', OF_COHORT, ['kind', 'opened_at', 'settled_at', 'outcome']),
  source('alert', 'alert', OF_COHORT, [
    ...['kind', 'readers', 'sealed_words', 'opened_at', 'times', 'last_at', 'closed_at', 'disposition'],
  ]),
  source('moderation', 'moderation', OF_COHORT, ['act', 'at', 'until', 'lifted_at', 'why']),
  // Why is sealed for the group that was opened, and read there.
  source('emergency-access', 'emergency_access', OF_COHORT, ['begun_at', 'ends_at', 'ended_at']),
  // Why is not told: it may be about somebody else.
  source('hold', 'legal_hold', OF_COHORT, ['placed_at', 'lifted_at']),
  source(
    'audit',
    'audit_entry',
    {
      joins: sql('JOIN audit_code k ON k.code = t.actor OR k.code = t.subject'),
      person: sql('k.person_id'),
      server: sql('t.chain'),
      cohort: sql('t.cohort'),
    },
    [],
  ),
];
