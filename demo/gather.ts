/** The story before the first session: a cohort is made, everybody signs, and two people set a goal. */
import { expectTold, told } from './answers.ts';
import { CAST } from './cast.ts';
import { openForm } from './manner.ts';
import type { Stage } from './stage.ts';
import type { Teller } from './tell.ts';
import { until } from './watch.ts';

const COHORT = 'Tuesday room';
const { admin, lead, coFacilitator, participants } = CAST;

const roomsOf = (person: { rooms(): { name: string }[] }): string[] =>
  person
    .rooms()
    .map(({ name }) => name)
    .filter((name) => name !== 'general');

/** An admin makes the cohort and enrols its people; their rooms appear. */
export const makeCohort = async ({ who, onPages }: Stage, tell: Teller): Promise<void> => {
  tell.chapter('An admin makes a cohort');
  const made = await who(admin).run('/cohort create', {
    name: COHORT,
    type: 'psychoeducation',
    capacity: 8,
    minutes: '60',
    zone: 'America/New_York',
    lead: who(lead).id,
    'co-facilitator': who(coFacilitator).id,
  });
  expectTold(made, 'The group is made');
  if (onPages) {
    const policy = { cohort: COHORT, 'private-answers': 'link' };
    expectTold(await who(admin).run('/cohort policy', policy), 'pages of Hearth’s own');
  }
  await until('the staff room is there', () => who(lead).sees('staff-room'));
  tell.line(
    `${admin} typed /cohort create. ${lead} and ${coFacilitator} see: ${roomsOf(who(lead)).join(', ')}.`,
  );
  for (const name of participants) {
    expectTold(await who(admin).run('/cohort enrol', { cohort: COHORT, person: who(name).id }), 'enrolled');
  }
  await until('everybody sees the welcome room', () =>
    participants.every((name) => who(name).sees('welcome')),
  );
  tell.line(
    `${participants.length} people are enrolled. ${participants[0]} sees: ${roomsOf(who(participants[0])).join(', ')}.`,
  );
};

/** Everybody signs; the other rooms open. */
export const signAll = async ({ who }: Stage, tell: Teller): Promise<void> => {
  tell.chapter('Everybody reads the agreement, and signs');
  const [first] = participants;
  told(await openForm(who(first), 'Sign', { in: 'welcome' }));
  expectTold(await who(first).fill({ confirm: 'ok' }), 'Nothing was signed yet');
  tell.line(`${first} typed "ok". It was not taken for a signature, and ${first} was told what to type.`);
  for (const name of participants) {
    told(await openForm(who(name), 'Sign', { in: 'welcome' }));
    expectTold(await who(name).fill({ confirm: 'I agree' }), 'it is signed');
    await until(`the rooms open for ${name}`, () => who(name).sees('group-room'));
  }
  tell.line(`All ${participants.length} signed. ${first} now sees: ${roomsOf(who(first)).join(', ')}.`);
};

/** One goal for the facilitators to read, and one for its author alone. */
export const setGoals = async ({ answers }: Stage, tell: Teller): Promise<void> => {
  tell.chapter('Two people set a goal');
  told(
    await answers.run(
      'Ana',
      '/goal set',
      {},
      {
        goal: 'Take a walk on three mornings a week',
        'review-on': '2030-01-15',
        readers: 'staff',
      },
      { in: 'group-room' },
    ),
  );
  told(
    await answers.run(
      'Ben',
      '/goal set',
      {},
      {
        goal: 'Call my sister on Sundays',
        'review-on': '2030-01-15',
        readers: 'only-me',
      },
      { in: 'group-room' },
    ),
  );
  tell.line('Ana lets the facilitators read hers; Ben keeps his to himself.');
};
