/** Somebody whose right to be there ends in the middle of a session: the rooms close, also the one they are in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

let stage: Stage;
let hearth: Hearth;

const who = (name: string) => stage.who(name);
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi'] as const;

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', ...PARTICIPANTS]);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: PARTICIPANTS });
  for (const name of PARTICIPANTS) await sign(who(name));
  for (const name of ['Lena', ...PARTICIPANTS]) await who(name).join('group-voice');
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

/** Who is in the voice room, as Discord itself has it. */
const inVoice = async (): Promise<readonly string[]> => {
  const { voice } = await channelsOf(stage, (await groupCalled(stage, 'Tuesday')).id);
  const states = stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.voiceStates.values() ?? [];
  return [...states].filter(({ channelId }) => channelId === voice).map(({ userId }) => userId);
};

const presentOf = async (name: string) => {
  const cohort = await groupCalled(stage, 'Tuesday');
  const session = await stage.records.sessions.unfinished(cohort.id);
  const roster = await stage.records.memberships.rosterSince(cohort.id, new Date(0));
  const personId = roster.find(({ person }) => person.account === who(name).id)?.person.id;
  const intervals = await stage.records.presences.ofSession(session?.id ?? expect.fail('no session'));
  return intervals.filter((each) => each.personId === personId);
};

describe('whoever withdraws their signature in the middle of a session', () => {
  it('is asked once more before anything closes', async () => {
    says(await who('Ana').run('/agreement withdraw', {}, { in: 'group-room' }), 'Withdraw your signature?');
    expect(who('Ana').sees('group-room')).toBe(true);
  });

  it('sees no room of the group any more but the one to be welcomed in, and is out of the voice room', async () => {
    const outcome = await who('Ana').press('Yes, withdraw it', { in: 'group-room' });
    expect(outcome).toMatchObject({ is: 'change', text: expect.stringContaining('is withdrawn') });
    await until('the rooms close', () => !who('Ana').sees('group-room') && !who('Ana').sees('group-voice'));
    await until('she is out of the voice room', async () => !(await inVoice()).includes(who('Ana').id));
    expect(who('Ana').sees('welcome')).toBe(true);
    expect((await inVoice()).toSorted()).toEqual([who('Lena').id, who('Ben').id, who('Chidi').id].toSorted());
    expect((await presentOf('Ana')).every(({ end }) => end !== undefined)).toBe(true);
  });

  it('can do nothing in the session until they sign again, and then everything', async () => {
    const pass = { share: 'pass' };
    says(await who('Ana').run('/check-in', pass, { in: 'general' }), 'agreement');
    await sign(who('Ana'));
    await who('Ana').join('group-voice');
    says(await who('Ana').run('/check-in', pass, { in: 'group-room' }), 'You passed');
    await until('her presence goes on', async () => (await presentOf('Ana')).some(({ end }) => !end));
    expect(await inVoice()).toContain(who('Ana').id);
  });
});

describe('whoever is discharged in the middle of a session', () => {
  it('sees nothing of the group any more, and is out of the voice room', async () => {
    says(
      await who(ADMIN).run('/cohort discharge', { cohort: 'Tuesday', person: who('Ben').id }),
      'Discharge this person?',
    );
    await who(ADMIN).press('Yes, discharge them');
    await until('every room closes', () =>
      who('Ben')
        .rooms()
        .every(({ name }) => name === 'general'),
    );
    await until('he is out of the voice room', async () => !(await inVoice()).includes(who('Ben').id));
    says(await who('Ben').run('/check-in', { share: 'pass' }, { in: 'general' }), 'group');
    expect(await inVoice()).toContain(who('Chidi').id);
  });
});
