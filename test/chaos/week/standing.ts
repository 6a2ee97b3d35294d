/** What must be kept and stand in Discord at any moment of the week at which nothing is due: each once, and nothing else. */
import { expect } from 'vitest';
import type { Message } from '../../../sandbox/world.ts';
import { REMINDERS } from '../../../src/core/milestone.ts';
import type { Arena } from './arena.ts';
import { BEFORE, type Group, type Meeting, type Programme, SESSION } from './programme.ts';

/** What was found, in numbers. */
export interface Found {
  readonly occurrences: number;
  /** By how it came out, with why it did not. */
  readonly reminders: Readonly<Record<string, number>>;
  readonly roomMessages: number;
  readonly directMessages: number;
  readonly announcements: number;
  readonly boards: number;
  readonly events: number;
  readonly sessions: number;
  readonly attendances: number;
  readonly tasks: number;
  /** Messages in rooms beyond those that a ledger knows, each once. */
  readonly duplicates: number;
}

type Held = Meeting & { readonly group: Group };

const iso = (at: number | Date): string => new Date(at).toISOString();

const botMessages = ({ stage: { sandbox } }: Arena, channelId: string): readonly Message[] =>
  [...(sandbox.world.messages.get(channelId)?.values() ?? [])].filter(
    ({ authorId, onlyFor }) => authorId === sandbox.bot.id && onlyFor === null,
  );

const meetingsOf = ({ groups }: Programme): readonly Held[] =>
  groups.flatMap((group) => group.meetings.map((meeting) => ({ ...meeting, group })));

/** Exactly the meetings that the oracle names, each once, at the right instant. */
const expectOccurrences = async (arena: Arena, programme: Programme): Promise<number> => {
  const rows = await arena.query<{ name: string; at: Date; state: string }>(
    'SELECT c.name, o.starts_at AS at, o.state FROM occurrence o JOIN cohort c ON c.id = o.cohort_id',
  );
  const stateOf = ({ at, opener }: Held): string => {
    if (opener !== 'nobody') return arena.now() < at + (opener === 'lead' ? 0 : SESSION) ? '' : 'held';
    return arena.now() < at + SESSION + SESSION / 2 ? 'planned' : 'not-held';
  };
  const named = meetingsOf(programme);
  expect(rows.map(({ name, at }) => `${name} ${iso(at)}`).toSorted()).toEqual(
    named.map(({ group, at }) => `${group.name} ${iso(at)}`).toSorted(),
  );
  for (const each of named.filter((meeting) => stateOf(meeting) !== '')) {
    const row = rows.find(({ name, at }) => name === each.group.name && at.getTime() === each.at);
    if (arena.now() > each.at + SESSION || each.opener === 'nobody') {
      expect(row?.state, `${each.group.name} ${iso(each.at)}`).toBe(stateOf(each));
    }
  }
  return rows.length;
};

interface NoticeRow {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly at: Date | null;
  readonly reminder: (typeof REMINDERS)[number] | null;
  readonly account: string | null;
  readonly room: string | null;
  readonly outcome: string;
  readonly why: string | null;
  readonly made_at: Date;
  readonly settled_at: Date | null;
  readonly message_id: string | null;
  readonly told_in: string | null;
  readonly direct: boolean | null;
  readonly answer: string | null;
}

const NOTICES = `SELECT n.id, n.key, n.kind, c.name, o.starts_at AS at, n.reminder, p.account, n.room, n.outcome, n.why,
    n.made_at, n.settled_at, n.message_id, n.told_in, f.direct, r.answer
  FROM notice n JOIN cohort c ON c.id = n.cohort_id
  LEFT JOIN occurrence o ON o.id = n.occurrence_id LEFT JOIN person p ON p.id = n.person_id
  LEFT JOIN contact_preference f ON f.person_id = n.person_id AND f.cohort_id = n.cohort_id
  LEFT JOIN rsvp r ON r.person_id = n.person_id AND r.occurrence_id = n.occurrence_id`;

/** When the next reminder was due: only from then on is one superseded. */
const nextDue = (at: number, reminder: (typeof REMINDERS)[number]): number => {
  const next = REMINDERS[REMINDERS.indexOf(reminder) + 1];
  return next ? at - BEFORE[next] : Number.POSITIVE_INFINITY;
};

