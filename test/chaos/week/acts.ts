/** What people do in the week while Hearth is killed: whoever gets no answer does it once more, until they are answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Outcome, Person } from '../../../sandbox/people.ts';
import { until } from '../../adapters/jobs/until.ts';
import type { Dice } from '../dice.ts';
import type { Arena } from './arena.ts';
import type { Group, Meeting, Moment, MomentKind } from './programme.ts';

export interface Counts {
  answered: number;
  unanswered: number;
  /** Kept, although nobody was told so. */
  keptUnanswered: number;
  /** Answered with the reference of a fault. */
  faults: number;
}

export interface People {
  readonly arena: Arena;
  readonly dice: Dice;
  readonly counts: Counts;
}

interface Act {
  readonly what: string;
  act(): Promise<Outcome>;
  /** Whether what it was to bring about is kept: one row, which is true. */
  readonly kept: readonly [sql: string, ...values: unknown[]];
}

const NO_ANSWER: Outcome = { is: 'failure', code: 0, why: 'the process that had it in hand is dead' };
/** Whatever a process sent before it died has arrived by then, in milliseconds. */
const ARRIVED = 300;
const TRIES = 40;
const FAULT = 'Something went wrong';

/** No answer will come of a process that is dead: nobody waits for it as long as Discord would. */
const untilDead = async ({ quarries: [gateway] }: Arena, seen: { over: boolean }): Promise<Outcome> => {
  const deaths = gateway.deaths();
  while (!seen.over && gateway.isUp() && gateway.deaths() === deaths) await sleep(20);
  await sleep(ARRIVED);
  return NO_ANSWER;
};

/** Most people act when Hearth is there; some cannot wait. */
const once = async ({ arena, dice }: People, act: Act['act']): Promise<Outcome> => {
  if (dice(8) > 0) await arena.quarries[0].untilUp();
  await sleep(dice(120));
  const seen = { over: false };
  // On a machine that does much else, somebody may wait so long that they give up.
  const acting = act().catch((cause: unknown) => {
    if (String(cause).includes('nothing came of the interaction')) return NO_ANSWER;
    throw cause;
  });
  // Nobody looks at it any more when its process died meanwhile.
  acting.catch(() => undefined);
  return Promise.race([acting, untilDead(arena, seen)]).finally(() => {
    seen.over = true;
  });
};

const isKept = async ({ arena }: People, { kept: [sql, ...values] }: Act): Promise<boolean> =>
  (await arena.query<{ kept: boolean }>(sql, values))[0]?.kept === true;

/** A press may end without a word: whoever sees nothing come of it presses again. */
const isAnswer = (outcome: Outcome, kept: boolean, counts: Counts): boolean => {
  const fault = outcome.is === 'reply' && outcome.text.includes(FAULT);
  if (fault) counts.faults += 1;
  if (outcome.is === 'nothing') return kept;
  return outcome.is !== 'failure' && !fault;
};

/** Does it until it is answered, and finds it kept then. */
const doIt = async (people: People, act: Act): Promise<void> => {
  const { counts } = people;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const outcome = await once(people, act.act);
    const kept = await isKept(people, act);
    if (isAnswer(outcome, kept, counts)) {
      counts.answered += 1;
      const told = outcome.is === 'reply' ? outcome.text : outcome.is;
      expect(kept, `${act.what} was answered with "${told}", and is kept`).toBe(true);
      return;
    }
    counts.unanswered += 1;
    if (kept) counts.keptUnanswered += 1;
  }
  expect.fail(`${act.what} was not answered in ${TRIES} attempts`);
};

type Gathered = Meeting & { readonly group: Group };

const MEETING = `SELECT o.id FROM occurrence o JOIN cohort c ON c.id = o.cohort_id WHERE c.name = $1 AND o.starts_at = $2`;

const meetingId = async ({ arena }: People, { group, at }: Gathered): Promise<string> => {
  const [row] = await arena.query<{ id: string }>(MEETING, [group.name, new Date(at)]);
  return row?.id ?? expect.fail(`${group.name} meets at ${new Date(at).toISOString()}`);
};

const SESSION = `SELECT EXISTS (SELECT FROM session s JOIN occurrence o ON o.session_id = s.id
  WHERE o.id = $1::uuid AND s.state = ANY($2::text[])) AS kept`;
const RSVP = `SELECT EXISTS (SELECT FROM rsvp r JOIN person p ON p.id = r.person_id
  WHERE r.occurrence_id = $1::uuid AND p.account = $2 AND r.answer = $3) AS kept`;
const PHASE = `SELECT EXISTS (SELECT FROM session s JOIN occurrence o ON o.session_id = s.id
  JOIN session_event e ON e.session_id = s.id
  WHERE o.id = $1::uuid AND e.event->>'kind' = 'phase-entered' AND e.event->>'phase' = 'check-in') AS kept`;
const CHECK_IN = `SELECT EXISTS (SELECT FROM check_in i JOIN person p ON p.id = i.person_id
  JOIN occurrence o ON o.session_id = i.session_id WHERE o.id = $1::uuid AND p.account = $2) AS kept`;
const ATTESTED = `SELECT EXISTS (SELECT FROM attestation a JOIN occurrence o ON o.session_id = a.session_id
  WHERE o.id = $1::uuid) AS kept`;
