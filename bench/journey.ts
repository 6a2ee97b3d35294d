/** One cohort from its making to the end of its first session, with every step done when the one before is shown. */
import type { Answers, Outcome, Person } from '../sandbox/people.ts';
import * as least from './least.ts';
import type { Stage } from './stage.ts';

/** A part of the journey of which the calls are counted. */
export interface Part {
  readonly title: string;
  readonly least: least.Calls;
  play(company: Company): Promise<void>;
}

/** Everybody who takes part. */
export interface Company {
  readonly admin: Person;
  readonly lead: Person;
  readonly coFacilitator: Person;
  readonly participants: readonly Person[];
  /** Waits until what was done is shown, as everybody does who reads before they go on. */
  settled(): Promise<void>;
}

const COHORT = 'Tuesday room';
const PARTICIPANTS = 8;
const PHASES = 8;
const TURNS = 6;
const STAFF = { in: 'staff-room' };
const GROUP = { in: 'group-room' };
const WELCOME = { in: 'welcome' };

/** Logs in everybody who takes part. */
export const companyOn = async ({ logIn, settled }: Stage): Promise<Company> => ({
  admin: await logIn('Mara', true),
  lead: await logIn('Lena'),
  coFacilitator: await logIn('Tomas'),
  participants: await Promise.all(
    Array.from({ length: PARTICIPANTS }, (_, index) => logIn(`Participant ${index + 1}`)),
  ),
  settled,
});

const expectAnswered = (outcome: Outcome): void => {
  if (outcome.is === 'failure') throw new Error(`Discord says ${outcome.code}: ${outcome.why}`);
};

/** Does things one after the other, each when the one before is shown. */
const inTurn = async <Who>(
  { settled }: Company,
  everybody: readonly Who[],
  act: (who: Who) => Promise<Outcome>,
): Promise<void> => {
  for (const who of everybody) {
    expectAnswered(await act(who));
    await settled();
  }
};

const presses = (company: Company, person: Person, labels: readonly string[]): Promise<void> =>
  inTurn(company, labels, (label) => person.press(label, STAFF));

const fillIn = async (
  person: Person,
  label: string,
  where: { in: string },
  answers: Answers,
): Promise<Outcome> => {
  expectAnswered(await person.press(label, where));
  return person.fill(answers);
};

const make = async (company: Company): Promise<void> => {
  const { admin, lead, coFacilitator } = company;
  const plan = {
    name: COHORT,
    type: 'psychoeducation',
    capacity: PARTICIPANTS,
    minutes: '90',
    lead: lead.id,
    'co-facilitator': coFacilitator.id,
  };
  await inTurn(company, [admin], () => admin.run('/cohort create', plan));
};

const enrolAll = (company: Company): Promise<void> =>
  inTurn(company, company.participants, ({ id }) =>
    company.admin.run('/cohort enrol', { cohort: COHORT, person: id }),
  );

const signAll = (company: Company): Promise<void> =>
  inTurn(company, company.participants, (person) => fillIn(person, 'Sign', WELCOME, { confirm: 'I agree' }));

const ARRIVAL = { mood: 6, energy: 5, goal: 'some-progress', share: 'group' };
const REFLECTION = { 'take-away': 'felt-heard', intention: 'A walk before work', share: 'group' };

const takeTurns = async (company: Company): Promise<void> => {
  const speakers = company.participants.slice(0, TURNS);
  await inTurn(company, speakers, (person) => person.press('Raise hand', GROUP));
  for (const speaker of speakers) {
    await presses(company, company.lead, ['Next turn']);
    await inTurn(company, [speaker], (person) => person.press('Done speaking', GROUP));
  }
};

const open = async (company: Company): Promise<void> => {
  for (const person of company.participants) await person.join('group-voice');
  await presses(company, company.lead, ['Open the next session']);
};

const playSession = async (company: Company): Promise<void> => {
  const { lead, participants } = company;
  const next = (times: number) => presses(company, lead, Array<string>(times).fill('Next'));
  await open(company);
  await next(1);
  await inTurn(company, participants, (person) => fillIn(person, 'Check in', GROUP, ARRIVAL));
  await next(4);
  await takeTurns(company);
  await presses(company, lead, ['Pause', 'Resume', 'Extend +5']);
  await next(2);
  await inTurn(company, participants, (person) => fillIn(person, 'Reflect', GROUP, REFLECTION));
  await presses(company, lead, ['End']);
};

/** The parts of the journey, in order. */
export const JOURNEY: readonly Part[] = [
  { title: 'One cohort is made, until its rooms and boards stand', least: least.MAKING, play: make },
  {
    title: `${PARTICIPANTS} people are enrolled, and sign`,
    least: least.times(PARTICIPANTS, least.sum(least.ENROLLING, least.SIGNING)),
    play: async (company) => {
      await enrolAll(company);
      await signAll(company);
    },
  },
  {
    title: `A whole session: ${PHASES} phases, ${PARTICIPANTS} check-ins, ${TURNS} turns, a pause, an extension, ${PARTICIPANTS} reflections`,
    least: least.sum(
      least.OPENING,
      // The phases after the first, the pause, its end, and the end of the session.
      least.times(PHASES - 1 + 3, least.MOVING),
      // Each turn is asked for, given and done.
      least.times(TURNS * 3, least.SHOWING),
      least.SHOWING,
      least.times(2 * PARTICIPANTS, least.TELLING),
    ),
    play: playSession,
  },
];
