/** A group in its call, over the wire: Hearth comes into it, verifies its encryption, and is with whoever tests a microphone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../sandbox/people.ts';
import { measure } from '../../sandbox/voice/sound.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { oggOf, tonePackets } from '../adapters/voice/files.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign } from './group.ts';
import { ADMIN, enter, type Stage, setStage, WITH_VOICE } from './stage.ts';
import { sees } from './watch.ts';

const OUTSIDE = 'One person in the voice room is not part of the encrypted call yet';

let stage: Stage;
let hearth: Hearth;
let room: string;

const who = (name: string) => stage.who(name);
const voice = (name: string) => stage.sandbox.voice.of(who(name).id);
const bot = () => stage.sandbox.bot.id;
const stateOfBot = () => stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.voiceStates.get(bot());
/** The room in whose call Hearth is. */
const standsIn = () => stateOfBot()?.channelId;
const inFives = (code: string | undefined): string =>
  (code?.replace(/\D/g, '').match(/\d{5}/g) ?? []).join(' ');
/** The code that somebody's own client shows. */
const shownCode = (name: string): string => inFives(voice(name).privacyCode());
/** All of them see one code, and the card in the group's room shows it. */
const agree = (...names: readonly string[]) =>
  until(
    'all see one code, also on the card',
    async () => {
      const [code = '', ...others] = new Set(names.map(shownCode));
      const card = await who('Ana').read('group-room');
      return code !== '' && others.length === 0 && card.some((message) => textOf(message).includes(code));
    },
    60,
  );
/** Bytes from which on a packet is more than silence. */
const SOUNDS = 4;
/** What somebody has heard of Hearth, silence left out. */
const heardOfHearth = (name: string) =>
  voice(name)
    .heard()
    .filter(({ from, packet }) => from === bot() && packet.length >= SOUNDS);
/** Hears what begins now: so many packets of it. */
const listensTo = async (name: string, packets: number, begins: () => Promise<unknown>) => {
  const before = heardOfHearth(name).length;
  await begins();
  const heard = () => heardOfHearth(name).slice(before);
  await until(`${name} hears it`, () => heard().length >= packets, 20);
  expect(heard().every(({ encrypted }) => encrypted)).toBe(true);
  return heard().map(({ packet }) => packet);
};
/** A second after it was stopped, nothing is heard any more. */
const fallsSilent = async (name: string): Promise<void> => {
  const last = () => heardOfHearth(name).length;
  await until(
    'nothing sounds any more',
    async () => {
      const before = last();
      await sleep(400);
      return last() === before;
    },
    10,
  );
};
const ended = async () => {
  says(await who('Lena').run('/session end', {}, { in: 'staff-room' }), 'ended');
  await until('Hearth has left', () => standsIn() === undefined, 20);
};

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben']);
  const certificates = [stage.sandbox.voice.certificate];
  hearth = await enter(stage, { certificates }, WITH_VOICE);
  const plan = { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] };
  await makeGroup(stage, plan);
  for (const name of ['Ana', 'Ben']) await sign(who(name));
  room = (await channelsOf(stage, (await groupCalled(stage, 'Tuesday')).id)).voice;
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