/** Whether somebody was rightly told nothing. */
const isTrueReason = ({ why, at, reminder, made_at, settled_at, answer }: NoticeRow): boolean => {
  if (!at || !reminder || !settled_at) return false;
  switch (why) {
    case 'not-coming':
      return answer === 'not-coming';
    case 'superseded':
      return made_at.getTime() >= nextDue(at.getTime(), reminder);
    case 'has-begun':
      return settled_at >= at;
    case 'unsure':
      // Whatever makes it useless came between two attempts.
      return (
        answer === 'not-coming' ||
        settled_at.getTime() >= Math.min(at.getTime(), nextDue(at.getTime(), reminder))
      );
    default:
      return false;
  }
};

const expectTold = (row: NoticeRow): void => {
  const what = `${row.key} of ${row.name}: ${row.outcome} ${row.why ?? ''}`;
  expect(['direct', 'room', 'dropped'], what).toContain(row.outcome);
  if (row.outcome === 'dropped') expect(isTrueReason(row), what).toBe(true);
  else expect(row.outcome, what).toBe(row.direct === true ? 'direct' : 'room');
};

/** Everybody was reminded of every milestone that is past once, as they asked for it, or is told rightly why not. */
const expectReminders = async (arena: Arena, programme: Programme, rows: readonly NoticeRow[]) => {
  const due = meetingsOf(programme).flatMap(({ group, at }) =>
    REMINDERS.filter((reminder) => at - BEFORE[reminder] <= arena.now()).flatMap((reminder) =>
      [group.steady, group.varying].map(
        (person) => `${group.name} ${iso(at)} ${reminder} ${arena.stage.who(person).id}`,
      ),
    ),
  );
  const own = rows.filter(({ reminder, account }) => reminder !== null && account !== null);
  const lines = own.map(
    ({ name, at, reminder, account }) => `${name} ${iso(at ?? 0)} ${reminder} ${account}`,
  );
  expect(lines.toSorted()).toEqual(due.toSorted());
  for (const row of own) expectTold(row);
  return Object.fromEntries(
    [...Map.groupBy(own, ({ outcome, why }) => (why ? `${outcome}: ${why}` : outcome))].map(([how, some]) => [
      how,
      some.length,
    ]),
  );
};

/** A co-facilitator was asked to take over exactly where nobody had opened; and nobody's lead was missing who was there. */
const expectTakeOvers = (arena: Arena, programme: Programme, rows: readonly NoticeRow[]): void => {
  const asked = rows.filter(({ key }) => key.startsWith('take-over:'));
  const due = meetingsOf(programme).filter(
    ({ at, opener }) => opener !== 'lead' && at + 5 * 60_000 <= arena.now(),
  );
  expect(asked.map(({ name, at }) => `${name} ${iso(at ?? 0)}`).toSorted()).toEqual(
    due.map(({ group, at }) => `${group.name} ${iso(at)}`).toSorted(),
  );
  // Nobody opens before they were asked: there is no reason to tell one of them nothing.
  for (const { key, outcome, why } of asked) expect(outcome, `${key}: ${why}`).toBe('room');
  expect(rows.filter(({ key }) => key.startsWith('lead-missing:')).map(({ name }) => name)).toEqual([]);
};

interface Spoken {
  readonly channel_id: string;
  readonly message_id: string | null;
  readonly kind: string;
}

const ANNOUNCED = `SELECT r.channel_id, a.message_id, a.announcement->>'kind' AS kind
  FROM announcement a JOIN room r ON r.cohort_id = a.cohort_id AND r.kind = a.room`;
const NOTICED = `SELECT r.channel_id, n.message_id, n.kind FROM notice n
  JOIN room r ON r.cohort_id = n.cohort_id AND r.kind = n.room
  WHERE n.told_in IS NULL AND n.outcome IN ('room', 'mention')`;
const BOARDS = 'SELECT channel_id, message_id, kind FROM standing_message';

