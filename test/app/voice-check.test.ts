/** People test their microphones with Hearth: one after the other, each in a room of their own. */
import { beforeEach, describe, expect, it } from 'vitest';
import { notePresence } from '../../src/app/note-presence.ts';
import { checkFor, giveUpCheck, runCheck } from '../../src/app/run-check.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { anExpectedMeeting } from '../world/expected.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;
const words = wordsFor('en');
const GOOD = { heardMs: 5_000, dBFS: -24, peakDBFS: -12, clipped: 0 };

beforeEach(async () => {
  made += 1;
  world = await testWorld();
  group = await aGroup(world, `Fir ${made}`, { signed: [ANA, BEN] });
  return () => world.close();
});

const does = async (account: string, step: string, asked = {}) => {
  const said = await group.says(account, 'voice-check', { via: 'press', given: { step }, ...asked });
  await group.settle();
  return said;
};
const roomOf = (account: string) =>
  [...world.discord.channels.values()].find(
    ({ kind, guests }) => kind === 'check-voice' && guests.some((guest) => guest.account === account),
  );
const cardIn = (channelId: string | undefined) => {
  const cards = [...world.discord.messages.values()].filter((message) => message.channelId === channelId);
  expect(cards).toHaveLength(1);
  return readable(words.board(cards[0]?.board ?? expect.fail('no card stands')));
};
const cardOf = (account: string) => cardIn(roomOf(account)?.channelId);
const comesIn = async (account: string) => {
  const channelId = roomOf(account)?.channelId ?? expect.fail(`there is no room of ${account}`);
  world.discord.voice.set(channelId, [account]);
  await notePresence(world, { guildId: GUILD, channelId });
  return channelId;
};
/** What the gateway does: Hearth goes where it is wanted, and listens. */
const runs = async () => {
  const check = await checkFor(world.store.records, GUILD);
  if (!check) return undefined;
  await world.voice.bring(GUILD, { channelId: check.channelId, notesSpeaking: false });
  await runCheck(world, check);
  await group.settle();
  return check.account;
};
const passes = async (ms: number) => {
  world.clock.pass(ms);
  await group.settle();
};

describe('/voice-check', () => {
  it('says first what happens, and nothing happens before somebody agrees', async () => {
    const card = await group.people.read(ANA, 'voice-check', { channelId: group.room('group') });
    expect(readable(card)).toContain('listens for five seconds');
    expect(readable(card)).toContain('forgets them');
    expect(card.actions?.flat().map(({ label }) => label)).toEqual([
      'Start the check',
      'Check on my own instead',
    ]);
    expect(await world.store.records.microphoneChecks.openOfServer(GUILD)).toEqual([]);
  });

  it('opens a room that nobody else of the group sees, and in which nobody writes', async () => {
    expect(await does(ANA, 'start')).toContain('microphone-1');
    expect(roomOf(ANA)).toMatchObject({ guests: [{ account: ANA, right: 'speak' }], seats: 2 });
    expect(cardOf(ANA)).toContain('It is your turn');
  });

  it('is for those who have not signed yet and for staff, too', async () => {
    await does(CLEO, 'start');
    await does(LEAD, 'start');
    expect(roomOf(CLEO)?.guests).toEqual([{ account: CLEO, right: 'speak' }]);
    expect(roomOf(LEAD)?.guests).toEqual([{ account: LEAD, right: 'speak' }]);
    expect(await does(OUTSIDER, 'start')).toContain('No group of yours');
  });
});

