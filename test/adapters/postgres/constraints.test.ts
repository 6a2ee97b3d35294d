/** What the database itself refuses, whoever asks: every rule that a race, a mistake or a hand at the console could break. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTENDANCE_STATUSES } from '../../../src/core/attendance.ts';
import type { Cohort, Membership } from '../../../src/core/cohort.ts';
import type { Running } from '../../../src/core/session.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, aMember, aSession, aStore, at, id, type Kept } from './kept.ts';

let kept: Kept;
let cohort: Cohort;
let ana: Membership;
let session: Running;
beforeAll(async () => {
  kept = await aStore();
  cohort = await aCohort(kept.store);
  ana = await aMember(kept.store, cohort);
  session = await aSession(kept.store, cohort);
});
afterAll(() => kept.store.close());

const UNIQUE = '23505';
const EXCLUSION = '23P01';
const CHECK = '23514';
const APPEND_ONLY = '23001';

/** The code with which Postgres refuses a statement; undefined when it does not. */
const refusal = async (sql: string, values: unknown[] = []): Promise<string | undefined> => {
  try {
    await runSql(kept.url, sql, values);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
};

/** Copies a row of a table under a new id, with other values where they are given. */
const copy = (table: string, rowId: string, but: Readonly<Record<string, unknown>> = {}) =>
  refusal(
    `INSERT INTO "${table}" SELECT r.* FROM "${table}" o,
     jsonb_populate_record(o, $2::jsonb) r WHERE o.id = $1`,
    [rowId, JSON.stringify({ id: id(), ...but })],
  );

describe('the database refuses', () => {
  it('a second unfinished session of a cohort', async () => {
    expect(await copy('session', session.id, { number: 2 })).toBe(UNIQUE);
  });

  it('two things that sound in one session, and states of one that hold what is not true in them', async () => {
    const insert = (columns: Readonly<Record<string, unknown>>) => {
      const row = {
        ...{ id: id(), cohort_id: cohort.id, session_id: session.id, kind: 'exercise', exercise_id: 'box' },
        ...{ course: {}, length_ms: 10, started_by: 'account', started_at: at(1), version: 0 },
        ...columns,
      };
      return refusal('INSERT INTO playback SELECT * FROM jsonb_populate_record(NULL::playback, $1::jsonb)', [
        JSON.stringify(row),
      ]);
    };
    const playing = { state: 'playing', since: at(1), position_ms: 0 };
    expect(await insert(playing)).toBeUndefined();
    expect(await insert(playing)).toBe(UNIQUE);
    expect(await insert({ state: 'paused', position_ms: 0, because: 'asked' })).toBe(UNIQUE);
    const ended = { state: 'ended', ended_at: at(2), how: 'over' };
    expect(await insert(ended)).toBeUndefined();
    expect(await insert({ ...ended, position_ms: 3 })).toBe(CHECK);
    expect(await insert({ ...ended, how: 'bored' })).toBe(CHECK);
    expect(await insert({ ...ended, kind: 'media' })).toBe(CHECK);
    expect(await insert({ ...ended, exercise_id: null })).toBe(CHECK);
    expect(await insert({ state: 'paused', position_ms: 11, because: 'asked' })).toBe(CHECK);
  });

  it('two sessions of a cohort with the same number', async () => {
    const ended = {
      state: 'ended',
      ended_at: at(9),
      step: null,
      entered_at: null,
      planned_end_at: null,
      warning: null,
    };
    expect(await copy('session', session.id, { ...ended, number: 1 })).toBe(UNIQUE);
    expect(await copy('session', session.id, { ...ended, number: 7 })).toBeUndefined();
  });

  it.each([
    ['running without a planned end', 'planned_end_at = NULL'],
    ['paused with a planned end', "state = 'paused', paused_at = now(), left_ms = 1"],
    ['ended and yet in a phase', "state = 'ended', ended_at = now()"],
    ['in a state that nobody knows', "state = 'asleep'"],
    ['in a phase before the first', 'step = -1'],
    ['warned in a way that nobody knows', "warning = 'maybe'"],
  ])('a session that is %s', async (_what, set) => {
    expect(await refusal(`UPDATE session SET ${set} WHERE id = $1`, [session.id])).toBe(CHECK);
  });

  it.each(['UPDATE session_event SET number = 99', 'DELETE FROM session_event', 'TRUNCATE session_event'])(
    'to change what came to pass in a session: %s',
    async (sql) => {
      expect(await refusal(sql)).toBe(APPEND_ONLY);
    },
  );

  it('to take back a correction of attendance, a step towards a goal, or a key that opens what people wrote', async () => {
    for (const table of ['attendance_amendment', 'goal_update', 'data_key']) {
      expect(await refusal(`DELETE FROM ${table}`)).toBe(APPEND_ONLY);
      expect(await refusal(`TRUNCATE ${table}`)).toBe(APPEND_ONLY);
    }
  });

  it('to change a step towards a goal, but for sealing it with a data key, once', async () => {
    const [goalId, stepId] = [id(), id()];
    const set = `INSERT INTO goal (id, cohort_id, person_id, number, sealed_text, readers, review_on, set_at)
                 VALUES ($1, $2, $3, 9, 'v1.x', 'staff', '2026-06-01', now())`;
    expect(await refusal(set, [goalId, cohort.id, ana.person.id])).toBeUndefined();
    const step = `INSERT INTO goal_update (id, goal_id, level, sealed_note, at) VALUES ($1, $2, 1, 'v1.x', now())`;
    expect(await refusal(step, [stepId, goalId])).toBeUndefined();
    const change = (what: string) => refusal(`UPDATE goal_update SET ${what} WHERE id = $1`, [stepId]);
    for (const what of ['at = now()', 'level = 2', "sealed_note = 'v1.y'", 'sealed_note = NULL']) {
      expect(await change(what), what).toBe(APPEND_ONLY);
    }
    expect(await change("sealed_note = 'v2.y', at = now()")).toBe(APPEND_ONLY);
    expect(await change("sealed_level = 'v2.y'")).toBe(CHECK);
    expect(await change("sealed_note = 'v2.y', sealed_level = 'v2.y', level = NULL")).toBeUndefined();
    for (const what of ["sealed_note = 'v2.z'", "sealed_level = 'v2.z'", 'level = 1, sealed_level = NULL']) {
      expect(await change(what), what).toBe(APPEND_ONLY);
    }
  });

  it('to change a correction of attendance, but for sealing its reason with a data key, once', async () => {
    const [rowId, amendmentId] = [id(), id()];
    const come = `INSERT INTO attendance (id, session_id, person_id, status, minutes, unobserved_minutes, late_minutes)
                  VALUES ($1, $2, $3, 'late', 1, 0, 0)`;
    expect(await refusal(come, [rowId, session.id, cohort.coFacilitator.id])).toBeUndefined();
    const amend = `INSERT INTO attendance_amendment (id, attendance_id, status, by, at, sealed_reason)
                   VALUES ($1, $2, 'excused', 'lead', now(), 'v1.x')`;
    expect(await refusal(amend, [amendmentId, rowId])).toBeUndefined();
    const change = (what: string) =>
      refusal(`UPDATE attendance_amendment SET ${what} WHERE id = $1`, [amendmentId]);
    for (const what of ['at = now()', "status = 'late'", "sealed_reason = 'v1.y'", "by = 'other'"]) {
      expect(await change(what), what).toBe(APPEND_ONLY);
    }
    expect(await change("sealed_reason = 'v2.y', by = 'other'")).toBe(APPEND_ONLY);
    expect(await change("sealed_reason = 'v2.y'")).toBeUndefined();
    expect(await change("sealed_reason = 'v2.z'")).toBe(APPEND_ONLY);
  });

  it('a data key that is there and destroyed, and one that comes back', async () => {
    const ownerId = id();
    const make = 'INSERT INTO data_key (owner_id, owner_kind, wrapped, destroyed_at) VALUES ($1, $2, $3, $4)';
    expect(await refusal(make, [ownerId, 'person', 'v1.x', at(1)])).toBe(CHECK);
    expect(await refusal(make, [ownerId, 'person', null, null])).toBe(CHECK);
    expect(await refusal(make, [ownerId, 'stranger', 'v1.x', null])).toBe(CHECK);
    expect(await refusal(make, [ownerId, 'person', 'v1.x', null])).toBeUndefined();
    const change = (wrapped: string | null, destroyedAt: Date | null) =>
      refusal('UPDATE data_key SET wrapped = $2, destroyed_at = $3 WHERE owner_id = $1', [
        ownerId,
        wrapped,
        destroyedAt,
      ]);
    expect(await change('v1.y', null)).toBeUndefined();
    expect(await change(null, at(1))).toBeUndefined();
    expect(await change('v1.y', null)).toBe(APPEND_ONLY);
  });

  it('two open checks of a microphone by one person or in one room, and two with whom Hearth is', async () => {
    const rowId = id();
    const values = [rowId, cohort.id, ana.person.id, at(0)];
    const ask = `INSERT INTO microphone_check (id, server_id, cohort_id, person_id, number, state, asked_at, changed_at, version)
                 SELECT $1, server_id, id, $3, 1, 'ready', $4, $4, 0 FROM cohort WHERE id = $2`;
    expect(await refusal(ask, values)).toBeUndefined();
    const other = { person_id: cohort.lead.id, number: 2, state: 'waiting' };
    expect(await copy('microphone_check', rowId, { ...other, person_id: ana.person.id })).toBe(UNIQUE);
    expect(await copy('microphone_check', rowId, { ...other, number: 1 })).toBe(UNIQUE);
    expect(await copy('microphone_check', rowId, { ...other, state: 'listening' })).toBe(UNIQUE);
    expect(await copy('microphone_check', rowId, { ...other, state: 'heard' })).toBe(CHECK);
    expect(await copy('microphone_check', rowId, { ...other, why: 'left' })).toBe(CHECK);
    expect(await copy('microphone_check', rowId, other)).toBeUndefined();
    expect(await copy('microphone_check', rowId, { state: 'ended' })).toBeUndefined();
  });

  it('a call that is encrypted without a code, or has one while it is not', async () => {
    const put = (state: string, code: string | null) =>
      refusal('INSERT INTO call_encryption (cohort_id, state, privacy_code) VALUES ($1, $2, $3)', [
        cohort.id,
        state,
        code,
      ]);
    expect(await put('on', null)).toBe(CHECK);
    expect(await put('on', '12345')).toBe(CHECK);
    expect(await put('off', '1'.repeat(30))).toBe(CHECK);
    expect(await put('unknown', null)).toBe(CHECK);
    expect(await put('on', '1'.repeat(30))).toBeUndefined();
  });

  it('less than no talk time', async () => {
    const put = `INSERT INTO talk_time (session_id, person_id, spoken_ms, last_from, last_to) VALUES ($1, $2, $3, $4, $5)`;
    expect(await refusal(put, [session.id, ana.person.id, -1, at(0), at(1)])).toBe(CHECK);
    expect(await refusal(put, [session.id, ana.person.id, 0, at(1), at(0)])).toBe(CHECK);
  });

  it('a second membership of a person in a cohort, and more members than seats', async () => {
    expect(await copy('membership', ana.id)).toBe(UNIQUE);
    expect(await copy('membership', ana.id, { discharged_at: at(1) })).toBeUndefined();
    const pair = await aCohort(kept.store, { capacity: 2 });
    const [first] = [await aMember(kept.store, pair), await aMember(kept.store, pair)];
    expect(await copy('membership', first.id, { person_id: pair.lead.id })).toBe(EXCLUSION);
  });

  it('a second signature that holds for the same membership, round and text', async () => {
    const rowId = id();
    const values = [rowId, ana.id, 'a'.repeat(64), at(0)];
    const sign = `INSERT INTO signature (id, membership_id, consent_round, agreement, sha256, locale, signed_at, method)
                  VALUES ($1, $2, 1, '1.0', $3, 'en', $4, 'form')`;
    expect(await refusal(sign, values)).toBeUndefined();
    expect(await copy('signature', rowId)).toBe(UNIQUE);
    expect(await copy('signature', rowId, { withdrawn_at: at(1) })).toBeUndefined();
    expect(await copy('signature', rowId, { consent_round: 2 })).toBeUndefined();
    expect(await copy('signature', rowId, { sha256: 'not a hash' })).toBe(CHECK);
  });

  it.each([
    ['with one seat', { capacity: 1 }],
    ['with thirteen seats', { capacity: 13 }],
    ['of a length that no agenda has', { session_minutes: 45 }],
    ['of a type that nobody knows', { group_type: 'choir' }],
    ['without a name', { name: '' }],
    ['that asks for more than all of a session', { partial_below_percent: 101 }],
  ])('a cohort %s', async (_what, but) => {
    expect(await copy('cohort', cohort.id, { name: 'other', ...but })).toBe(CHECK);
  });

  it('a cohort whose two facilitators are one person', async () => {
    expect(await copy('cohort', cohort.id, { name: 'other', lead_id: cohort.coFacilitator.id })).toBe(CHECK);
  });

  it('two active cohorts of a server with the same name, whatever the case', async () => {
    expect(await copy('cohort', cohort.id, { name: cohort.name.toUpperCase() })).toBe(UNIQUE);
    expect(await copy('cohort', cohort.id, { state: 'archived' })).toBeUndefined();
  });

  it('presence that overlaps, is open twice, or ends before it begins', async () => {
    const rowId = id();
    const values = [rowId, session.id, ana.person.id, at(0), at(10)];
    const note = `INSERT INTO presence_interval (id, session_id, person_id, started_at, ended_at, seen)
                  VALUES ($1, $2, $3, $4, $5, 'observed')`;
    expect(await refusal(note, values)).toBeUndefined();
    expect(await copy('presence_interval', rowId, { started_at: at(9), ended_at: null })).toBe(EXCLUSION);
    expect(await copy('presence_interval', rowId, { started_at: at(10), ended_at: null })).toBeUndefined();
    expect(await copy('presence_interval', rowId, { started_at: at(20), ended_at: null })).toBe(EXCLUSION);
    expect(await copy('presence_interval', rowId, { started_at: at(-1), ended_at: at(-2) })).toBe(CHECK);
  });

  it('two speakers at once, and a hand that is raised twice', async () => {
    const rowId = id();
    const speak = `INSERT INTO turn (id, session_id, person_id, state, place, asked_at, began_at)
                   VALUES ($1, $2, $3, 'speaking', 1, $4, $4)`;
    expect(await refusal(speak, [rowId, session.id, ana.person.id, at(0)])).toBeUndefined();
    expect(await copy('turn', rowId, { person_id: cohort.lead.id })).toBe(UNIQUE);
    expect(await copy('turn', rowId, { state: 'waiting' })).toBeUndefined();
    expect(await copy('turn', rowId, { state: 'waiting' })).toBe(UNIQUE);
    expect(await copy('turn', rowId, { state: 'whispering' })).toBe(CHECK);
  });

  it('a second check-in or reflection of a person in a session, and a pass that tells something', async () => {
    for (const [table, told] of [
      ['check_in', 'sealed_arrival'],
      ['reflection', 'sealed_take_away'],
    ] as const) {
      const rowId = id();
      const firstAt = table === 'check_in' ? ', first_at' : '';
      const insert = `INSERT INTO ${table} (id, session_id, person_id, at${firstAt}, share)
                      VALUES ($1, $2, $3, $4${firstAt && ', $4'}, 'pass')`;
      expect(await refusal(insert, [rowId, session.id, ana.person.id, at(0)])).toBeUndefined();
      expect(await copy(table, rowId)).toBe(UNIQUE);
      expect(await copy(table, rowId, { person_id: cohort.lead.id, [told]: 'x' })).toBe(CHECK);
      expect(await copy(table, rowId, { person_id: cohort.lead.id, share: 'group' })).toBe(CHECK);
      expect(await copy(table, rowId, { person_id: cohort.lead.id, share: 'everybody' })).toBe(CHECK);
    }
  });

  it('two goals of a person with the same number, and a level beyond two', async () => {
    const rowId = id();
    const set = `INSERT INTO goal (id, cohort_id, person_id, number, sealed_text, readers, review_on, set_at)
                 VALUES ($1, $2, $3, 1, 'sealed', 'staff', '2026-06-01', $4)`;
    expect(await refusal(set, [rowId, cohort.id, ana.person.id, at(0)])).toBeUndefined();
    expect(await copy('goal', rowId)).toBe(UNIQUE);
    expect(await copy('goal', rowId, { number: 2, readers: 'everybody' })).toBe(CHECK);
    const step = 'INSERT INTO goal_update (id, goal_id, level, at) VALUES ($1, $2, $3, now())';
    expect(await refusal(step, [id(), rowId, 3])).toBe(CHECK);
    expect(await refusal(step, [id(), rowId, -2])).toBeUndefined();
  });

  it('two cards of a session, two panels of a cohort, and a panel that belongs to a session', async () => {
    const stand = `INSERT INTO standing_message (id, cohort_id, kind, session_id, channel_id)
                   VALUES ($1, $2, $3, $4, 'room')`;
    const [card, panel] = [id(), id()];
    expect(await refusal(stand, [card, cohort.id, 'session-card', session.id])).toBeUndefined();
    expect(await refusal(stand, [panel, cohort.id, 'staff-panel', null])).toBeUndefined();
    expect(await copy('standing_message', card)).toBe(UNIQUE);
    expect(await copy('standing_message', panel)).toBe(UNIQUE);
    expect(await copy('standing_message', panel, { session_id: session.id })).toBe(CHECK);
  });

  it('a reason of somebody who comes, a second answer, and an answer that nobody knows', async () => {
    const [meeting, rowId] = [id(), id()];
    const plan = `INSERT INTO occurrence (id, cohort_id, wall, zone, starts_at, minutes, state, revision, changed_at, version)
                  VALUES ($1, $2, '2026-05-06T18:00', 'Etc/UTC', $3, 90, 'planned', 0, $3, 0)`;
    expect(await refusal(plan, [meeting, cohort.id, at(60)])).toBeUndefined();
    const tell = `INSERT INTO rsvp (id, occurrence_id, person_id, answer, at) VALUES ($1, $2, $3, 'coming', $4)`;
    expect(await refusal(tell, [rowId, meeting, ana.person.id, at(0)])).toBeUndefined();
    expect(await copy('rsvp', rowId)).toBe(UNIQUE);
    expect(await copy('rsvp', rowId, { person_id: cohort.lead.id, sealed_reason: 'x' })).toBe(CHECK);
    expect(await copy('rsvp', rowId, { person_id: cohort.lead.id, answer: 'perhaps' })).toBe(CHECK);
  });

  it('two tasks about the same absence, one that is settled by nobody, and a tick that is taken back', async () => {
    const rowId = id();
    const open = `INSERT INTO task (id, cohort_id, number, kind, person_id, assignee_id, session_id, opened_at)
                  VALUES ($1, $2, 1, 'no-show', $3, $4, $5, now())`;
    const values = [rowId, cohort.id, ana.person.id, cohort.lead.id, session.id];
    expect(await refusal(open, values)).toBeUndefined();
    expect(await copy('task', rowId, { session_id: null })).toBe(UNIQUE);
    expect(await copy('task', rowId, { number: 2 })).toBe(UNIQUE);
    expect(await copy('task', rowId, { number: 2, kind: 'no-shows-in-a-row' })).toBeUndefined();
    expect(await copy('task', rowId, { number: 3, kind: 'gossip', session_id: null })).toBe(CHECK);
    expect(await refusal('UPDATE task SET settled_at = now() WHERE id = $1', [rowId])).toBe(CHECK);
    const tick = `INSERT INTO task_tick (task_id, item, by, at) VALUES ($1, 'phoned', 'lead', now())`;
    expect(await refusal(tick, [rowId])).toBeUndefined();
    expect(await refusal(tick, [rowId])).toBe(UNIQUE);
    for (const sql of ['DELETE FROM task_tick', 'UPDATE task_tick SET at = now()', 'TRUNCATE task_tick']) {
      expect(await refusal(sql)).toBe(APPEND_ONLY);
    }
  });

  it('to attest a session twice, or to take it back', async () => {
    const attest = `INSERT INTO attestation (session_id, by, at) VALUES ($1, 'lead', now())`;
    expect(await refusal(attest, [session.id])).toBeUndefined();
    expect(await refusal(attest, [session.id])).toBe(UNIQUE);
    expect(await refusal('DELETE FROM attestation')).toBe(APPEND_ONLY);
    expect(await refusal("UPDATE attestation SET by = 'other'")).toBe(APPEND_ONLY);
  });

  it('a second attendance of a person, but knows every status that there is', async () => {
    const rowId = id();
    const come = `INSERT INTO attendance (id, session_id, person_id, status, minutes, unobserved_minutes, late_minutes)
                  VALUES ($1, $2, $3, 'present', 1, 0, 0)`;
    expect(await refusal(come, [rowId, session.id, ana.person.id])).toBeUndefined();
    expect(await copy('attendance', rowId)).toBe(UNIQUE);
    for (const status of ATTENDANCE_STATUSES) {
      expect(await refusal('UPDATE attendance SET status = $1', [status])).toBeUndefined();
      const amend = `INSERT INTO attendance_amendment (id, attendance_id, status, by, at, sealed_reason)
                     VALUES ($1, $2, $3, 'lead', now(), 'sealed')`;
      expect(await refusal(amend, [id(), rowId, status])).toBeUndefined();
    }
    expect(await refusal("UPDATE attendance SET status = 'asleep'")).toBe(CHECK);
    expect(await refusal('UPDATE attendance SET minutes = -1')).toBe(CHECK);
  });
});
