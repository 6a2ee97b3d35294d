/** What the planning of Hearth is compared with: moments computed in a loop, rows and jobs inserted in bulk. */
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { v7 } from 'uuid';
import { HOUR, MINUTE } from '../src/core/time.ts';

export interface BarePlanner {
  /** All of these in one transaction. */
  plan(scheduleIds: readonly string[], until: Date): Promise<void>;
  close(): Promise<void>;
}

interface Row {
  readonly id: string;
  readonly cohort_id: string;
  readonly zone: string;
  readonly first_date: string;
}

interface Meeting {
  readonly id: string;
  readonly cohort: string;
  readonly schedule: string;
  readonly wall: string;
  readonly zone: string;
  readonly at: string;
}

const CONNECTIONS = 4;
/** Monday, Wednesday and Friday, as Temporal counts them. */
const TIMES: Readonly<Record<number, string>> = { 1: '18:00', 3: '18:00', 5: '02:30' };

const meetingsOf = (
  { id, cohort_id, zone, first_date }: Row,
  from: number,
  to: number,
): readonly Meeting[] => {
  const meetings: Meeting[] = [];
  for (let day = Temporal.PlainDate.from(first_date); ; day = day.add({ days: 1 })) {
    const time = TIMES[day.dayOfWeek];
    const wall = `${day}T${time ?? '00:00'}`;
    const at = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds;
    // A day may begin a little earlier in another zone: the loop ends only when that is over, too.
    if (at > to + 24 * HOUR) return meetings;
    if (time === undefined || at <= from || at > to) continue;
    meetings.push({ id: v7(), cohort: cohort_id, schedule: id, wall, zone, at: new Date(at).toISOString() });
  }
};

const INSERT = `
  INSERT INTO occurrence (id, cohort_id, schedule_id, wall, zone, starts_at, minutes, state, revision, changed_at, version)
  SELECT id, cohort, schedule, wall, zone, at, 60, 'planned', 0, now(), 0
  FROM json_to_recordset($1) AS m(id uuid, cohort uuid, schedule uuid, wall text, zone text, at timestamptz)
  ON CONFLICT DO NOTHING`;

const ASK = `INSERT INTO later_job (job, due_at)
  SELECT job, at FROM jsonb_to_recordset($1::jsonb) AS later(job jsonb, at timestamptz)`;

/** Hours before the meeting, and what is due then. */
const MILESTONES = [
  ['day', 24],
  ['hour', 1],
  ['ten-minutes', 1 / 6],
] as const;

const jobOf = ({ id, cohort, at }: Meeting, now: number) => {
  const start = Date.parse(at);
  const due = MILESTONES.find(([, hours]) => start - hours * HOUR > now) ?? (['begins', 0] as const);
  return {
    job: {
      name: 'occurrence-due',
      cohortId: cohort,
      occurrenceId: id,
      startsAt: at,
      revision: 0,
      milestone: due[0],
    },
    at: new Date(Math.round((start - due[1] * HOUR) / MINUTE) * MINUTE),
  };
};

const planIn = async (
  client: pg.PoolClient,
  { ids, until, now }: { readonly ids: readonly string[]; readonly until: Date; readonly now: Date },
): Promise<void> => {
  const { rows } = await client.query<Row>(
    'SELECT id, cohort_id, zone, first_date FROM schedule WHERE id = ANY($1)',
    [ids],
  );
  const meetings = rows.flatMap((row) => meetingsOf(row, now.getTime(), until.getTime()));
  await client.query(INSERT, [JSON.stringify(meetings)]);
  const jobs = meetings.map((meeting) => jobOf(meeting, now.getTime()));
  await client.query(ASK, [JSON.stringify(jobs)]);
  await client.query('UPDATE schedule SET planned_until = $1 WHERE id = ANY($2)', [until, ids]);
};

/** Opens it on a database that is up to date. */
export const openBarePlanner = (url: string, now: Date): BarePlanner => {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  return {
    plan: async (ids, until) => {
      const client = await pool.connect();
      await client.query('BEGIN');
      await planIn(client, { ids, until, now });
      await client.query('COMMIT');
      client.release();
    },
    close: () => pool.end(),
  };
};
