/** People who try to reach a group that is not theirs, or a right that they do not have, by every way that is left open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import { NOTED_REFUSALS } from '../../src/core/often.ts';
import type { GroupRoomKind } from '../../src/core/rooms.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { forgePress } from './forging.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

type Channels = Readonly<Record<GroupRoomKind, string>>;

const NOTHING = 'No group of yours was found here';
/** What whoever tries too often is answered, whatever they try. */
const TOO_OFTEN = 'You have asked many times for what is not yours to open';

let stage: Stage;
let hearth: Hearth;
let meadow: Cohort;
let rooms: { readonly harbour: Channels; readonly meadow: Channels };

const who = (name: string): Person => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben', 'Nora', 'Omar', 'Paul', 'Oskar']);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Harbour', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  await makeGroup(stage, { name: 'Meadow', lead: 'Nora', coFacilitator: 'Omar', enrolled: ['Paul'] });
  for (const name of ['Ana', 'Ben', 'Paul']) await sign(who(name));
  meadow = await groupCalled(stage, 'Meadow');
  const harbour = await groupCalled(stage, 'Harbour');
  rooms = { harbour: await channelsOf(stage, harbour.id), meadow: await channelsOf(stage, meadow.id) };
  for (const name of ['Lena', 'Nora']) {
    done(await who(name).press('Open the next session', { in: 'staff-room' }));
    await sees(who(name), 'group-room', '**Welcome**');
  }
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

const inVoice = (channelId: string): readonly string[] => {
  const states = stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.voiceStates.values() ?? [];
  return [...states].filter((state) => state.channelId === channelId).map(({ userId }) => userId);
};

/** Everything that concerns a group, with whatever may go with it. */
const FORGED = [
  'session open',
  'session next?step=0',
  'session back',
  'session skip',
  'session extend?minutes=5',
  'session pause',
  'session resume',
  'session end?sure=yes',
  'turn next?after=none',
  'turn unheard',
  'turn raise',
  'turn pass',
  'check-in?share=pass',
  'check-in?share=group&mood=5&energy=5&goal=stuck',
  'reflect?share=pass',
  'goal list',
  'goal show?goal=1',
  'goal update?goal=1&level=0',
  'individual list',
  'individual cancel?sure=yes',
  'individual end?sure=yes',
  'make-up list',
  'make-up answer?answer=accept',
  'attendance show?session=1',
  'agreement show',
  'agreement sign?confirm=I%20agree',
  'agreement withdraw?sure=yes',
  'cohort show',
  'cohort show?again=yes',
  'cohort archive',
];

const named = (press: string, cohort: string): string =>
  `${press}${press.includes('?') ? '&' : '?'}cohort=${encodeURIComponent(cohort)}`;

describe('a press that was forged to name another group', () => {
  it.each(['Ana', 'Lena'])(
    'reaches nothing of it and does not tell whether it is there, by %s',
    async (by) => {
      const at = by === 'Lena' ? rooms.harbour.staff : rooms.harbour.group;
      const tries = FORGED.flatMap((press) =>
        [meadow.id, 'Meadow', 'No such group'].map((cohort) => named(press, cohort)),
      );
      for (const [index, press] of tries.entries()) {
        const answer = index < NOTED_REFUSALS.most ? NOTHING : TOO_OFTEN;
        expect(await forgePress(stage, who(by), at, press), press).toContain(answer);
      }
      const session = await stage.records.sessions.unfinished(meadow.id);
      expect(session).toMatchObject({ state: 'running', step: 0, turns: [] });
      expect(await stage.records.checkIns.ofSession(session?.id ?? '')).toEqual([]);
      expect((await stage.records.cohorts.byId(meadow.id))?.state).toBe('active');
    },
  );

  it('does for somebody of it what they may do there, and no more', async () => {
    const press = named('session next', meadow.id);
    expect(await forgePress(stage, who('Paul'), rooms.meadow.group, press)).toContain(
      'Only the facilitators',
    );
  });

  it.each(
    [
      'session next?step=99999',
      'session extend?minutes=-5',
      'session end?sure=maybe',
      'turn next?after=',
      '__proto__?constructor=1',
      'session next?__proto__=1&step=x',
      'cohort enrol?person=1',
      'agreement sign?sha256=0000',
      '',
      '?',
      'session',
      'session open next',
    ].filter((id) => id !== ''),
  )('that carries nonsense is answered with words: %s', async (id) => {
    const text = await forgePress(stage, who('Ana'), rooms.harbour.group, id);
    expect(text).not.toBe('');
    expect(text).not.toContain('went wrong');
  });
});

describe('a right that somebody does not have', () => {
  it('is not gained by what one channel’s overwrites say', async () => {
    const [general] = who(ADMIN)
      .rooms()
      .filter(({ name }) => name === 'general');
    const all = { type: 1, allow: String((1n << 53n) - 1n), deny: '0' };
    await who(ADMIN).rest('PUT', `/channels/${general?.id}/permissions/${who('Paul').id}`, all);
    const here = { in: 'general' };
    says(await who('Paul').run('/cohort show', { cohort: 'Harbour' }, here), NOTHING);
    says(await who('Paul').run('/attendance show', { cohort: 'Harbour' }, here), NOTHING);
    expect(told(await who('Paul').run('/cohort archive', { cohort: 'Harbour' }, here))).toContain(NOTHING);
    const offered = await who('Paul').complete('/cohort show', 'cohort', '', {}, here);
    expect(offered.map(({ name }) => name)).toEqual(['Meadow']);
  });

  it('is offered nothing to complete of groups, topics or goals that are not theirs', async () => {
    const here = { in: 'general' };
    for (const [line, option] of [
      ['/cohort show', 'cohort'],
      ['/cohort discharge', 'cohort'],
      ['/session open', 'topic'],
      ['/goal show', 'goal'],
    ] as const) {
      expect(await who('Oskar').complete(line, option, '', {}, here), line).toEqual([]);
    }
  });
});

describe('another server with the same bot', () => {
  it('opens no group of this one, not even to its owner', async () => {
    const other = stage.sandbox.addGuild('Other');
    const { token } = stage.sandbox.addPerson('Rita', { guilds: [other.id], admin: true });
    const { restUrl, gatewayUrl } = stage.sandbox;
    const rita = await person({ restUrl, gatewayUrl, token });
    for (const cohort of [meadow.id, 'Meadow']) {
      says(await rita.run('/cohort show', { cohort }), NOTHING);
      says(await rita.run('/cohort archive', { cohort }), NOTHING);
      says(await rita.run('/cohort enrol', { cohort, person: rita.id }), NOTHING);
      says(await rita.run('/attendance show', { cohort }), NOTHING);
    }
    expect(await rita.complete('/cohort show', 'cohort', '')).toEqual([]);
    rita.close();
  });
});

describe('a voice room', () => {
  it('does not keep somebody of another group who was moved into it by hand', async () => {
    await who('Ana').join('group-voice');
    await who('Paul').join('group-voice');
    const paul = `/guilds/${stage.sandbox.guild.id}/members/${who('Paul').id}`;
    await who(ADMIN).rest('PATCH', paul, { channel_id: rooms.harbour.voice });
    await until('Paul is out of it', () => !inVoice(rooms.harbour.voice).includes(who('Paul').id));
    expect(inVoice(rooms.harbour.voice)).toEqual([who('Ana').id]);
  });
});
