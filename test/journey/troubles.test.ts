/** Discord's own troubles, and people's hands on what Hearth keeps: the group never notices for long. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/world.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

const GROUP = 'Tuesday';
const PARTICIPANTS = ['Ana', 'Ben', 'Chidi'] as const;
const SEND = 'POST /channels/:channel/messages';
const EDIT = 'PATCH /channels/:channel/messages/:message';
const MAKE = 'POST /guilds/:guild/channels';

let stage: Stage;
let hearth: Hearth;

const who = (name: string) => stage.who(name);
const faults = () => stage.sandbox.faults;
const bot = () => stage.sandbox.bot.id;
const rooms = async () => channelsOf(stage, (await groupCalled(stage, GROUP)).id);

const session = async () => {
  const { id } = await groupCalled(stage, GROUP);
  return (await stage.records.sessions.unfinished(id)) ?? expect.fail('no session is going on');
};

/** Messages of a room as Discord itself has them. */
const messagesIn = (channelId: string): readonly Message[] =>
  [...(stage.sandbox.world.messages.get(channelId)?.values() ?? [])].filter(({ onlyFor }) => !onlyFor);

const cardsIn = (channelId: string): readonly Message[] =>
  messagesIn(channelId).filter(({ embeds }) => embeds.length > 0);

const boardsIn = (channelId: string, title: string): readonly Message[] =>
  cardsIn(channelId).filter(({ embeds }) => embeds[0]?.title?.startsWith(title));

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Oskar', ...PARTICIPANTS]);
  hearth = await enter(stage);
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

describe('when Discord falters', () => {
  it('while rooms are made and cards are posted, each of them stands once in the end', async () => {
    const aim = { who: bot(), times: 1 };
    faults().serverError({ ...aim, route: MAKE });
    faults().serverError({ ...aim, route: MAKE, moment: 'after' });
    faults().rateLimit({ ...aim, route: MAKE, retryAfterMs: 200 });
    faults().serverError({ ...aim, route: SEND, status: 502 });
    faults().serverError({ ...aim, route: SEND, moment: 'after' });
    faults().rateLimit({ ...aim, route: SEND, retryAfterMs: 200 });
    await makeGroup(stage, { name: GROUP, lead: 'Lena', coFacilitator: 'Tomas', enrolled: PARTICIPANTS });
    await until(
      'the agreement and the panel stand',
      async () => {
        const refs = await stage.records.roomRefs.ofCohort((await groupCalled(stage, GROUP)).id);
        if (refs.length < 5) return false;
        const { welcome, staff } = await rooms();
        return cardsIn(welcome).length > 0 && cardsIn(staff).length > 0;
      },
      40,
    );
    for (const name of PARTICIPANTS) await sign(who(name));
    const { welcome, staff } = await rooms();
    // The staff may have been told by then who gets into the rooms, which is no card.
    expect([cardsIn(welcome).length, cardsIn(staff).length]).toEqual([1, 1]);
    expect(stage.sandbox.world.channels.size).toBe(1 + 5);
  });

  it('while a session goes on, its card shows the truth in the end, and nothing is said twice', async () => {
    for (const name of ['Ana', 'Ben']) await who(name).join('group-voice');
    const aim = { who: bot(), times: 2 };
    faults().serverError({ ...aim, route: SEND, moment: 'after' });
    faults().rateLimit({ ...aim, route: EDIT, retryAfterMs: 150 });
    faults().serverError({ ...aim, route: EDIT });
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    says(await who('Ana').run('/check-in', { share: 'pass' }, { in: 'group-room' }), 'You passed');
    await sees(who('Ben'), 'group-room', `<@${who('Ana').id}>`);
    await sees(who('Lena'), 'staff-room', '**Welcome**');
    const { group } = await rooms();
    expect(boardsIn(group, 'Session 1')).toHaveLength(1);
    expect(messagesIn(group).filter(({ content }) => content.includes('Session 1 is open'))).toHaveLength(1);
  });

  it('while an answer is told, the person gets it all the same', async () => {
    const callback = 'POST /interactions/:interaction/:token/callback';
    faults().serverError({ route: callback, times: 1 });
    says(await who('Ben').run('/check-in', { share: 'pass' }, { in: 'group-room' }), 'You passed');
    faults().serverError({ route: callback, times: 1, moment: 'after' });
    says(await who('Ben').run('/check-in', { share: 'pass' }, { in: 'group-room' }), 'You passed');
  });
});

