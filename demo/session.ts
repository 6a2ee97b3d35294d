/** The story of the first session, phase by phase. */
import type { Phase } from '../src/core/agenda.ts';
import { phaseTitle } from '../src/words/en/phase.ts';
import { expectDone, expectTold, told } from './answers.ts';
import { CAST, type Participant } from './cast.ts';
import { seenBy } from './eyes.ts';
import { pressAndWait } from './manner.ts';
import type { Stage } from './stage.ts';
import type { Teller } from './tell.ts';
import { sees } from './watch.ts';

const { lead, coFacilitator, participants } = CAST;

/** The card in the group's room, with Ana's eyes. */
const showCard = async (stage: Stage, tell: Teller): Promise<void> => {
  tell.sight('Ana', await seenBy(stage, { name: 'Ana', room: 'group-room', title: 'Session 1' }));
};

/** Those who are in time join the voice room, and the lead opens the session. */
export const openSession = async (stage: Stage, tell: Teller): Promise<void> => {
  const { who, pass } = stage;
  tell.chapter('The session opens');
  for (const name of participants.filter((each) => each !== 'Hana')) await who(name).join('group-voice');
  for (const name of [lead, coFacilitator]) await who(name).join('group-voice');
  expectDone(await who(lead).press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', 'part 1 of');
  tell.line(
    `${lead} pressed a button in the staff room. In the group room stands one card, which changes as the session goes on.`,
  );
  await showCard(stage, tell);
  await pass(4);
};

/** Moves on to a phase by one press, and stays in it for some minutes. */
export const moveOn = async (stage: Stage, tell: Teller, to: Phase, minutes = 1): Promise<void> => {
  const { who, pass } = stage;
  expectDone(await who(lead).press('Next', { in: 'staff-room' }));
  await sees(who(lead), 'staff-room', phaseTitle(to));
  await sees(who('Ana'), 'group-room', phaseTitle(to));
  tell.chapter(phaseTitle(to));
  tell.line(`${lead} pressed Next.`);
  await showCard(stage, tell);
  await pass(minutes);
};

interface Arrival {
  readonly mood: number;
  readonly energy: number;
  readonly words: readonly string[];
  readonly goal: string;
  readonly share: string;
}

const ARRIVALS: Readonly<Partial<Record<Participant, Arrival>>> = {
  Ana: { mood: 6, energy: 5, words: ['calm', 'hopeful'], goal: 'some-progress', share: 'group' },
  Ben: { mood: 4, energy: 3, words: ['tired'], goal: 'stuck', share: 'group' },
  Chidi: { mood: 7, energy: 7, words: ['curious', 'connected', 'rested'], goal: 'on-track', share: 'group' },
  Dana: { mood: 3, energy: 2, words: ['anxious', 'unsure'], goal: 'not-started', share: 'staff' },
  Eli: { mood: 5, energy: 6, words: [], goal: 'no-goal', share: 'group' },
  Farah: { mood: 2, energy: 4, words: ['overwhelmed'], goal: 'stuck', share: 'staff' },
  Hana: { mood: 5, energy: 4, words: ['restless'], goal: 'some-progress', share: 'group' },
};

/** These people say how they arrive, or pass. */
export const checkIn = async (stage: Stage, tell: Teller, names: readonly Participant[]): Promise<void> => {
  const { who, answers } = stage;
  for (const name of names) {
    const arrival = ARRIVALS[name];
    if (!arrival) {
      expectTold(await pressAndWait(who(name), 'Pass', { in: 'group-room' }), answers.passed);
      tell.line(`${name} passed. Nobody is asked why.`);
      continue;
    }
    const said = await answers.press(name, 'Check in', { ...arrival }, { in: 'group-room' });
    expectTold(said, 'Thank you for checking in');
    tell.line(
      `${name} checked in, and shared it with ${arrival.share === 'group' ? 'the group' : 'the facilitators only'}.`,
    );
  }
};

/** Hana joins late, in the middle of the check-in. */
export const comeLate = async ({ who, pass }: Stage, tell: Teller): Promise<void> => {
  await pass(7);
  await who('Hana').join('group-voice');
  await pass(1);
  tell.line('Hana comes twelve minutes late, and is welcome.');
};

/** How the group stands on its card once everybody has arrived, and what facilitators see beside it. */
export const showArrivals = async (stage: Stage, tell: Teller): Promise<void> => {
  await sees(stage.who('Ana'), 'group-room', `<@${stage.who('Hana').id}>`);
  await showCard(stage, tell);
  tell.sight(lead, await seenBy(stage, { name: lead, room: 'staff-room', title: 'Facilitators' }));
};

/** Hands are raised, people speak in turn, and one comes back later. */
export const discuss = async ({ who, pass }: Stage, tell: Teller): Promise<void> => {
  for (const name of ['Ana', 'Ben', 'Chidi'] as const)
    expectDone(await who(name).press('Raise hand', { in: 'group-room' }));
  tell.line('Ana, Ben and Chidi raise a hand.');
  for (const name of ['Ana', 'Ben'] as const) {
    expectDone(await who(lead).press('Next turn', { in: 'staff-room' }));
    await sees(who(name), 'group-room', `<@${who(name).id}>`);
    await pass(2);
    expectDone(await who(name).press('Done speaking', { in: 'group-room' }));
    await sees(who(lead), 'staff-room', 'Nobody has a turn.');
    tell.line(`${name} spoke, with everybody listening.`);
  }
  expectDone(await who('Chidi').press('Come back to me', { in: 'group-room' }));
  told(await who('Gus').press('Pass my turn', { in: 'group-room' }));
  tell.line('Chidi would like to come later; Gus passes.');
  expectDone(await who(lead).press('Next turn', { in: 'staff-room' }));
  await pass(1);
  expectDone(await who('Chidi').press('Done speaking', { in: 'group-room' }));
  const unheard = told(await who(lead).run('/turn unheard', {}, { in: 'staff-room' }));
  tell.line(
    `Chidi spoke. ${lead} alone can see who has not been heard yet: ${unheard.split('<@').length - 1} people.`,
  );
};

/** A pause, in which somebody has to leave, and five minutes more. */
export const takeBreak = async ({ who, pass }: Stage, tell: Teller): Promise<void> => {
  expectDone(await who(coFacilitator).press('Pause', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', 'paused');
  await who('Eli').leave();
  await pass(5);
  expectDone(await who(coFacilitator).press('Resume', { in: 'staff-room' }));
  await sees(who(lead), 'staff-room', 'Nothing moves on by itself');
  tell.line(
    `${coFacilitator} paused the session for five minutes and resumed it, by one press each. Eli had to leave.`,
  );
  expectDone(await who(lead).press('Extend +5', { in: 'staff-room' }));
  tell.line(`${lead} gives the exercise five minutes more.`);
};

/** Lets the time of a phase run to two minutes before its end, when staff are told; then nothing moves by itself. */
export const letTimeRun = async ({ who, pass }: Stage, tell: Teller, minutes: number): Promise<void> => {
  await pass(minutes);
  await sees(who(lead), 'staff-room', 'Nothing moves on by itself: press');
  tell.line('Two minutes before the planned end the staff are told. Nothing moves on by itself.');
};

/** Everybody who is still there closes the session for themselves. */
export const reflect = async ({ who, answers }: Stage, tell: Teller): Promise<void> => {
  for (const name of participants.filter((each) => each !== 'Eli')) {
    if (name === 'Gus') {
      expectTold(await pressAndWait(who(name), 'Pass', { in: 'group-room' }), answers.passed);
      continue;
    }
    const reflection = {
      'take-away': name === 'Dana' ? 'still-settling' : 'felt-heard',
      intention: 'Ten minutes outside before lunch, on two days',
      share: name === 'Dana' ? 'staff' : 'group',
    };
    const said = await answers.press(name, 'Reflect', reflection, { in: 'group-room' });
    expectTold(said, 'Thank you for today');
  }
  tell.line(
    'Seven people close the session for themselves; Gus passes. Each intention comes back to its author next time.',
  );
};

/** The lead ends the session; a goal moves on, and one line of attendance is corrected. */
export const endSession = async ({ who, answers }: Stage, tell: Teller): Promise<void> => {
  tell.chapter('The session ends');
  expectDone(await who(lead).press('End', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', 'This session ended');
  told(await answers.run('Ana', '/goal update', { goal: '1' }, { level: 1 }, { in: 'group-room' }));
  told(
    await answers.run(
      coFacilitator,
      '/attendance mark',
      { person: who('Eli').id },
      { status: 'excused', reason: 'Had told us before that a train had to be caught' },
      { in: 'staff-room' },
    ),
  );
  const attendance = told(await answers.run(lead, '/attendance show', {}, {}, { in: 'staff-room' }));
  tell.line(
    `Attendance was made of presence, and ${coFacilitator} corrected one line; the original is kept.`,
  );
  tell.line(`${lead} reads ${attendance.split('\n').length} lines of attendance.`);
};
