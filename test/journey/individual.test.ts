/** Two people meet in rooms of their own, over the wire; and somebody who missed a session makes up for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTurnedClock, type TurnedClock } from '../../demo/turned-clock.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { done, groupCalled, makeGroup, says, sign } from './group.ts';
import { enter, type Stage, setStage } from './stage.ts';
import { buttonsIn, sees } from './watch.ts';

let clock: TurnedClock;
let stage: Stage;
let hearth: Hearth;

beforeAll(async () => {
  clock = startTurnedClock();
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben'], { time: clock.time });
  hearth = await enter(stage, { time: clock.time });
  await makeGroup(stage, { name: 'Harbour', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  for (const name of ['Ana', 'Ben']) await signOnceItStands(name);
}, 240_000);
afterAll(async () => {
  await hearth.stop();
  await clock.stop();
  await stage.strike();
});

const who = (name: string) => stage.who(name);

/** On a machine that is busy the agreement may take its time. */
const signOnceItStands = async (name: string): Promise<void> => {
  await until('the welcome room stands', () => who(name).sees('welcome'), 60);
  await until(
    'the agreement stands',
    async () => buttonsIn(await who(name).read('welcome')).includes('Sign'),
    60,
  );
  await sign(who(name));
};
const now = (): Date => new Date(clock.time.now());

/** A time so many minutes from now as the group's clocks show it, which go by UTC. */
const inMinutes = (minutes: number): { readonly date: string; readonly time: string } => {
  const [date = '', time = ''] = after(now(), minutes * MINUTE)
    .toISOString()
    .split('T');
  return { date, time: time.slice(0, 'HH:MM'.length) };
};

const channel = async (kind: 'one-to-one' | 'one-to-one-voice'): Promise<string> => {
  const { id } = await groupCalled(stage, 'Harbour');
  const refs = await stage.records.roomRefs.ofCohort(id);
  return refs.find((ref) => ref.kind === kind)?.channelId ?? expect.fail(`there is no ${kind}`);
};

const minutesKept = async (name: string): Promise<number | undefined> => {
  const { id } = await groupCalled(stage, 'Harbour');
  const person = await stage.records.people.known(who(name).id);
  const [makeUp] = await stage.records.makeUps.ofPerson(id, person.id);
  return makeUp?.state === 'held' ? makeUp.minutes : undefined;
};

/** Until the minute has passed of which the time was planned, and its jobs were done. */
const turn = (minutes: number): Promise<void> => clock.turn(minutes * MINUTE);

describe('somebody who missed a session', () => {
  it('is offered a time of their own, and takes it', async () => {
    await who('Ana').join('group-voice');
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', '**Welcome**');
    await turn(60);
    says(await who('Lena').run('/session end', {}, { in: 'staff-room' }), 'ended');
    await who('Ana').leave();
    says(await who('Ben').run('/make-up list', {}, { in: 'group-room' }), 'nothing is offered yet');
    const given = { person: who('Ben').id, kind: 'individual', ...inMinutes(30) };
    says(await who('Tomas').run('/make-up offer', given, { in: 'staff-room' }), 'is offered');
    says(await who('Ben').run('/make-up answer', { answer: 'accept' }, { in: 'group-room' }), 'See you on');
    expect(who('Ben').sees('one-to-one-1')).toBe(false);
  });

  it('finds two rooms open ten minutes before, which nobody else sees', async () => {
    await turn(21);
    await until(
      'the rooms open',
      () => who('Ben').sees('one-to-one-1') && who('Lena').sees('one-to-one-1'),
      30,
    );
    await sees(who('Ben'), 'one-to-one-1', 'It begins');
    for (const name of ['Ana', 'Tomas']) {
      for (const kind of ['one-to-one', 'one-to-one-voice'] as const) {
        const id = await channel(kind);
        expect(who(name).sees(id)).toBe(false);
        await expect(who(name).rest('GET', `/channels/${id}`)).rejects.toMatchObject({ code: 50001 });
      }
      const text = await channel('one-to-one');
      await expect(who(name).rest('GET', `/channels/${text}/messages`)).rejects.toMatchObject({
        code: 50001,
      });
      await expect(
        who(name).rest('POST', `/channels/${text}/messages`, { content: 'Hello' }),
      ).rejects.toMatchObject({
        code: 50001,
      });
      await expect(who(name).join(await channel('one-to-one-voice'))).rejects.toThrow();
    }
  });

  it('talks with the therapist, who ends it, and is credited', async () => {
    await who('Ben').join('one-to-one-1-voice');
    await who('Lena').join('one-to-one-1-voice');
    await turn(10);
    await sees(who('Ben'), 'one-to-one-1', 'It is planned until');
    await turn(45);
    await who('Lena').press('End', { in: 'one-to-one-1' });
    await who('Lena').press('Yes, end it');
    await sees(who('Ben'), 'one-to-one-1', 'This time is over');
    expect(await minutesKept('Ben')).toBeGreaterThanOrEqual(44);
    says(await who('Ben').run('/attendance show', {}, { in: 'group-room' }), 'Made up');
  });

  it('is put out when the rooms close, and the therapist may still read', async () => {
    await turn(40);
    await until('the rooms close', () => !who('Ben').sees('one-to-one-1'), 30);
    expect(who('Lena').sees('one-to-one-1')).toBe(true);
    const text = await channel('one-to-one');
    await expect(
      who('Lena').rest('POST', `/channels/${text}/messages`, { content: 'Hello' }),
    ).rejects.toThrow();
  });
});
