/** Cohorts by the thousand, written straight into the tables: what is measured is what Hearth does with them. */
import type pg from 'pg';
import type { Slot } from '../src/core/schedule.ts';

/** Some on either side of the world, some whose clocks change within weeks, some that are half an hour apart. */
export const MIXED_ZONES = [
  'Europe/Madrid',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Auckland',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Etc/UTC',
] as const;

/** Three meetings a week. */
export const SLOTS: readonly Slot[] = [
  { kind: 'weekly', days: ['mon', 'wed'], times: ['18:00'] },
  { kind: 'weekly', days: ['fri'], times: ['02:30'] },
];

/** A server in which Hearth is not, so that nothing is brought there. */
const NOWHERE = '1';

const ADD_COHORTS = `
  WITH staff AS (
    INSERT INTO person (id, account) VALUES (gen_random_uuid(), $1 || '-lead'), (gen_random_uuid(), $1 || '-co')
    RETURNING id, account
  )
  INSERT INTO cohort (id, server_id, name, group_type, capacity, session_minutes, zone, lead_id, co_facilitator_id,
    late_after_minutes, partial_below_percent, consent_round, state, begun_at, created_at, version)
  SELECT gen_random_uuid(), $2, 'Group ' || $1 || '-' || number, 'support', 12, 60, ($3::text[])[1 + number % $4],
    (SELECT id FROM staff WHERE account LIKE '%-lead'), (SELECT id FROM staff WHERE account LIKE '%-co'),
    10, 75, 1, 'active', now(), now(), 0
  FROM generate_series(1, $5::int) AS number`;

const ADD_SCHEDULES = `
  INSERT INTO schedule (id, cohort_id, slots, minutes, zone, first_date, last_date, state, written_at, written_by,
    planned_until, version)
  SELECT gen_random_uuid(), id, $1, 60, zone, $2, $3, 'running', now(), '1', $4, 0
  FROM cohort WHERE NOT EXISTS (SELECT 1 FROM schedule WHERE cohort_id = cohort.id)`;

export interface Cycle {
  /** YYYY-MM-DD. */
  readonly firstDate: string;
  readonly lastDate: string;
  readonly plannedUntil: Date;
}

/** Adds so many cohorts, each with a running schedule of three meetings a week. */
export const addCohorts = async (
  pool: pg.Pool,
  count: number,
  { firstDate, lastDate, plannedUntil }: Cycle,
): Promise<void> => {
  const { rows } = await pool.query<{ cohorts: string }>('SELECT count(*) AS cohorts FROM cohort');
  const batch = `from-${rows[0]?.cohorts}`;
  await pool.query('INSERT INTO server (id) VALUES ($1) ON CONFLICT DO NOTHING', [NOWHERE]);
  await pool.query(ADD_COHORTS, [batch, NOWHERE, MIXED_ZONES, MIXED_ZONES.length, count]);
  await pool.query(ADD_SCHEDULES, [JSON.stringify(SLOTS), firstDate, lastDate, plannedUntil]);
};