describe('a check', () => {
  it('begins when both are there, tells how loud somebody is, and closes the room', async () => {
    await does(ANA, 'start');
    await runs();
    expect(world.voice.checks).toEqual([]);
    const channelId = await comesIn(ANA);
    await runs();
    expect(world.voice.checks).toMatchObject([{ account: ANA, channelId, listenMs: 5 * SECOND }]);
    expect(cardOf(ANA)).toContain('▮▮▮▮▯▯');
    expect(cardOf(ANA)).toContain('Good.');
    await does(ANA, 'done');
    expect(roomOf(ANA)).toBeUndefined();
    expect(world.discord.channels.get(channelId)?.guests).toEqual([]);
    expect(cardIn(channelId)).not.toContain('Good');
  });

  it.each([
    [{ ...GOOD, clipped: 0.2 }, 'Too loud: it clips'],
    [{ ...GOOD, dBFS: -55 }, 'Very quiet'],
    [{ ...GOOD, heardMs: 0, dBFS: -100 }, 'Is the right microphone chosen'],
    ['person-left', 'You left the room'],
  ] as const)('says of %j what to do', async (hears, said) => {
    world.voice.hears = hears;
    await does(ANA, 'start');
    await comesIn(ANA);
    await runs();
    expect(cardOf(ANA)).toContain(said);
  });

  it('is done once more as often as somebody likes, and one at a time', async () => {
    await does(ANA, 'start');
    await comesIn(ANA);
    await runs();
    await does(ANA, 'again');
    await Promise.all([runs(), runs()]);
    expect(world.voice.checks.length).toBe(2);
  });

  it('keeps of what was heard one word, and that the microphone is tested in this cycle', async () => {
    expect(await group.says(ANA, 'voice-check')).not.toContain('in this cycle already');
    await does(ANA, 'start');
    await comesIn(ANA);
    await runs();
    expect(await group.says(ANA, 'voice-check')).toContain('in this cycle already');
    await does(ANA, 'done');
    const [check] = await world.store.records.microphoneChecks.openOfServer(GUILD);
    expect(check).toBeUndefined();
    await does(BEN, 'checked');
    expect(await group.says(BEN, 'voice-check')).toContain('in this cycle already');
    await group.people.read(ADMIN, 'cohort enrol', {
      given: { cohort: group.cohort.name, person: OUTSIDER },
    });
    expect(await group.says(OUTSIDER, 'voice-check')).not.toContain('in this cycle already');
  });

  it('ends by itself after three minutes of nothing', async () => {
    await does(ANA, 'start');
    await comesIn(ANA);
    await runs();
    await passes(3 * MINUTE - SECOND);
    expect(roomOf(ANA)).toBeDefined();
    await passes(SECOND);
    expect(roomOf(ANA)).toBeUndefined();
    expect(await does(ANA, 'done')).toContain('is over');
  });

  it('helps also somebody who hears nothing', async () => {
    await does(ANA, 'start');
    await comesIn(ANA);
    await runs();
    expect(cardOf(ANA)).toContain('If you heard neither the tone nor yourself');
  });

  it('goes to the self-guided one where Hearth cannot come into calls', async () => {
    await does(ANA, 'start');
    await comesIn(ANA);
    const check = (await checkFor(world.store.records, GUILD)) ?? expect.fail('nobody has the turn');
    await giveUpCheck(world, check, 'no-voice');
    await group.settle();
    expect(cardOf(ANA)).toContain('check on your own');
    expect(await does(ANA, 'alone')).toContain('Mic Test');
  });
});

describe('several who test at once', () => {
  it('come in turn, in the order in which they asked', async () => {
    for (const account of [BEN, ANA, CLEO]) {
      await does(account, 'start');
      world.clock.pass(SECOND);
    }
    expect(cardOf(ANA)).toContain('One person is before you');
    expect(cardOf(CLEO)).toContain('2 people are before you');
    for (const account of [ANA, CLEO, BEN]) await comesIn(account);
    expect([await runs(), await runs(), await runs(), await runs()]).toEqual([BEN, ANA, CLEO, undefined]);
    expect(cardOf(CLEO)).toContain('Good.');
  });

  it('are called once, when it is their turn, by a card that is posted anew', async () => {
    const standing = (account: string) => {
      const channelId = roomOf(account)?.channelId;
      const found = [...world.discord.messages.values()].find((message) => message.channelId === channelId);
      return found ?? expect.fail('no card stands');
    };
    const calls = (account: string) => words.board(standing(account).board).calls;
    await does(ANA, 'start');
    world.clock.pass(SECOND);
    await does(BEN, 'start');
    expect([calls(ANA), calls(BEN)]).toEqual([[ANA], []]);
    const waited = standing(BEN);
    await comesIn(ANA);
    await runs();
    expect(calls(BEN)).toEqual([BEN]);
    const rang = standing(BEN);
    expect(rang.messageId).not.toBe(waited.messageId);
    await comesIn(BEN);
    await runs();
    expect(calls(BEN)).toEqual([]);
    expect(standing(BEN).messageId).toBe(rang.messageId);
    world.clock.pass(SECOND);
    await does(BEN, 'again');
    expect(calls(BEN)).toEqual([BEN]);
    expect(standing(BEN).messageId).not.toBe(rang.messageId);
  });

  it('pass over somebody who does not come in, kindly, and take them again', async () => {
    await does(ANA, 'start');
    world.clock.pass(SECOND);
    await does(BEN, 'start');
    await passes(2 * MINUTE);
    expect(cardOf(ANA)).toContain('That is fine');
    expect(cardOf(BEN)).toContain('It is your turn');
    await does(ANA, 'again');
    expect(cardOf(ANA)).toContain('One person is before you');
  });

  it('at the very same moment get a room each, and one has the turn', async () => {
    await Promise.all(
      [ANA, BEN, CLEO, LEAD].map((account) =>
        group.says(account, 'voice-check', { given: { step: 'start' } }),
      ),
    );
    await group.settle();
    const open = await world.store.records.microphoneChecks.openOfServer(GUILD);
    expect(open.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4]);
    expect(open.map(({ state }) => state).toSorted()).toEqual(['ready', 'waiting', 'waiting', 'waiting']);
  });

  it('never see what the one before them in the room was told', async () => {
    await does(ANA, 'start');
    const channelId = await comesIn(ANA);
    await runs();
    const before = [...world.discord.messages.values()].find((each) => each.channelId === channelId);
    await does(ANA, 'done');
    await does(BEN, 'start');
    expect(roomOf(BEN)?.channelId).toBe(channelId);
    expect(cardIn(channelId)).toContain('It is your turn');
    const now = [...world.discord.messages.values()].find((each) => each.channelId === channelId);
    expect(now?.messageId).not.toBe(before?.messageId);
  });

  it('wait for their turn across the groups of a server', async () => {
    await does(ANA, 'start');
    const staff = { name: 'Larch', type: 'support', lead: CO_FACILITATOR, 'co-facilitator': OUTSIDER };
    await group.people.read(ADMIN, 'cohort create', { given: staff });
    await group.settle();
    const larch = (await world.store.records.cohorts.ofGuild(GUILD)).find(({ name }) => name === 'Larch');
    const asked = await group.people.read(OUTSIDER, 'voice-check', {
      given: { step: 'start', cohort: larch?.id },
    });
    expect(readable(asked)).toContain('One person is before you');
  });
});

