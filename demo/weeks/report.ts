/** Makes the document of a programme from the tables in which Hearth kept it, and from what Discord saw of it. */
import pg from 'pg';
import { after, DAY } from '../../src/core/time.ts';
import { ProgrammeDocument } from './document.ts';
import { EVERYBODY, GROUPS } from './programme.ts';
import type { WeeksStage } from './stage.ts';
import type { Played } from './story.ts';

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', ${ISO})`;

const OCCURRENCES = `
  SELECT c.name AS "group", CASE WHEN o.person_id IS NULL THEN 'group' ELSE 'individual' END AS kind, o.wall, o.zone,
    ${iso('o.starts_at')} AS "startsAt", o.minutes, o.state, o.skipped_for AS "skippedFor",
    ${iso('o.moved_from')} AS "movedFrom"
  FROM occurrence o JOIN cohort c ON c.id = o.cohort_id WHERE o.starts_at < $1 ORDER BY o.starts_at, c.name`;

const REMINDED = `
  SELECT p.account AS person, c.name AS "group", n.facts #>> '{notice,startsAt}' AS told,
    ${iso('o.starts_at')} AS "startsAt", n.reminder, n.outcome, n.why
  FROM notice n JOIN person p ON p.id = n.person_id JOIN cohort c ON c.id = n.cohort_id
    JOIN occurrence o ON o.id = n.occurrence_id
  WHERE n.reminder IS NOT NULL AND n.made_at < $1 ORDER BY o.starts_at, n.made_at, p.account`;

const ATTENDED = `
  SELECT p.account AS person, c.name AS "group", ${iso('s.started_at')} AS "startsAt",
    CASE WHEN s.person_id IS NULL THEN 'group' ELSE 'individual' END AS kind,
    coalesce((SELECT m.status FROM attendance_amendment m WHERE m.attendance_id = a.id ORDER BY m.at DESC, m.id DESC
      LIMIT 1), a.status) AS status,
    a.status AS counted, a.minutes, a.unobserved_minutes AS "unobservedMinutes"
  FROM attendance a JOIN session s ON s.id = a.session_id JOIN person p ON p.id = a.person_id
    JOIN cohort c ON c.id = s.cohort_id
  WHERE s.started_at < $1 ORDER BY s.started_at, p.account`;

const MADE_UP = `
  SELECT p.account AS person, c.name AS "group", ${iso('s.started_at')} AS missed, u.state, u.kind,
    u.credited_minutes AS "creditedMinutes"
  FROM make_up u JOIN attendance a ON a.id = u.attendance_id JOIN session s ON s.id = a.session_id
    JOIN person p ON p.id = a.person_id JOIN cohort c ON c.id = s.cohort_id
  WHERE s.started_at < $1 ORDER BY s.started_at, p.account`;

const GROUPED = `
  SELECT c.name, c.zone, (SELECT count(*)::int FROM membership m WHERE m.cohort_id = c.id AND m.discharged_at IS NULL)
    AS enrolled FROM cohort c WHERE $1::timestamptz IS NOT NULL ORDER BY c.name`;

const offset = (moment: Date, zone: string): string | undefined =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;

/** Days within the programme on which the clocks of a zone change. */
const clockChanges = (zone: string, begins: Date, ends: Date): readonly string[] => {
  const changes: string[] = [];
  for (let day = begins; day < ends; day = after(day, DAY)) {
    const next = after(day, DAY);
    if (offset(day, zone) !== offset(next, zone)) changes.push(next.toISOString());
  }
  return changes;
};

/** The document; checked against its own schema. */
export const reportOnWeeks = async (
  stage: WeeksStage,
  weeks: number,
  { begins, ends, troubles, refused }: Played,
): Promise<ProgrammeDocument> => {
  const names = new Map(EVERYBODY.map((name) => [stage.who(name).id, name]));
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
    (await client.query(sql, [ends])).rows.map((row) =>
      'person' in row ? { ...row, person: names.get(row.person) ?? 'somebody else' } : row,
    );
  try {
    const failures = await client.query('SELECT count(*)::int AS open FROM failure WHERE settled_at IS NULL');
    const groups = (await rows(GROUPED)).map((group) => ({
      ...group,
      clockChanges: clockChanges(String(group['zone']), begins, ends),
    }));
    return ProgrammeDocument.parse({
      weeks,
      begins: begins.toISOString(),
      ends: ends.toISOString(),
      groups,
      occurrences: await rows(OCCURRENCES),
      reminders: (await rows(REMINDED)).map(({ told: _told, ...reminder }) => reminder),
      attendance: await rows(ATTENDED),
      makeUps: await rows(MADE_UP),
      refused,
      troubles: { ...troubles, failures: failures.rows[0].open },
      directMessages: EVERYBODY.reduce((sum, name) => sum + stage.who(name).dms().length, 0),
      restCalls: stage.sandbox.transcript.countByRoute(stage.sandbox.bot.id),
    });
  } finally {
    await client.end();
  }
};

/** The groups of a programme by name. */
export const planOf = (name: string) => GROUPS.find((group) => group.name === name);