describe('the call of a group', () => {
  it('has Hearth in it while a session is open, deafened, and everybody sees one code', async () => {
    await who('Ana').join('group-voice');
    await who('Lena').join('group-voice');
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await until('Hearth comes into the call', () => standsIn() === room, 20);
    expect(stateOfBot()?.selfDeaf).toBe(true);
    await agree('Ana', 'Lena');
    says(await who('Ana').run('/encryption show', {}, { in: 'group-room' }), shownCode('Ana'));
    const own = inFives(await voice('Ana').verificationCode(bot()));
    says(await who('Ana').run('/encryption code', {}, { in: 'group-room' }), own);
  });

  it('changes its code with who comes, and shows it', async () => {
    const before = shownCode('Ana');
    await who('Ben').join('group-voice');
    await until('the code is another', () => shownCode('Ana') !== before, 20);
    await agree('Ana', 'Ben', 'Lena');
  });

  it('is told softly, in everybody’s ears, that a part of the session begins', async () => {
    const chime = await listensTo('Ana', 60, async () =>
      done(await who('Lena').press('Next', { in: 'staff-room' })),
    );
    const { dBFS, hertz } = measure(chime.slice(25, 50));
    expect(Math.abs(hertz - 440)).toBeLessThan(40);
    expect(dBFS).toBeGreaterThan(-32);
    expect(dBFS).toBeLessThan(-22);
    await fallsSilent('Ana');
  });

  it('breathes together, in words and in sound, until a facilitator stops it', async () => {
    const sound = await listensTo('Ana', 100, async () =>
      says(await who('Lena').run('/breathe start', { minutes: 1 }, { in: 'staff-room' }), 'It goes on'),
    );
    expect(measure(sound.slice(20, 100)).dBFS).toBeGreaterThan(-50);
    await sees(who('Ana'), 'group-room', 'In for 4, out for 6.');
    await who('Lena').press('Stop the exercise', { in: 'staff-room' });
    await sees(who('Ana'), 'group-room', 'It is **over**');
    await fallsSilent('Ana');
  });

  it('hears a recording of the programme as it was kept, and reads it in words', async () => {
    const packets = tonePackets(400);
    const file = { file: 'waves.ogg', bytes: oggOf(packets) };
    const inWords = 'One even tone, for eight seconds.';
    const kept = { file, title: 'A tone', 'in-words': inWords };
    says(await who('Lena').run('/media add', kept, { in: 'staff-room' }), 'It is kept');
    const heard = await listensTo('Ana', 50, async () =>
      says(await who('Lena').run('/media play', { recording: '1' }, { in: 'staff-room' }), 'It goes on'),
    );
    const known = new Set(packets.map((packet) => Buffer.from(packet).toString('hex')));
    expect(heard.filter((packet) => !known.has(packet.toString('hex')))).toEqual([]);
    await sees(who('Ana'), 'group-room', inWords);
    says(await who('Lena').run('/media stop', {}, { in: 'staff-room' }), 'It has ended');
    await fallsSilent('Ana');
  });

  it('is left when the session ends', ended);

  it('opens no session where that is asked for and somebody is outside of its encryption', async () => {
    const policy = { cohort: 'Tuesday', encryption: 'refuse' };
    says(await who(ADMIN).run('/cohort policy', policy), 'Policy of Tuesday');
    await who('Ben').leave();
    stage.sandbox.voice.faults.keepOutside(who('Ben').id);
    await who('Ben').join('group-voice');
    await who('Lena').press('Open the next session', { in: 'staff-room' });
    await until(
      'she reads why',
      () => who('Lena').replies.some((reply) => textOf(reply).includes(OUTSIDE)),
      20,
    );
    await who('Ben').leave();
    await who('Lena').press('Open the next session', { in: 'staff-room' });
    await sees(who('Lena'), 'staff-room', 'In the voice room');
    await ended();
  });
});

describe('a test of a microphone', () => {
  const ownRoom = (name: string) =>
    who(name)
      .rooms()
      .find((each) => each.name.includes('mic'));

  it('is heard, told in plain words, and played back', async () => {
    await who('Ana').leave();
    says(await who('Ana').run('/voice-check', {}, { in: 'group-room' }), 'five seconds');
    await who('Ana').press('Start the check');
    await until('a room of her own stands', () => ownRoom('Ana') !== undefined, 20);
    expect(ownRoom('Ben')).toBeUndefined();
    const { id = '', name = '' } = ownRoom('Ana') ?? {};
    // It rings for her: she may be looking elsewhere when it is her turn.
    await until(
      'she is called',
      async () => {
        const cards = await who('Ana').read(name);
        return cards.length === 1 && cards[0]?.mentions[0]?.id === who('Ana').id;
      },
      20,
    );
    await who('Ana').join(name);
    await until('Hearth comes to her', () => standsIn() === id, 20);
    await until('she hears the tone', () => voice('Ana').heard().length >= 10, 20);
    const heard = voice('Ana').heard();
    // Once she was heard, Hearth is free for others, and leaves.
    for (let second = 0; second < 9 && standsIn() === id; second += 1) {
      await voice('Ana').speak({ tone: { hertz: 300, dBFS: -24 }, ms: 1_000 });
    }
    await sees(who('Ana'), name, 'Good.');
    expect(heard.length).toBeGreaterThan(200);
    const back = heard.slice(-150, -50).map(({ packet }) => packet);
    expect(Math.abs(measure(back).hertz - 300)).toBeLessThan(30);
    expect(measure(back).dBFS).toBeCloseTo(-24, 0);
  });
});