describe('while a group has Hearth in its call', () => {
  it('the check says so, and offers the self-guided one', async () => {
    await group.says(LEAD, 'session open');
    group.inVoice(CLEO);
    await group.settle();
    expect(await does(ANA, 'start')).toContain('Hearth is in the call of a group now');
    expect(roomOf(ANA)).toBeUndefined();
    group.inVoice();
    await group.says(LEAD, 'session end');
    expect(await does(ANA, 'start')).toContain('Your room opens');
  });

  it('nobody is kept from it by a session that somebody forgot to end', async () => {
    await group.says(LEAD, 'session open');
    expect(await does(ANA, 'start')).toContain('Your room opens');
    group.inVoice(CLEO);
    expect(await does(BEN, 'start')).toContain('Hearth is in the call of a group now');
    group.inVoice();
  });

  it('nobody is left waiting: whoever was in the queue is told', async () => {
    await does(ANA, 'start');
    world.clock.pass(SECOND);
    await does(BEN, 'start');
    await comesIn(ANA);
    await group.says(LEAD, 'session open');
    group.inVoice(CLEO);
    world.voice.hears = 'interrupted';
    await runs();
    for (const account of [ANA, BEN]) expect(cardOf(account)).toContain('sessions come first');
  });

  it('the check waits for whoever gathers in the voice room for a session, and for nobody else', async () => {
    await anExpectedMeeting(world, group, 5 * MINUTE);
    expect(await does(BEN, 'start')).toContain('Your room opens');
    group.inVoice(ANA);
    expect(await does(CLEO, 'start')).toContain('Hearth is in the call of a group now');
  });

  it('a group without Hearth in its calls keeps nobody from it', async () => {
    await group.people.read(ADMIN, 'cohort policy', { given: { cohort: group.cohort.name, calls: 'no' } });
    await group.says(LEAD, 'session open');
    expect(await does(ANA, 'start')).toContain('Your room opens');
  });
});

describe('whoever signs', () => {
  it('is offered it once in a cycle', async () => {
    const given = { confirm: 'I agree' };
    const signs = async () =>
      (await group.people.read(CLEO, 'agreement sign', { given, channelId: group.room('welcome') })).actions
        ?.flat()
        .map(({ command }) => command);
    expect(await signs()).toContain('voice-check');
    await does(CLEO, 'checked');
    await group.says(CLEO, 'agreement withdraw', { via: 'press', given: { sure: 'yes' } });
    expect(await signs()).not.toContain('voice-check');
  });
});

describe('the lobby', () => {
  it('offers it, and asks nobody', async () => {
    await anExpectedMeeting(world, group, 5 * MINUTE);
    await group.says(ANA, 'rsvp', { given: { meeting: '2026-05-04', answer: 'coming' } });
    await group.settle();
    const lobby = group.boards('lobby').at(-1) ?? expect.fail('no lobby stands');
    const actions = words.board(lobby).actions?.flat() ?? [];
    expect(actions.map(({ command }) => command)).toContain('voice-check');
  });
});