describe('an answer that takes longer than Discord waits', () => {
  /** Holds a table for so many milliseconds, while something is done that needs it. */
  const holding = async <Value>(table: string, ms: number, act: () => Promise<Value>): Promise<Value> => {
    const other = new pg.Client({ connectionString: stage.databaseUrl });
    await other.connect();
    await other.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const acting = act();
    await sleep(ms);
    await other.query('COMMIT');
    await other.end();
    return acting;
  };

  it('is told when it is known, and kept once', async () => {
    const typed = { mood: 3, energy: 3, goal: 'stuck', share: 'group' };
    const answered = await holding('check_in', 4_000, () =>
      who('Chidi').run('/check-in', typed, { in: 'group-room' }),
    );
    says(answered, 'Thank you for checking in');
    expect(answered).toMatchObject({ isPrivate: true });
    expect(await stage.records.checkIns.ofSession((await session()).id)).toHaveLength(3);
  });

  it('lets a press end well, too', async () => {
    const pressed = await holding('session', 2_500, () => who('Lena').press('Next', { in: 'staff-room' }));
    told(pressed);
    await sees(who('Ana'), 'group-room', '**Opening check-in**');
  });
});

describe('a gateway that breaks in the middle of a session', () => {
  const intervalsOf = async (name: string) => {
    const roster = await stage.records.memberships.roster((await groupCalled(stage, GROUP)).id);
    const id = roster.find(({ person }) => person.account === who(name).id)?.person.id;
    const all = await stage.records.presences.ofSession((await session()).id);
    return all.filter(({ personId }) => personId === id);
  };
  const unseen = async (name: string) =>
    (await intervalsOf(name)).filter(({ seen }) => seen === 'unobserved');
  const isThere = async (name: string) => (await intervalsOf(name)).some(({ end }) => end === undefined);

  it.each([
    ['is cut and resumed', () => faults().drop(bot())],
    ['is cut and cannot be resumed', () => faults().drop(bot(), { resumable: false })],
    ['is told that its session is invalid', () => faults().invalidateSession(bot())],
    ['is asked to reconnect', () => faults().requestReconnect(bot())],
  ])('and %s: presence goes on, and what nobody saw is marked', async (_how, breaks) => {
    const before = (await unseen('Ana')).length;
    breaks();
    await until('the gap is marked', async () => (await unseen('Ana')).length > before, 20);
    expect(await isThere('Ana')).toBe(true);
    says(await who('Ana').run('/check-in', { share: 'pass' }, { in: 'group-room' }), 'You passed');
  });

  it('ends the presence of whoever left meanwhile', async () => {
    faults().drop(bot(), { resumable: false });
    await who('Ben').leave();
    await until('it is seen that he is gone', async () => !(await isThere('Ben')), 20);
    expect(await isThere('Ana')).toBe(true);
    await who('Ben').join('group-voice');
    await until('he is there again', () => isThere('Ben'));
  });
});

describe('what people do by hand', () => {
  it('a session card that somebody deleted comes back, once', async () => {
    const { group } = await rooms();
    const [card] = boardsIn(group, 'Session 1');
    faults().deleteMessage(group, card?.id ?? expect.fail('no card stands'));
    done(await who('Lena').press('Next', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', '**Grounding**');
    expect(boardsIn(group, 'Session 1')).toHaveLength(1);
    says(await who('Ben').press('Pass', { in: 'group-room' }), 'You passed');
  });

  it('a room that somebody deleted comes back with its card, for the same people', async () => {
    const { group } = await rooms();
    faults().deleteChannel(group);
    await until('another room stands', async () => (await rooms()).group !== group, 20);
    await until('it is seen', () => who('Ana').sees('group-room'), 20);
    await sees(who('Ana'), 'group-room', '**Grounding**');
    expect(who('Oskar').sees('group-room')).toBe(false);
    says(await who('Ana').press('Pass', { in: 'group-room' }), 'You passed');
  });

  it('a right that somebody gave or took by hand is put right', async () => {
    const { group } = await rooms();
    const path = `/channels/${group}/permissions/`;
    const view = { type: 1, allow: String(1n << 10n), deny: '0' };
    await who(ADMIN).rest('PUT', `${path}${who('Oskar').id}`, view);
    await until('the outsider is shut out again', () => !who('Oskar').sees('group-room'), 20);
    await who(ADMIN).rest('DELETE', `${path}${who('Ana').id}`);
    await until('Ana is let in again', () => who('Ana').sees('group-room'), 20);
    await who(ADMIN).rest('PATCH', `/channels/${group}`, { name: 'renamed' });
    await until('it bears its name again', () => who('Ana').sees('group-room'), 20);
  });
});