/** Every message of Hearth's in the rooms is one that a ledger knows, and everything that a ledger knows was said once. */
const expectRooms = async (
  arena: Arena,
): Promise<Pick<Found, 'roomMessages' | 'announcements' | 'boards' | 'duplicates'>> => {
  const announced = await arena.query<Spoken>(ANNOUNCED);
  const boards = await arena.query<Spoken>(BOARDS);
  const known = [...announced, ...boards, ...(await arena.query<Spoken>(NOTICED))];
  expect(known.filter(({ message_id }) => message_id === null)).toEqual([]);
  const rooms = await arena.query<{ channel_id: string; name: string; kind: string }>(
    'SELECT r.channel_id, c.name, r.kind FROM room r JOIN cohort c ON c.id = r.cohort_id',
  );
  let said = 0;
  for (const { channel_id, name, kind } of rooms) {
    const there = botMessages(arena, channel_id);
    said += there.length;
    const told = known.filter((each) => each.channel_id === channel_id);
    const unknown = there.filter(({ id }) => !told.some(({ message_id }) => message_id === id));
    expect(
      unknown.map(({ content, embeds }) => content || embeds[0]?.title),
      `in ${kind} of ${name}`,
    ).toEqual([]);
    expect(told.map(({ message_id }) => message_id).toSorted(), `in ${kind} of ${name}`).toEqual(
      there.map(({ id }) => id).toSorted(),
    );
  }
  const duplicates = said - new Set(known.map(({ message_id }) => message_id)).size;
  return { roomMessages: said, announcements: announced.length, boards: boards.length, duplicates };
};

/** Each group has one agreement and one panel, a card for each session, and a lobby for each meeting that was near. */
const expectBoards = async (arena: Arena, programme: Programme): Promise<void> => {
  const rows = await arena.query<{ name: string; kind: string; count: number }>(
    `SELECT c.name, s.kind, count(*)::int FROM standing_message s JOIN cohort c ON c.id = s.cohort_id GROUP BY 1, 2`,
  );
  for (const { name, meetings } of programme.groups) {
    const count = (kind: string): number =>
      rows.find((row) => row.name === name && row.kind === kind)?.count ?? 0;
    const [sessions] = await arena.query<{ count: number }>(
      'SELECT count(*)::int FROM session s JOIN cohort c ON c.id = s.cohort_id WHERE c.name = $1',
      [name],
    );
    const near = meetings.filter(({ at }) => at - BEFORE['ten-minutes'] <= arena.now());
    expect(
      {
        agreement: count('agreement'),
        panel: count('staff-panel'),
        cards: count('session-card'),
        lobbies: count('lobby'),
      },
      name,
    ).toEqual({ agreement: 1, panel: 1, cards: sessions?.count, lobbies: near.length });
  }
};

const directOf = (arena: Arena, account: string): readonly Message[] =>
  [...arena.stage.sandbox.world.channels.values()]
    .filter(({ type, recipients }) => type === 1 && recipients.includes(account))
    .flatMap(({ id }) => botMessages(arena, id));

/** Participants have exactly the direct messages that the ledger tells of; leads are told of tasks, and never twice of one. */
const expectDirect = async (
  arena: Arena,
  programme: Programme,
  rows: readonly NoticeRow[],
): Promise<number> => {
  let said = 0;
  for (const group of programme.groups) {
    for (const name of [group.steady, group.varying, group.coFacilitator]) {
      const { id } = arena.stage.who(name);
      const there = directOf(arena, id).map((message) => message.id);
      said += there.length;
      const told = rows.filter(({ account, outcome }) => account === id && outcome === 'direct');
      expect(there.toSorted(), name).toEqual(told.map(({ message_id }) => message_id).toSorted());
    }
    const there = directOf(arena, arena.stage.who(group.lead).id);
    said += there.length;
    const [tasks] = await arena.query<{ count: number }>(
      'SELECT count(*)::int FROM task t JOIN cohort c ON c.id = t.cohort_id WHERE c.name = $1',
      [group.name],
    );
    expect(there.length, `direct messages to ${group.lead}`).toBeLessThanOrEqual(tasks?.count ?? 0);
    expect(there.length > 0, `direct messages to ${group.lead}`).toBe((tasks?.count ?? 0) > 0);
  }
  return said;
};

