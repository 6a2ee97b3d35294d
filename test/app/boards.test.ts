/** What stands in a cohort's rooms, through everything that a session goes through, and who is shown what. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bringBoards } from '../../src/app/bring-boards.ts';
import { notePresence } from '../../src/app/note-presence.ts';
import { sayAnnouncement } from '../../src/app/say-announcement.ts';
import type { RoomKind } from '../../src/core/rooms.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Rooms } from '../../src/ports/rooms.ts';
import { ANA, BEN, CLEO, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group, groupIn } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Garden ${made}`, { signed: [ANA, BEN] });
});

const ARRIVAL = { mood: 3, energy: 7, words: ['tired', 'hopeful'], goal: 'on-track' };
const checkIn = (account: string, share: string) =>
  group.says(account, 'check-in', { given: share === 'pass' ? { share } : { ...ARRIVAL, share } });
const open = async () => {
  await group.says(LEAD, 'session open');
  await group.settle();
};
const card = () => {
  const last = group.boards('session-card').at(-1);
  if (!last || last.state === 'ended') throw new Error('no card of an open session stands');
  return last;
};
const panel = () => {
  const [board] = group.boards('staff-panel');
  if (!board) throw new Error('no panel stands');
  return board;
};
const messagesIn = (kind: RoomKind) =>
  [...world.discord.messages.values()].filter(({ channelId }) => channelId === group.room(kind));
const deleteRoom = (kind: RoomKind) => {
  world.discord.channels.delete(group.room(kind));
  for (const [id, message] of world.discord.messages) {
    if (message.channelId === group.room(kind)) world.discord.messages.delete(id);
  }
};

describe('what stands before the first session', () => {
  it('is the agreement in the welcome room and the panel in the staff room, and nothing in the group room', () => {
    expect(messagesIn('welcome').map(({ board }) => board.kind)).toEqual(['agreement']);
    expect(messagesIn('staff').map(({ board }) => board.kind)).toEqual(['staff-panel']);
    expect(messagesIn('group')).toEqual([]);
    expect(panel()).toMatchObject({ enrolled: 3, unsigned: [CLEO] });
  });
});

describe('the card of a session', () => {
  it('is one message, edited, and never called for when nothing differs', async () => {
    await open();
    await group.says(LEAD, 'session next');
    await group.settle();
    const [message, ...more] = messagesIn('group');
    expect(more).toEqual([]);
    expect(message?.shown).toBe(2);
    await bringBoards(world, { cohortId: group.cohort.id });
    expect(messagesIn('group')).toEqual([message]);
  });

  it('shows the group only what each chose to share with it', async () => {
    await open();
    await checkIn(ANA, 'group');
    await checkIn(BEN, 'staff');
    await group.settle();
    expect(card().checkedIn).toEqual([ANA, BEN]);
    expect(card().arrivals.map(({ account }) => account)).toEqual([ANA]);
    const checkIns = panel().session?.checkIns;
    expect(checkIns?.map(({ account, arrival }) => [account, arrival?.mood])).toEqual([
      [ANA, 3],
      [BEN, 3],
    ]);
  });

  it('takes a pass as a check-in, and tells nothing of it to anybody', async () => {
    await open();
    await checkIn(ANA, 'group');
    await checkIn(ANA, 'pass');
    await group.settle();
    expect(card()).toMatchObject({ checkedIn: [ANA], arrivals: [] });
    expect(panel().session?.checkIns).toEqual([{ account: ANA }]);
    expect(JSON.stringify([card(), panel()])).not.toMatch(/"pass/);
  });

  it('forgets what somebody told who withdraws from the group', async () => {
    await open();
    await checkIn(ANA, 'group');
    await group.says(ANA, 'agreement withdraw', { via: 'press', given: { sure: 'yes' } });
    await group.settle();
    expect(card()).toMatchObject({ checkedIn: [], arrivals: [] });
    expect(panel().session?.checkIns).toEqual([]);
  });

  it('closes when the session ends, without anything of how people were', async () => {
    await open();
    await checkIn(ANA, 'group');
    await group.says(LEAD, 'session end');
    await group.settle();
    expect(group.boards('session-card')).toEqual([
      expect.objectContaining({ state: 'ended', takeAways: [] }),
    ]);
    expect(JSON.stringify(messagesIn('group'))).not.toContain(ANA);
    expect(panel().session).toBeUndefined();
  });

  it('is another one in the next session, and the first stays closed', async () => {
    await open();
    await group.says(LEAD, 'session end');
    await open();
    expect(group.boards('session-card')).toMatchObject([
      { state: 'ended', number: 1 },
      { state: 'running', number: 2 },
    ]);
  });

  it('is not posted when its session ended before it could be', async () => {
    await group.says(LEAD, 'session open');
    await group.says(LEAD, 'session end');
    await group.settle();
    expect(messagesIn('group')).toEqual([]);
  });

  it('shows the take-aways that were shared with the group, also from after the end', async () => {
    await open();
    await group.says(LEAD, 'session end');
    await group.settle();
    await group.says(ANA, 'reflect', { given: { 'take-away': 'felt-heard', share: 'group' } });
    await group.says(BEN, 'reflect', { given: { 'take-away': 'not-alone', share: 'staff' } });
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([
      { state: 'ended', takeAways: [{ account: ANA, takeAway: 'felt-heard' }] },
    ]);
  });
});

describe('the panel', () => {
  it('shows who is in the voice room as they come and go', async () => {
    await open();
    const see = async (...accounts: string[]) => {
      group.inVoice(...accounts);
      await notePresence(world, { guildId: GUILD, channelId: group.room('voice') });
      await group.settle();
      return panel().session?.here;
    };
    expect(await see(ANA, LEAD)).toEqual([ANA]);
    expect(await see(ANA, BEN)).toEqual([ANA, BEN]);
    expect(await see()).toEqual([]);
  });
});

describe('when something is in the way', () => {
  it('a room that was deleted by hand comes back, with its card', async () => {
    await open();
    deleteRoom('group');
    await group.says(LEAD, 'session next');
    await group.settle();
    group = await groupIn(world, group.cohort.name);
    expect(messagesIn('group').map(({ board }) => board)).toMatchObject([{ kind: 'session-card', step: 1 }]);
  });

  it('a right that is missing stops nothing, and everything is right once it is back', async () => {
    await open();
    world.discord.lacking = ['SendMessages'];
    await group.says(LEAD, 'session next');
    await group.settle();
    expect(card().step).toBe(0);
    world.discord.lacking = [];
    await bringBoards(world, { cohortId: group.cohort.id });
    expect(card().step).toBe(1);
  });

  it('a process that dies right after it posted the card leaves one card', async () => {
    await group.says(LEAD, 'session open');
    const dying: Rooms = {
      ...world.rooms,
      show: async (...asked) => {
        await world.rooms.show(...asked);
        throw new Error('the process died');
      },
    };
    await expect(bringBoards({ ...world, rooms: dying }, { cohortId: group.cohort.id })).rejects.toThrow(
      'died',
    );
    await group.settle();
    expect(messagesIn('group')).toHaveLength(1);
  });
});

describe('an announcement', () => {
  const announced = async () => {
    await group.says(LEAD, 'session open');
    const job = (await world.jobs()).map((queued) => queued.job).find(({ name }) => name === 'announce');
    if (job?.name !== 'announce') throw new Error('nothing is announced');
    return job;
  };
  /** Says it, and tells whether it was looked for first. */
  const lookedFor = async (attempt: number) => {
    const job = await announced();
    let again = false;
    const rooms: Rooms = {
      ...world.rooms,
      say: (channelId, announcement, once) => {
        again = once.again;
        return world.rooms.say(channelId, announcement, once);
      },
    };
    return {
      job,
      say: async () => {
        await sayAnnouncement({ ...world, rooms }, job, attempt);
        return again;
      },
    };
  };

  it('is said at once without looking, and looked for when an earlier attempt may have said it', async () => {
    expect(await (await lookedFor(1)).say()).toBe(false);
  });

  it('is looked for on a later attempt', async () => {
    expect(await (await lookedFor(2)).say()).toBe(true);
  });

  it('is looked for when it is old', async () => {
    const { say } = await lookedFor(1);
    world.clock.pass(2 * MINUTE);
    expect(await say()).toBe(true);
  });

  it('is said once, however often the job runs', async () => {
    const job = await announced();
    for (const attempt of [1, 2, 3]) await sayAnnouncement(world, job, attempt);
    expect(group.said('group')).toEqual(['session-opened']);
  });

  it('that was held up is not said after what was to be said later of the same meeting', async () => {
    await group.says(LEAD, 'schedule add', { given: { date: '2026-05-20', time: '18:00' } });
    await group.settle();
    const heldUp: Rooms = { ...world.rooms, say: () => Promise.reject(new Error('Discord answers 503')) };
    const newsOf = async (what: string, sure = {}) => {
      await group.says(LEAD, what, { given: { meeting: '2026-05-20', ...sure } });
      const jobs = (await world.jobs()).map((queued) => queued.job);
      const job = jobs.findLast(({ name }) => name === 'announce');
      if (job?.name !== 'announce') throw new Error('nothing is announced');
      return job;
    };
    const skipped = await newsOf('schedule skip', { sure: 'y' });
    await expect(sayAnnouncement({ ...world, rooms: heldUp }, skipped)).rejects.toThrow('503');
    const restored = await newsOf('schedule restore');
    await sayAnnouncement(world, restored);
    await sayAnnouncement(world, skipped, 2);
    expect(group.said('group')).toEqual(['meeting-added', 'meetings-restored']);
  });

  it('ends quietly when its room is gone', async () => {
    const job = await announced();
    deleteRoom('group');
    await sayAnnouncement(world, job);
    expect(group.said('group')).toEqual([]);
  });
});
