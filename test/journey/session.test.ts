/** The whole journey over the wire: from a server with nothing in it to the attendance of a session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForm } from '../../demo/manner.ts';
import { startTurnedClock, type TurnedClock } from '../../demo/turned-clock.ts';
import { currentStatus } from '../../src/core/attendance.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { enter, type Stage, setStage } from './stage.ts';
import { boardsIn, buttonsIn, sees } from './watch.ts';

const PARTICIPANTS = ['Ana', 'Ben', 'Chidi', 'Dana'] as const;

let clock: TurnedClock;
let stage: Stage;
let hearth: Hearth;

beforeAll(async () => {
  clock = startTurnedClock();
  stage = await setStage(['Lena', 'Tomas', ...PARTICIPANTS], { time: clock.time });
  hearth = await enter(stage, { time: clock.time });
});
afterAll(async () => {
  await hearth.stop();
  await clock.stop();
  await stage.strike();
});

const who = (name: string) => stage.who(name);

/** The lead presses Next, and the group's card shows where it is. */
const moveOn = async (to: string): Promise<void> => {
  done(await who('Lena').press('Next', { in: 'staff-room' }));
  await sees(who('Lena'), 'staff-room', `**${to}**`);
  await sees(who('Ana'), 'group-room', `**${to}**`);
};