/** In the server's calendar stands what is ahead, each once. */
const expectEvents = async (arena: Arena, programme: Programme): Promise<number> => {
  const { world, guild } = arena.stage.sandbox;
  const rooms = await arena.query<{ channel_id: string; name: string }>(
    `SELECT r.channel_id, c.name FROM room r JOIN cohort c ON c.id = r.cohort_id WHERE r.kind = 'voice'`,
  );
  const standing = [...(world.guilds.get(guild.id)?.scheduledEvents.values() ?? [])].filter(
    ({ status }) => status === 1 || status === 2,
  );
  const named = standing.map(({ channelId, startsAt }) => {
    const room = rooms.find(({ channel_id }) => channel_id === channelId);
    return { at: startsAt, line: `${room?.name} ${iso(startsAt)}` };
  });
  expect(new Set(named.map(({ line }) => line)).size, 'events are there once').toBe(named.length);
  const ahead = meetingsOf(programme).filter(({ at }) => at > arena.now());
  expect(
    named
      .filter(({ at }) => at > arena.now())
      .map(({ line }) => line)
      .toSorted(),
  ).toEqual(ahead.map(({ group, at }) => `${group.name} ${iso(at)}`).toSorted());
  return standing.length;
};

const over = (arena: Arena, programme: Programme): readonly Held[] =>
  meetingsOf(programme).filter(({ at, opener }) => opener !== 'nobody' && at + SESSION < arena.now());

const HOLES = `SELECT c.name, s.number FROM session s JOIN cohort c ON c.id = s.cohort_id
  LEFT JOIN (SELECT i.session_id, sum(i.ended_at - i.started_at) AS there FROM presence_interval i
    JOIN person p ON p.id = i.person_id WHERE p.account = ANY($1::text[]) GROUP BY 1) i ON i.session_id = s.id
  WHERE s.state = 'ended' AND i.there IS DISTINCT FROM s.ended_at - s.started_at`;

/** Of those who are there all the time, no minute is missing: they overlap nowhere, so that their sum tells it. */
const expectNoHoles = async (arena: Arena, { groups }: Programme): Promise<void> => {
  const steady = groups.map((group) => arena.stage.who(group.steady).id);
  expect(await arena.query(HOLES, [steady])).toEqual([]);
};

/** Those who waited while nobody had opened were told that nothing is counted against anybody. */
const isMissed = ({ coming, opener }: Held): boolean => coming === 'silent' && opener === 'lead';

const statusOf = (meeting: Held): string => {
  if (meeting.coming === 'comes') return 'present';
  return isMissed(meeting) ? 'no-show' : 'excused';
};

/** One session for each meeting that was held, with one attendance for everybody that says what they were. */
const expectAttendance = async (arena: Arena, programme: Programme) => {
  const rows = await arena.query<{ name: string; at: Date; account: string; status: string }>(
    `SELECT c.name, o.starts_at AS at, p.account, a.status FROM attendance a
      JOIN session s ON s.id = a.session_id JOIN cohort c ON c.id = s.cohort_id
      LEFT JOIN occurrence o ON o.session_id = s.id JOIN person p ON p.id = a.person_id`,
  );
  const lines = over(arena, programme).flatMap((meeting) => {
    const { group, at } = meeting;
    const status = statusOf(meeting);
    return [
      `${group.name} ${iso(at)} ${arena.stage.who(group.steady).id} present`,
      `${group.name} ${iso(at)} ${arena.stage.who(group.varying).id} ${status}`,
    ];
  });
  expect(
    rows.map(({ name, at, account, status }) => `${name} ${iso(at ?? 0)} ${account} ${status}`).toSorted(),
  ).toEqual(lines.toSorted());
  const [sessions] = await arena.query<{ count: number }>('SELECT count(*)::int FROM session');
  return { attendances: rows.length, sessions: sessions?.count ?? 0 };
};

