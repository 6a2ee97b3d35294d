/** Facilitators mute and move real people in a real voice room: whatever happens then, nobody stays muted or aside. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../adapters/jobs/until.ts';
import { type Bot, startBot } from './bot.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

const GROUP = 'Tuesday';
const PEOPLE = ['Ana', 'Ben', 'Lena', 'Tomas'] as const;
const MEMBER = 'PATCH /guilds/:guild/members/:user';

let stage: Stage;
let bot: Bot;
let voice: string;

const who = (name: string) => stage.who(name);
const guild = () => stage.sandbox.world.guilds.get(stage.sandbox.guild.id) ?? expect.fail();
const isMuted = (name: string) => guild().members.get(who(name).id)?.mute ?? false;
const placeOf = (name: string) => guild().voiceStates.get(who(name).id)?.channelId;
const moderate = async (act: string, person?: string) =>
  who('Lena').run(`/moderate ${act}`, person === undefined ? {} : { person: who(person).id }, {
    in: 'staff-room',
  });
const unsettled = async () => stage.records.moderations.unsettled((await groupCalled(stage, GROUP)).id);
const heard = (name: string) => until(`${name} is heard`, () => !isMuted(name), 30);
const notHeard = (name: string) => until(`${name} is not heard`, () => isMuted(name), 30);
const together = () =>
  until('all are in the room of the group', () => PEOPLE.every((name) => placeOf(name) === voice), 30);
const isSettled = () => until('nothing is left', async () => (await unsettled()).length === 0, 30);

const start = async () => {
  bot = startBot({ ...stage.environment, HEARTH_LOG: 'silent' });
  await bot.isUp();
};

beforeAll(async () => {
  stage = await setStage([...PEOPLE]);
  await start();
  await makeGroup(stage, { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  for (const name of ['Ana', 'Ben']) await sign(who(name));
  voice = (await channelsOf(stage, (await groupCalled(stage, GROUP)).id)).voice;
}, 120_000);
afterAll(async () => {
  bot.signal('SIGKILL');
  await bot.ended();
  await stage.strike();
});

/** A session goes on, and everybody is in its voice room. */
beforeEach(async () => {
  if (!(await stage.records.sessions.unfinished((await groupCalled(stage, GROUP)).id))) {
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', '**Welcome**');
  }
  for (const name of PEOPLE) if (placeOf(name) !== voice) await who(name).join('group-voice');
  await together();
}, 60_000);

describe('somebody who is muted', () => {
  it('is not heard, and is heard again when a facilitator says so', async () => {
    says(await moderate('mute', 'Ana'), 'Not heard');
    await notHeard('Ana');
    expect(isMuted('Ben')).toBe(false);
    await moderate('unmute', 'Ana');
    await heard('Ana');
    await isSettled();
  });

  it('is heard as soon as they are back, when they left: Discord takes nothing back of whoever is away', async () => {
    await moderate('mute', 'Ana');
    await notHeard('Ana');
    await who('Ana').leave();
    await until('Hearth knows it', async () => (await unsettled()).every(({ lifted }) => lifted), 30);
    expect(isMuted('Ana')).toBe(true);
    await who('Ana').join('group-voice');
    await heard('Ana');
    await isSettled();
  });

  it('stays so when it was an admin who muted them by hand, whatever Hearth is told of everybody', async () => {
    const byHand = (mute: boolean) =>
      who(ADMIN).rest('PATCH', `/guilds/${stage.sandbox.guild.id}/members/${who('Ana').id}`, { mute });
    await byHand(true);
    try {
      await moderate('mute-all');
      await notHeard('Ben');
      await moderate('unmute-all');
      await heard('Ben');
      await isSettled();
      expect(isMuted('Ana')).toBe(true);
    } finally {
      await byHand(false);
    }
  });

  it('is heard again after Hearth was killed, also when Discord falters as it comes back', async () => {
    await moderate('mute-all');
    await notHeard('Ana');
    await notHeard('Ben');
    bot.signal('SIGKILL');
    await bot.ended();
    stage.sandbox.faults.serverError({ who: stage.sandbox.bot.id, route: MEMBER, times: 2 });
    stage.sandbox.faults.rateLimit({ who: stage.sandbox.bot.id, route: MEMBER, retryAfterMs: 300, times: 1 });
    await start();
    await heard('Ana');
    await heard('Ben');
    await isSettled();
  });

  it('is heard again when they left while Hearth was down, and come back later', async () => {
    await moderate('mute', 'Ben');
    await notHeard('Ben');
    bot.signal('SIGKILL');
    await bot.ended();
    await who('Ben').leave();
    await start();
    expect(isMuted('Ben')).toBe(true);
    await who('Ben').join('group-voice');
    await heard('Ben');
    await isSettled();
  });
});

describe('somebody who is moved aside', () => {
  const isAside = () =>
    until(
      'they are aside together',
      () => placeOf('Ana') !== voice && placeOf('Ana') === placeOf('Tomas'),
      30,
    );

  it('is in a room with the co-facilitator, whom nobody else sees there, and both come back', async () => {
    await moderate('move-aside', 'Ana');
    await isAside();
    expect([placeOf('Ben'), placeOf('Lena')]).toEqual([voice, voice]);
    const name = stage.sandbox.world.channels.get(placeOf('Ana') ?? '')?.name ?? expect.fail();
    expect([who('Ana').sees(name), who('Ben').sees(name)]).toEqual([true, false]);
    await moderate('bring-back', 'Ana');
    await together();
    await isSettled();
  });

  it('is back after Hearth was killed', async () => {
    await moderate('move-aside', 'Ana');
    await isAside();
    bot.signal('SIGKILL');
    await bot.ended();
    await start();
    await together();
    await isSettled();
  });
});

describe('what stands when the session ends', () => {
  it('ends with it: everybody is heard, and in the room of the group', async () => {
    await moderate('mute', 'Ben');
    await notHeard('Ben');
    await moderate('move-aside', 'Ana');
    await until('Ana is aside', () => placeOf('Ana') !== voice, 30);
    told(await who('Lena').run('/session end', {}, { in: 'staff-room' }));
    await heard('Ben');
    await until('Ana is back', () => placeOf('Ana') === voice, 30);
    await isSettled();
  });
});
