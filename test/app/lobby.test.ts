/** What stands and is said around the beginning of a meeting: the lobby, the staff's card, and a lead who does not appear. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bringBoards } from '../../src/app/bring-boards.ts';
import { notePresence } from '../../src/app/note-presence.ts';
import type { Board } from '../../src/core/board.ts';
import {
  changeOccurrence,
  type OccurrenceRequest,
  type PlannedOccurrence,
} from '../../src/core/occurrence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Rooms } from '../../src/ports/rooms.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { anExpectedMeeting } from '../world/expected.ts';
import { aGroup, type Group } from '../world/group.ts';
import { keepMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const words = wordsFor('en');

let world: TestWorld;
let group: Group;
let meeting: PlannedOccurrence;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  world.discord.lacking = [];
  group = await aGroup(world, `Orchard ${made}`, { signed: [ANA, BEN] });
  meeting = await anExpectedMeeting(world, group, 2 * HOUR);
});

/** To the moment so many milliseconds after the meeting was to begin. */
const at = async (after: number) => {
  world.clock.set(new Date(+meeting.startsAt + after));
  await group.settle();
};
const lobbies = () => group.boards('lobby');
const lobby = () => {
  const [board, ...more] = lobbies();
  expect(more).toEqual([]);
  return board;
};
/** What stands in the group's room, by the id of its standing. */
const standingIn = (kind: Board['kind']) =>
  [...world.discord.messages.entries()].find(
    ([, { channelId, board }]) => channelId === group.room('group') && board.kind === kind,
  );
/** What is said to staff about how the meeting began. */
const toldStaff = () => group.said('staff').filter((kind) => kind === 'take-over' || kind === 'lead-missing');
const panels = () => group.boards('staff-panel');
const answers = (account: string, answer: string) =>
  group.says(account, 'rsvp', { given: { meeting: meeting.id, answer } });
const comeIn = async (...accounts: readonly string[]) => {
  group.inVoice(...accounts);
  await notePresence(world, { guildId: GUILD, channelId: group.room('voice') });
  await group.settle();
};
const change = async (request: OccurrenceRequest) => {
  const changed = changeOccurrence(meeting, request, world.clock.now());
  if (!changed.ok) throw new Error(changed.refusal.code);
  await keepMeeting(world, changed.value);
  await bringBoards(world, { cohortId: group.cohort.id });
};
const open = async (by = LEAD) => {
  await group.says(by, 'session open');
  await group.settle();
};

describe('the lobby', () => {
  it('opens ten minutes before, and shows who is ready: by word, or by being there', async () => {
    await at(-11 * MINUTE);
    expect(lobbies()).toEqual([]);
    await at(-10 * MINUTE);
    expect(lobby()).toMatchObject({ state: 'waiting', ready: [] });
    await answers(BEN, 'coming');
    await comeIn(ANA, LEAD);
    expect(lobby()?.ready).toEqual([ANA, BEN]);
    await comeIn();
    await answers(BEN, 'not-coming');
    await group.settle();
    expect(lobby()?.ready).toEqual([]);
  });

  it('leads to the card of the session once that is open, and says when it has ended', async () => {
    await at(-5 * MINUTE);
    await open();
    const [, card] = standingIn('session-card') ?? [];
    expect(lobby()).toMatchObject({ state: 'open', ready: [], card: { messageId: card?.messageId } });
    await group.says(LEAD, 'session end');
    await group.settle();
    expect(lobby()).toMatchObject({ state: 'held' });
  });

  it('is not posted for a meeting that was opened before', async () => {
    await at(-20 * MINUTE);
    await open();
    await at(0);
    expect(lobbies()).toEqual([]);
  });

  it('says calmly that the meeting does not take place', async () => {
    await at(-5 * MINUTE);
    await change({ kind: 'skip', why: 'skip' });
    expect(lobby()).toMatchObject({ state: 'skipped' });
  });

  it('says that the meeting was moved, and stands anew at the other time', async () => {
    await at(-5 * MINUTE);
    const to = new Date(+meeting.startsAt + 3 * HOUR);
    await change({ kind: 'move', to });
    expect(lobby()).toMatchObject({ state: 'moved', startsAt: to });
    const [before = ''] = standingIn('lobby') ?? [];
    world.clock.set(new Date(+to - 5 * MINUTE));
    await bringBoards(world, { cohortId: group.cohort.id });
    expect(lobby()).toMatchObject({ state: 'waiting', startsAt: to });
    expect(before).not.toBe('');
    expect(world.discord.messages.has(before)).toBe(false);
  });

  it('stands again when its room was deleted', async () => {
    await at(-5 * MINUTE);
    world.discord.channels.delete(group.room('group'));
    for (const [id, { channelId }] of world.discord.messages) {
      if (channelId === group.room('group')) world.discord.messages.delete(id);
    }
    await answers(BEN, 'coming');
    await group.settle();
    const shown = [...world.discord.messages.values()].filter(
      ({ board }) => board.kind === 'lobby' && board.occurrenceId === meeting.id,
    );
    expect(shown.map(({ board }) => board)).toMatchObject([{ ready: [BEN] }]);
  });

  it('is not there for a meeting of one person and their therapist', async () => {
    const { people } = world.store.records;
    const individual = { person: await people.known(ANA), therapist: await people.known(LEAD) };
    await at(5 * HOUR);
    const own = await anExpectedMeeting(world, group, HOUR, { individual });
    world.clock.set(new Date(+own.startsAt - 5 * MINUTE));
    await group.settle();
    expect(lobbies()).toEqual([]);
  });
});