/** One task for each absence that was told, and for each session to which somebody did not come. */
const expectTasks = async (arena: Arena, programme: Programme): Promise<number> => {
  const rows = await arena.query<{ name: string; kind: string; at: Date }>(
    `SELECT c.name, t.kind, o.starts_at AS at FROM task t JOIN cohort c ON c.id = t.cohort_id
      JOIN occurrence o ON o.id = t.occurrence_id OR o.session_id = t.session_id`,
  );
  const told = meetingsOf(programme).filter(
    ({ at, coming }) => coming === 'told' && at - BEFORE.hour < arena.now(),
  );
  const missed = over(arena, programme).filter(isMissed);
  expect(rows.map(({ name, kind, at }) => `${name} ${kind} ${iso(at)}`).toSorted()).toEqual(
    [
      ...told.map(({ group, at }) => `${group.name} absence-told ${iso(at)}`),
      ...missed.map(({ group, at }) => `${group.name} no-show ${iso(at)}`),
    ].toSorted(),
  );
  return rows.length;
};

/** The announcements of sessions: an opening and an end for each, a check-in where the lead went on, and one for each task. */
const expectAnnouncements = async (arena: Arena): Promise<void> => {
  const rows = await arena.query<{ name: string; kind: string; count: number; told: number }>(
    `SELECT c.name, k.kind, count(a.id)::int AS count, CASE k.kind
        WHEN 'task-opened' THEN (SELECT count(*) FROM task t WHERE t.cohort_id = c.id)
        WHEN 'session-opened' THEN (SELECT count(*) FROM session s WHERE s.cohort_id = c.id)
        WHEN 'session-ended' THEN (SELECT count(*) FROM session s WHERE s.cohort_id = c.id AND s.state = 'ended')
        ELSE (SELECT count(*) FROM session_event e JOIN session s ON s.id = e.session_id
          WHERE s.cohort_id = c.id AND e.number > 2 AND e.event->>'kind' = 'phase-entered') END::int AS told
      FROM cohort c CROSS JOIN unnest(ARRAY['task-opened', 'session-opened', 'session-ended', 'phase-entered']) AS k(kind)
      LEFT JOIN announcement a ON a.cohort_id = c.id AND a.announcement->>'kind' = k.kind
      GROUP BY c.id, c.name, k.kind`,
  );
  for (const { name, kind, count, told } of rows) expect(count, `${kind} in ${name}`).toBe(told);
};

/** Nothing was given up, and nothing has failed for good. */
const expectNoFailures = async (arena: Arena): Promise<void> => {
  expect(await arena.query('SELECT job, attempts FROM failure')).toEqual([]);
  expect(
    await arena.query(`SELECT name, state::text FROM pgboss.job WHERE state IN ('failed', 'cancelled')`),
  ).toEqual([]);
};

/** Looks at everything; nothing may be due at this moment. */
export const expectWeek = async (arena: Arena, programme: Programme): Promise<Found> => {
  const occurrences = await expectOccurrences(arena, programme);
  const rows = await arena.query<NoticeRow>(NOTICES);
  const reminders = await expectReminders(arena, programme, rows);
  expectTakeOvers(arena, programme, rows);
  const rooms = await expectRooms(arena);
  await expectBoards(arena, programme);
  const directMessages = await expectDirect(arena, programme, rows);
  await expectAnnouncements(arena);
  const events = await expectEvents(arena, programme);
  const attended = await expectAttendance(arena, programme);
  await expectNoHoles(arena, programme);
  const tasks = await expectTasks(arena, programme);
  await expectNoFailures(arena);
  return { occurrences, reminders, ...rooms, directMessages, events, ...attended, tasks };
};

/** When the week is over: no job waits, and no event stands any more. */
export const expectOver = async (arena: Arena): Promise<void> => {
  const waiting = await arena.query(
    `SELECT name, state::text FROM pgboss.job WHERE state < 'completed' AND name NOT LIKE '\\_\\_pgboss%'`,
  );
  expect(waiting).toEqual([]);
  expect(await arena.query(`SELECT job->>'name' AS name FROM later_job`)).toEqual([]);
  const { world, guild } = arena.stage.sandbox;
  const events = [...(world.guilds.get(guild.id)?.scheduledEvents.values() ?? [])];
  expect(events.filter(({ status }) => status === 1 || status === 2)).toEqual([]);
  expect(await arena.query('SELECT occurrence_id FROM scheduled_event')).toEqual([]);
};
