/** Hearth as several processes on one database: one is connected, others do the work, and each can be lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../adapters/jobs/until.ts';
import { expectRooms, expectSession } from '../chaos/standing.ts';
import { type Bot, startBot } from './bot.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

/** A worker that was killed is noticed after ten seconds, and its job done by another within a quarter of a minute. */
const TAKEN_OVER = { timeout: 120_000 };

const GROUP = 'Tuesday';
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi'] as const;

let stage: Stage;
let gateway: Bot;
let workers: readonly Bot[];

const who = (name: string) => stage.who(name);

const startAs = (roles: string): Bot =>
  startBot({ ...stage.environment, HEARTH_ROLES: roles, HEARTH_LOG: 'error' });

const kill = async (bot: Bot): Promise<void> => {
  bot.signal('SIGKILL');
  await bot.ended();
};

/** How often anybody has connected to the gateway as the bot since the transcript was last cleared. */
const connections = (): number =>
  stage.sandbox.transcript.events({ type: 'READY', who: stage.sandbox.bot.id }).length;

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Oskar', ...PARTICIPANTS]);
  gateway = startAs('gateway');
  workers = [startAs('worker'), startAs('worker')];
  await Promise.all([gateway, ...workers].map((bot) => bot.isUp()));
});
afterAll(async () => {
  await Promise.all([gateway, ...workers].map(kill));
  await stage.strike();
});

/** The lead presses, and the group's card shows where it is. */
const move = async (button: string, to: string): Promise<void> => {
  done(await who('Lena').press(button, { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', `**${to}**`);
  await sees(who('Lena'), 'staff-room', `**${to}**`);
};

/** Until the group can read it, although somebody has to take over. */
const reads = (words: string): Promise<void> =>
  until(
    `"${words}" can be read`,
    async () => {
      const rooms = [await who('Ana').read('group-room'), await who('Lena').read('staff-room')];
      return rooms.every((messages) => JSON.stringify(messages).includes(words));
    },
    50,
  );

describe('one gateway and two workers', () => {
  it('start at once, and one of them connects', () => {
    expect(connections()).toBe(1);
    for (const bot of workers) expect(bot.said()).toContain('Hearth is up. Invite it');
  });

  it('make a group, whose rooms open to those who sign', async () => {
    await makeGroup(stage, { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: PARTICIPANTS });
    for (const name of PARTICIPANTS) await sign(who(name));
    await until('the staff room stands', () => who('Lena').sees('staff-room'), 20);
    await expectRooms(stage, GROUP);
  });

  it('show in the staff room who is in the voice room, which the workers do not see themselves', async () => {
    for (const name of ['Ana', 'Ben']) await who(name).join('group-voice');
    await move('Open the next session', 'Welcome');
    await sees(who('Lena'), 'staff-room', `<@${who('Ben').id}>`);
    await who('Chidi').join('group-voice');
    await sees(who('Lena'), 'staff-room', `<@${who('Chidi').id}>`);
  });

  it('put out of the voice room whoever may not be in it', async () => {
    const { voice } = await channelsOf(stage, (await groupCalled(stage, GROUP)).id);
    const inside = () =>
      [...(stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.voiceStates.values() ?? [])]
        .filter(({ channelId }) => channelId === voice)
        .map(({ userId }) => userId);
    const discharge = { cohort: GROUP, person: who('Chidi').id };
    says(await who(ADMIN).run('/cohort discharge', discharge), 'Discharge this person?');
    told(await who(ADMIN).press('Yes, discharge them'));
    await until('Chidi is put out', () => !inside().includes(who('Chidi').id), 20);
    expect(inside().toSorted()).toEqual(['Ana', 'Ben'].map((name) => who(name).id).toSorted());
  });

  it('go on when a worker is killed', TAKEN_OVER, async () => {
    const [one, other] = workers;
    if (!one || !other) return expect.fail('there are two');
    const pressing = who('Lena').press('Next', { in: 'staff-room' });
    await kill(one);
    done(await pressing);
    await reads('**Opening check-in**');
    await move('Next', 'Grounding');
    await kill(other);
    done(await who('Lena').press('Next', { in: 'staff-room' }));
    workers = [startAs('worker'), startAs('worker')];
    await Promise.all(workers.map((bot) => bot.isUp()));
    await reads('**Review**');
  });

  it('see who is in the room when the gateway comes back', TAKEN_OVER, async () => {
    await kill(gateway);
    await who('Ben').leave();
    await who('Ben').join('group-voice');
    await who('Ana').leave();
    gateway = startAs('gateway');
    await gateway.isUp();
    // What `/doctor` found may be told below the panel meanwhile.
    const panel = async (): Promise<string> =>
      JSON.stringify((await who('Lena').read('staff-room')).filter(({ embeds }) => embeds.length > 0));
    await until(
      'the panel shows Ben alone',
      async () => {
        const text = await panel();
        return text.includes(who('Ben').id) && !text.includes(`<@${who('Ana').id}>`);
      },
      30,
    );
  });

  it('end the session, with everything said and shown once', async () => {
    says(await who('Lena').press('End', { in: 'staff-room' }), 'End the session now?');
    told(await who('Lena').press('Yes, end it', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', 'The session has ended');
    await sees(who('Ana'), 'group-room', 'This session ended');
    await sees(who('Lena'), 'staff-room', 'No session is open');
    await expectRooms(stage, GROUP);
    await expectSession(stage, GROUP);
  });
});