describe('a group, from nothing to the end of its first session', () => {
  it('is made by one command, and its rooms open to those who sign', async () => {
    await makeGroup(stage, {
      name: 'Tuesday',
      lead: 'Lena',
      coFacilitator: 'Tomas',
      enrolled: PARTICIPANTS,
    });
    await until('the staff room stands', () => who('Lena').sees('staff-room'), 20);
    await until('the welcome room stands', () => who('Ana').sees('welcome'), 20);
    expect(who('Ana').sees('group-room')).toBe(false);
    await openForm(who('Ana'), 'Sign', { in: 'welcome' });
    says(await who('Ana').fill({ confirm: 'yes' }), 'Nothing was signed yet');
    for (const name of PARTICIPANTS) await sign(who(name));
    expect(
      who('Ana')
        .rooms()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Tuesday', 'general', 'group-room', 'group-voice', 'welcome']);
    says(await who('Ana').run('/agreement sign', {}, { in: 'group-room' }), 'signed');
  });

  it('is opened by a press of the lead, and nobody else can open or move it', async () => {
    for (const name of ['Ana', 'Ben', 'Chidi']) await who(name).join('group-voice');
    says(await who('Ana').run('/session open', {}, { in: 'group-room' }), 'facilitator');
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'Welcome. Session 1 is open');
    await sees(who('Ana'), 'group-room', '**Welcome** (part 1');
    says(await who('Ben').run('/session next', {}, { in: 'group-room' }), 'facilitator');
    says(await who('Tomas').run('/session open', {}, { in: 'staff-room' }), 'session');
  });

  it('checks in by a line, by a form and by a pass, and each shares as they choose', async () => {
    await moveOn('Opening check-in');
    const typed = { mood: 6, energy: 4, words: 'calm', goal: 'On track', share: 'With the group' };
    says(await who('Ana').run('/check-in', typed, { in: 'group-room' }), 'Thank you for checking in');
    await who('Ben').press('Check in', { in: 'group-room' });
    const told = { mood: 2, energy: 3, words: ['tired', 'lonely'], goal: 'stuck', share: 'staff' };
    says(await who('Ben').fill(told), 'Only your facilitators can see');
    says(await who('Chidi').press('Pass', { in: 'group-room' }), 'You passed');
    await sees(who('Dana'), 'group-room', `<@${who('Chidi').id}>`);
    await sees(who('Dana'), 'group-room', 'mood 6 of 10');
    await sees(who('Lena'), 'staff-room', 'mood 2 of 10');
    const card = (await who('Dana').read('group-room')).map(({ embeds }) => JSON.stringify(embeds)).join();
    expect(card).not.toContain('mood 2 of 10');
  });

  it('takes turns: a hand, a pass, a place at the end, and who has not been heard', async () => {
    await clock.turn(6 * MINUTE);
    await moveOn('Grounding');
    says(await who('Ana').run('/turn raise', {}, { in: 'group-room' }), 'grounding');
    await moveOn('Review');
    await moveOn('Focus topic');
    await moveOn('Guided discussion');
    for (const name of ['Ana', 'Ben']) done(await who(name).press('Raise hand', { in: 'group-room' }));
    done(await who('Ana').press('Come back to me', { in: 'group-room' }));
    says(await who('Chidi').press('Pass my turn', { in: 'group-room' }), 'You passed');
    done(await who('Lena').press('Next turn', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', `<@${who('Ben').id}>`);
    await clock.turn(3 * MINUTE);
    says(await who('Ana').run('/turn done', {}, { in: 'group-room' }), 'turn');
    done(await who('Ben').press('Done speaking', { in: 'group-room' }));
    const unheard = told(await who('Tomas').run('/turn unheard', {}, { in: 'staff-room' }));
    expect(unheard).toContain(who('Ana').id);
    expect(unheard).not.toContain(who('Ben').id);
    expect(unheard).not.toContain(who('Chidi').id);
  });

  it('warns the staff before a phase ends, waits, is paused and goes on', async () => {
    await moveOn('Skill exercise');
    await clock.turn(40 * MINUTE);
    await sees(who('Lena'), 'staff-room', 'Nothing moves on by itself: press');
    await sees(who('Ana'), 'group-room', '**Skill exercise**');
    done(await who('Tomas').press('Pause', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'The session is paused. Take a break');
    says(await who('Ana').run('/turn raise', {}, { in: 'group-room' }), 'paused');
    await until('Resume is offered', async () =>
      buttonsIn(await who('Lena').read('staff-room')).includes('Resume'),
    );
    done(await who('Tomas').press('Resume', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'The session goes on with **skill exercise**');
  });

  it('reflects, each for themselves', async () => {
    await who('Chidi').leave();
    await clock.turn(15 * MINUTE);
    await until('Next is offered', async () =>
      buttonsIn(await who('Lena').read('staff-room')).includes('Next'),
    );
    await moveOn('Closing reflection');
    await who('Ana').press('Reflect', { in: 'group-room' });
    const reflection = { 'take-away': 'not-alone', intention: 'Walk to the lake', share: 'group' };
    says(await who('Ana').fill(reflection), 'Walk to the lake');
    says(await who('Ben').press('Pass', { in: 'group-room' }), 'You passed');
    await sees(who('Dana'), 'group-room', 'I am not alone with this');
  });

  it('ends, with one card that bears no button any more but the one for help, and with everybody’s attendance', async () => {
    await until('End is meant at once', async () =>
      buttonsIn(await who('Lena').read('staff-room')).includes('End'),
    );
    done(await who('Lena').press('End', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'This session ended');
    const messages = await who('Ana').read('group-room');
    expect(boardsIn(messages, 'Session 1')).toHaveLength(1);
    expect(buttonsIn(messages)).toEqual(['Help now']);
    const cohort = await groupCalled(stage, 'Tuesday');
    const session = await stage.records.sessions.lastEnded(cohort.id);
    const attendance = await stage.records.attendances.ofSession(session?.id ?? '');
    const statuses = attendance.map((each) => [each.person.account, currentStatus(each)]);
    expect(Object.fromEntries(statuses)).toEqual({
      [who('Ana').id]: 'present',
      [who('Ben').id]: 'present',
      [who('Chidi').id]: 'left-early',
      [who('Dana').id]: 'no-show',
    });
    says(await who('Ana').run('/attendance show', {}, { in: 'group-room' }), 'Present');
    const mark = { person: who('Dana').id, status: 'excused', reason: 'Was on a train' };
    says(await who('Tomas').run('/attendance mark', mark, { in: 'staff-room' }), 'xcused');
  });

  it('gives the intention back at the next check-in, to its author alone', async () => {
    await until('Open is offered', async () =>
      buttonsIn(await who('Lena').read('staff-room')).includes('Open the next session'),
    );
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'Session 2 is open');
    const typed = { mood: 5, energy: 5, goal: 'on-track', share: 'group' };
    says(await who('Ana').run('/check-in', typed, { in: 'group-room' }), 'Walk to the lake');
    const ben = told(await who('Ben').run('/check-in', typed, { in: 'group-room' }));
    expect(ben).not.toContain('intended');
  });
});