describe('a meeting that nobody opens', () => {
  it('is brought before the co-facilitator, who opens it by a button', async () => {
    await at(4 * MINUTE);
    expect(lobby()).toMatchObject({ state: 'begun' });
    expect(toldStaff()).toEqual([]);
    await at(5 * MINUTE);
    expect(toldStaff()).toEqual(['take-over']);
    expect(lobby()).toMatchObject({ state: 'late' });
    const asked = world.discord.said.findLast(({ channelId }) => channelId === group.room('staff'));
    const spoken = asked && words.announcement(asked.announcement);
    expect(spoken?.calls).toEqual([CO_FACILITATOR]);
    const [button] = spoken?.actions?.flat() ?? [];
    if (!button) throw new Error('there is nothing to press');
    await group.people.press(CO_FACILITATOR, button, { channelId: group.room('staff') });
    await group.settle();
    expect(lobby()).toMatchObject({ state: 'open' });
  });

  it('is told to the co-facilitator by direct message as well, if they asked for it', async () => {
    await group.says(CO_FACILITATOR, 'reminders choose', { given: { direct: 'yes' } });
    await at(5 * MINUTE);
    const told = world.discord.notices.filter(({ notice }) => notice.kind === 'take-over');
    expect(told.map(({ account }) => account)).toEqual([CO_FACILITATOR]);
    const [button] = told[0] ? (words.notice(told[0].notice).actions?.flat() ?? []) : [];
    if (!button) throw new Error('there is nothing to press');
    await group.people.press(CO_FACILITATOR, button, { direct: true, channelId: '' });
    await group.settle();
    expect(lobby()).toMatchObject({ state: 'open' });
  });

  it('was not held, and the lobby says so calmly', async () => {
    await at(-5 * MINUTE);
    await at(5 * MINUTE);
    const late = lobby();
    expect(late && readable(words.board(late))).toContain('Nothing is counted against anybody');
    await at(meeting.minutes * MINUTE + 30 * MINUTE);
    expect(lobby()).toMatchObject({ state: 'not-held' });
  });

  it('is not brought before anybody when it is over already', async () => {
    await at(DAY);
    expect(toldStaff()).toEqual([]);
  });
});

describe('a meeting before which another session was left open', () => {
  it('is not waited for in silence: the co-facilitator is asked to end that one first', async () => {
    await at(-2 * HOUR);
    await open();
    await at(5 * MINUTE);
    const asked = world.discord.said.findLast(({ announcement }) => announcement.kind === 'still-open');
    const spoken = asked && words.announcement(asked.announcement);
    expect(spoken?.calls).toEqual([CO_FACILITATOR]);
    expect(spoken?.actions?.flat()[0]).toMatchObject({ command: 'session end', given: { sure: 'no' } });
    expect(lobby()).toMatchObject({ state: 'late' });
  });
});

describe('an open session without its lead', () => {
  it('is told to the co-facilitator, and goes on', async () => {
    await at(-MINUTE);
    await open(CO_FACILITATOR);
    group.inVoice(CO_FACILITATOR, ANA);
    await at(5 * MINUTE);
    expect(toldStaff()).toEqual(['lead-missing']);
    expect(await world.store.records.sessions.unfinished(group.cohort.id)).toMatchObject({
      state: 'running',
    });
  });

  it('is told to nobody while the lead is there, or while the room cannot be seen', async () => {
    await at(-MINUTE);
    await open();
    group.inVoice(LEAD);
    await at(5 * MINUTE);
    expect(toldStaff()).toEqual([]);
    await group.says(LEAD, 'session end');
    meeting = await anExpectedMeeting(world, group, 2 * HOUR);
    await at(-MINUTE);
    await open();
    world.discord.seen = false;
    group.inVoice();
    await at(5 * MINUTE);
    world.discord.seen = true;
    expect(toldStaff()).toEqual([]);
  });
});