const DIRECT = `SELECT EXISTS (SELECT FROM contact_preference f JOIN person p ON p.id = f.person_id
  WHERE p.account = $1 AND f.direct) AS kept`;

/** Somebody joins the voice room of their group, whether or not Hearth is there to see it. */
const join = async (person: Person): Promise<void> => {
  await until('the voice room is seen', () => person.sees('group-voice'), 20);
  await person.join('group-voice');
};

type Play = (people: People, meeting: Gathered) => Promise<void>;

const say =
  (line: string, room: string, values: Record<string, string> = {}) =>
  (person: Person) =>
  (): Promise<Outcome> =>
    person.run(line, values, { in: room });

const day: Play = async (people, meeting) => {
  const { group, coming } = meeting;
  const id = await meetingId(people, meeting);
  const one = people.arena.stage.who(coming === 'comes' ? group.varying : group.steady);
  const act = say('/rsvp', 'group-room', { meeting: id, answer: 'coming' })(one);
  await doIt(people, { what: `that ${group.name} is come to`, act, kept: [RSVP, id, one.id, 'coming'] });
};

const hour: Play = async (people, meeting) => {
  const { group, coming } = meeting;
  if (coming !== 'told') return;
  const id = await meetingId(people, meeting);
  const one = people.arena.stage.who(group.varying);
  const act = say('/absence tell', 'group-room', { meeting: id, reason: 'A family matter' })(one);
  await doIt(people, { what: `an absence in ${group.name}`, act, kept: [RSVP, id, one.id, 'not-coming'] });
};

const gather: Play = async ({ arena: { stage } }, { group, opener, coming }) => {
  await join(stage.who(group.steady));
  if (coming === 'comes') await join(stage.who(group.varying));
  if (opener === 'lead') await join(stage.who(group.lead));
};

const open = async (
  people: People,
  { group, opener }: Gathered,
  id: string,
  act: Act['act'],
): Promise<void> => {
  const kept = [SESSION, id, ['running', 'paused']] as const;
  await doIt(people, { what: `the session of ${group.name}, by ${opener}`, act, kept });
};

const begin: Play = async (people, meeting) => {
  if (meeting.opener !== 'lead') return;
  const lead = people.arena.stage.who(meeting.group.lead);
  await open(people, meeting, await meetingId(people, meeting), say('/session open', 'staff-room')(lead));
};

/** The lead who is there goes on, and somebody checks in. */
const goOn: Play = async (people, meeting) => {
  const { group, opener } = meeting;
  if (opener !== 'lead') return;
  const id = await meetingId(people, meeting);
  const [lead, steady] = [people.arena.stage.who(group.lead), people.arena.stage.who(group.steady)];
  const next = async (): Promise<Outcome> => {
    // Whoever sees that it has gone on does not press again.
    if (await isKept(people, { what: '', act: next, kept: [PHASE, id] })) return { is: 'nothing' };
    return say('/session next', 'staff-room')(lead)();
  };
  await doIt(people, { what: `the check-in of ${group.name}`, act: next, kept: [PHASE, id] });
  const passes = say('/check-in', 'group-room', { share: 'pass' })(steady);
  await doIt(people, { what: `a pass in ${group.name}`, act: passes, kept: [CHECK_IN, id, steady.id] });
};

/** The co-facilitator takes over by the button with which they were asked, and by no other way. */
const takeOver: Play = async (people, meeting) => {
  if (meeting.opener !== 'coFacilitator') return;
  const one = people.arena.stage.who(meeting.group.coFacilitator);
  await join(one);
  const press = (): Promise<Outcome> => one.press('Take over and open the session', { in: 'staff-room' });
  await open(people, meeting, await meetingId(people, meeting), press);
};

const end: Play = async (people, meeting) => {
  const { group, opener } = meeting;
  const { who } = people.arena.stage;
  if (opener !== 'nobody') {
    const id = await meetingId(people, meeting);
    const act = say('/session end', 'staff-room')(who(group[opener]));
    await doIt(people, { what: `the end of ${group.name}`, act, kept: [SESSION, id, ['ended']] });
    const attests = say('/attendance attest', 'staff-room')(who(group[opener]));
    await doIt(people, { what: `the attestation of ${group.name}`, act: attests, kept: [ATTESTED, id] });
  }
  for (const name of [group.steady, group.varying, group.lead, group.coFacilitator]) await who(name).leave();
};

const PLAYS: Readonly<Record<Exclude<MomentKind, 'choices'>, Play>> = {
  day,
  hour,
  'ten-minutes': gather,
  begins: begin,
  late: goOn,
  asked: takeOver,
  ends: end,
  over: async () => undefined,
};

const choose = async (people: People, name: string): Promise<void> => {
  const one = people.arena.stage.who(name);
  const act = say('/reminders choose', 'group-room', { direct: 'yes' })(one);
  await doIt(people, { what: `the choice of ${name}`, act, kept: [DIRECT, one.id] });
};

/** Everybody does what they do at this moment, all at the same time. */
export const play = async (
  people: People,
  { kind, meetings }: Moment,
  groups: readonly Group[],
): Promise<void> => {
  if (kind === 'choices') {
    await Promise.all(groups.flatMap(({ direct }) => direct).map((name) => choose(people, name)));
    return;
  }
  await Promise.all(meetings.map((meeting) => PLAYS[kind](people, meeting)));
};