describe('a lead who cannot be seen when they ought to be there', () => {
  beforeEach(async () => {
    await at(-MINUTE);
    await open(CO_FACILITATOR);
    group.inVoice(CO_FACILITATOR, ANA);
    world.discord.seen = false;
    await at(5 * MINUTE);
    expect(toldStaff()).toEqual([]);
  });
  afterEach(() => {
    world.discord.seen = true;
  });

  it('is looked for again, and missed once the room can be seen: once', async () => {
    await at(6 * MINUTE);
    expect(toldStaff()).toEqual([]);
    world.discord.seen = true;
    for (const minutes of [7, 8, 9]) await at(minutes * MINUTE);
    expect(toldStaff()).toEqual(['lead-missing']);
  });

  it('is not missed who is found there', async () => {
    group.inVoice(LEAD, CO_FACILITATOR);
    world.discord.seen = true;
    for (const minutes of [6, 7]) await at(minutes * MINUTE);
    expect(toldStaff()).toEqual([]);
  });

  it('is not looked for any more when the session has ended', async () => {
    await group.says(CO_FACILITATOR, 'session end');
    await at(6 * MINUTE);
    world.discord.seen = true;
    const jobs = (await world.jobs()).map(({ job }) => job);
    const waiting = jobs.filter((job) => job.name === 'occurrence-due' && job.cohortId === group.cohort.id);
    expect(waiting).toMatchObject([{ milestone: 'over' }]);
    expect(toldStaff()).toEqual([]);
  });
});

describe('the card of the staff', () => {
  const reflect = async (account: string, given: Record<string, unknown>) => {
    await group.says(account, 'reflect', { given: { share: 'group', 'take-away': 'felt-heard', ...given } });
  };

  it('shows the next meeting from the day before on, who cannot come, and never why', async () => {
    await answers(BEN, 'not-coming');
    await group.settle();
    expect(panels()).toMatchObject([
      { next: { startsAt: meeting.startsAt, notComing: [BEN], intentions: [] }, unsigned: [CLEO] },
    ]);
    const far = await aGroup(world, `Far ${made}`);
    await anExpectedMeeting(world, far, 2 * DAY);
    await bringBoards(world, { cohortId: far.cohort.id });
    expect(far.boards('staff-panel')[0]).not.toHaveProperty('next');
    world.clock.pass(DAY);
    await far.settle();
    expect(far.boards('staff-panel')[0]).toHaveProperty('next');
  });

  it('shows the intentions of those who chose so, and of nobody else', async () => {
    await at(0);
    await open();
    await group.says(LEAD, 'session end');
    await reflect(ANA, { intention: 'walk by the river', 'intention-readers': 'staff' });
    await reflect(BEN, { intention: 'nobody else reads this' });
    meeting = await anExpectedMeeting(world, group, 3 * HOUR);
    await group.settle();
    const [panel] = panels();
    const shown = panel ? readable(words.board(panel)) : '';
    expect(shown).toContain('walk by the river');
    expect(shown).not.toContain('nobody else reads');
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain('river');
  });

  it('is posted anew when a session opens, and the one before it goes', async () => {
    await group.settle();
    const standing = () => world.store.records.standingMessages.find(group.cohort.id, 'staff-panel');
    const before = await standing();
    await open();
    const after = await standing();
    expect(after?.messageId).not.toBe(before?.messageId);
    expect(panels()).toMatchObject([{ session: { number: 1 } }]);
    await group.says(LEAD, 'session next');
    await group.settle();
    expect((await standing())?.messageId).toBe(after?.messageId);
  });

  const dying = (method: 'show' | 'takeAway', when: 'before' | 'after'): Rooms => ({
    ...world.rooms,
    [method]: async (...asked: Parameters<Rooms[typeof method]>) => {
      // The method that is called is the one whose arguments these are.
      if (when === 'after')
        await (world.rooms[method] as (...all: typeof asked) => Promise<unknown>)(...asked);
      throw new Error('the process died');
    },
  });

  it.each([
    ['show', 'before'],
    ['show', 'after'],
    ['takeAway', 'before'],
    ['takeAway', 'after'],
  ] as const)('is one when the process dies around %s (%s it was done)', async (method, when) => {
    await group.settle();
    await group.says(LEAD, 'session open');
    const rooms = dying(method, when);
    await expect(bringBoards({ ...world, rooms }, { cohortId: group.cohort.id })).rejects.toThrow('died');
    await bringBoards(world, { cohortId: group.cohort.id });
    await group.settle();
    expect(panels()).toMatchObject([{ session: { number: 1 } }]);
  });
});
